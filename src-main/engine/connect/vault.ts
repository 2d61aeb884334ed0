import { join } from 'node:path'
import { type SecretPlace, type VaultState, variableOf } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { hasTexts, isRecordOf, readPrivate, writePrivate } from './private-file'
import { type Keychain, keychainSealer, type PassphraseLock, passphraseSealer, type Sealer } from './sealer'

interface Held {
  readonly kind: VaultState['kind']
  readonly sealed: string
  /** Where it may be sent, and by which way: what it was given for. Sealed with it, so that nobody adds to them. */
  readonly ways: readonly string[]
}

interface Kept {
  readonly lock?: PassphraseLock
  /** By connection and path. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, Held>>>>
}

/** Keeps secrets out of sight: in the operating system's keychain, else under a passphrase; the environment comes before both. */
export class Vault {
  readonly #file: string
  readonly #env: NodeJS.ProcessEnv
  #sealer: Sealer | undefined
  /** The salt of the passphrase that the vault was opened with. */
  #salt: string | undefined

  constructor(home: string, keychain: Keychain | undefined, env: NodeJS.ProcessEnv = process.env) {
    this.#file = join(home, 'secrets.json')
    this.#env = env
    if (keychain) this.#sealer = keychainSealer(keychain)
  }

  state(): VaultState {
    const kept = this.#kept()
    const sealer = this.#opened(kept)
    if (sealer) return { kind: sealer.kind, state: 'open' }
    return { kind: 'passphrase', state: kept.lock ? 'locked' : 'new' }
  }

  /** Opens the vault; the first passphrase is the one it has from then on. */
  async unlock(passphrase: string): Promise<VaultState> {
    if (this.#sealer?.kind === 'keychain') return this.state()
    if (passphrase === '') throw noPassphrase()
    const kept = this.#kept()
    const { sealer, lock } = await passphraseSealer(passphrase, kept.lock)
    if (!kept.lock) writePrivate(this.#file, { ...kept, lock })
    this.#open(sealer, lock)
    return this.state()
  }

  /** Keeps under another passphrase what was kept under the one there is. */
  async change(passphrase: string, next: string): Promise<VaultState> {
    if (this.state().kind === 'keychain')
      throw new AppError(
        'not_permitted',
        'The operating system keeps the secrets here, under no passphrase of Spoor’s.'
      )
    if (next === '') throw noPassphrase()
    const old = await passphraseSealer(passphrase, this.#kept().lock)
    const fresh = await passphraseSealer(next, undefined)
    // From here on nothing waits for the world outside, so that nothing is kept in between.
    const kept = this.#kept()
    const secrets = await sealedAnew(kept.secrets, old.sealer, fresh.sealer)
    writePrivate(this.#file, { ...kept, lock: fresh.lock, secrets })
    this.#open(fresh.sealer, fresh.lock)
    return this.state()
  }

  /** Drops the passphrase, as who forgot it wants, and with it all that is kept under it; the next one is new. */
  forgetPassphrase(): VaultState {
    const { secrets } = this.#kept()
    const left = Object.entries(secrets).flatMap(([connection, own]) => {
      const others = Object.entries(own).filter(([, { kind }]) => kind !== 'passphrase')
      return others.length > 0 ? [[connection, Object.fromEntries(others)] as const] : []
    })
    writePrivate(this.#file, { secrets: Object.fromEntries(left) })
    return this.state()
  }

  /** Where a secret is that may go by these ways; one that was given for others is missing. */
  place(connection: string, secret: string, ways: readonly string[]): SecretPlace {
    if (this.#env[variableOf(connection, secret)]) return 'environment'
    return isFor(this.#kept().secrets[connection]?.[secret], ways) ? 'kept' : 'missing'
  }

  /** Whether one is kept that was given for other ways than these. */
  isForOthers(connection: string, secret: string, ways: readonly string[]): boolean {
    const held = this.#kept().secrets[connection]?.[secret]
    return held !== undefined && !isFor(held, ways)
  }

  async get(connection: string, secret: string, ways: readonly string[]): Promise<string | undefined> {
    const given = this.#env[variableOf(connection, secret)]
    if (given) return given
    const held = this.#kept().secrets[connection]?.[secret]
    if (!isFor(held, ways)) return undefined
    const variable = variableOf(connection, secret)
    if (held.kind === 'keychain' && this.#sealer?.kind !== 'keychain')
      throw new AppError(
        'vault_locked',
        `The secret “${secret}” is in the keychain of the desktop application, which cannot be opened from here. Give it in the environment as ${variable}.`
      )
    return this.#needed(
      `The secret “${secret}” is kept under a passphrase. Give that, or the secret in the environment as ${variable}.`
    ).open(held.sealed, placeOf(connection, secret, held))
  }

  async set(connection: string, secret: string, value: string, ways: readonly string[]): Promise<void> {
    const sealer = this.#needed('Secrets are kept under a passphrase: choose one first, or give it.')
    const sealed = await sealer.seal(value, placeOf(connection, secret, { ways }))
    const kept = this.#kept()
    const own = { ...kept.secrets[connection], [secret]: { kind: sealer.kind, sealed, ways } }
    writePrivate(this.#file, { ...kept, secrets: { ...kept.secrets, [connection]: own } })
  }

  forget(connection: string, secret?: string): void {
    const kept = this.#kept()
    const { [connection]: own, ...others } = kept.secrets
    if (!own) return
    const { [secret ?? '']: _, ...rest } = own
    const left = secret === undefined || Object.keys(rest).length === 0 ? others : { ...others, [connection]: rest }
    writePrivate(this.#file, { ...kept, secrets: left })
  }

  #open(sealer: Sealer, { salt }: PassphraseLock): void {
    this.#sealer = sealer
    this.#salt = salt
  }

  /** Another process may have changed the passphrase since: what is kept under that one is not ours to open, or to add to. */
  #opened({ lock }: Kept): Sealer | undefined {
    return this.#sealer?.kind === 'keychain' || this.#salt === lock?.salt ? this.#sealer : undefined
  }

  #needed(otherwise: string): Sealer {
    const sealer = this.#opened(this.#kept())
    if (sealer) return sealer
    throw new AppError('vault_locked', otherwise)
  }

  #kept(): Kept {
    return readPrivate<Kept>(this.#file, { secrets: {} }, isKept)
  }
}

function isKept(value: unknown): boolean {
  if (!isRecordOf(value, () => true)) return false
  const { lock, secrets } = value
  const isHeld = (one: unknown) => hasTexts(one, 'kind', 'sealed')
  return (
    isRecordOf(secrets, (own) => isRecordOf(own, isHeld)) && (lock === undefined || hasTexts(lock, 'salt', 'check'))
  )
}

/** Ways that were not told are none. */
const isFor = (held: Held | undefined, ways: readonly string[]): held is Held =>
  held?.ways !== undefined && ways.every((way) => held.ways.includes(way))

const placeOf = (connection: string, secret: string, { ways }: Pick<Held, 'ways'>): string =>
  [`${connection}/${secret}`, ...(ways ?? [])].join('\n')

const noPassphrase = (): AppError =>
  new AppError('passphrase_wrong', 'A passphrase has at least one character, and better twelve.')

/** Secrets of one passphrase under another; those of the keychain stay as they are. */
async function sealedAnew(secrets: Kept['secrets'], old: Sealer, fresh: Sealer): Promise<Kept['secrets']> {
  const sealed: Record<string, Record<string, Held>> = {}
  for (const [connection, own] of Object.entries(secrets)) {
    sealed[connection] = { ...own }
    for (const [secret, held] of Object.entries(own)) {
      if (held.kind === 'keychain') continue
      const place = placeOf(connection, secret, held)
      sealed[connection][secret] = { ...held, sealed: await fresh.seal(await old.open(held.sealed, place), place) }
    }
  }
  return sealed
}
