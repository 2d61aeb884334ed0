import { join } from 'node:path'
import { type SecretPlace, type VaultState, variableOf } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { readPrivate, writePrivate } from './private-file'
import { type Keychain, keychainSealer, type PassphraseLock, passphraseSealer, type Sealer } from './sealer'

interface Kept {
  readonly lock?: PassphraseLock
  /** Sealed, by connection and path. */
  readonly secrets: Readonly<
    Record<string, Readonly<Record<string, { readonly kind: VaultState['kind']; readonly sealed: string }>>>
  >
}

/** Keeps secrets out of sight: in the operating system's keychain, else under a passphrase; the environment comes before both. */
export class Vault {
  readonly #file: string
  readonly #env: NodeJS.ProcessEnv
  #sealer: Sealer | undefined

  constructor(home: string, keychain: Keychain | undefined, env: NodeJS.ProcessEnv = process.env) {
    this.#file = join(home, 'secrets.json')
    this.#env = env
    if (keychain) this.#sealer = keychainSealer(keychain)
  }

  state(): VaultState {
    if (this.#sealer) return { kind: this.#sealer.kind, state: 'open' }
    return { kind: 'passphrase', state: this.#kept().lock ? 'locked' : 'new' }
  }

  /** Opens the vault; the first passphrase is the one it has from then on. */
  async unlock(passphrase: string): Promise<VaultState> {
    if (this.#sealer?.kind === 'keychain') return this.state()
    if (passphrase === '')
      throw new AppError('passphrase_wrong', 'A passphrase has at least one character, and better twelve.')
    const kept = this.#kept()
    const { sealer, lock } = await passphraseSealer(passphrase, kept.lock)
    if (!kept.lock) writePrivate(this.#file, { ...kept, lock })
    this.#sealer = sealer
    return this.state()
  }

  place(connection: string, secret: string): SecretPlace {
    if (this.#env[variableOf(connection, secret)]) return 'environment'
    return this.#kept().secrets[connection]?.[secret] ? 'kept' : 'missing'
  }

  async get(connection: string, secret: string): Promise<string | undefined> {
    const given = this.#env[variableOf(connection, secret)]
    if (given) return given
    const held = this.#kept().secrets[connection]?.[secret]
    if (!held) return undefined
    const variable = variableOf(connection, secret)
    if (held.kind === 'keychain' && this.#sealer?.kind !== 'keychain')
      throw new AppError(
        'vault_locked',
        `The secret “${secret}” is in the keychain of the desktop application, which cannot be opened from here. Give it in the environment as ${variable}.`
      )
    return this.#open(
      `The secret “${secret}” is kept under a passphrase. Give that, or the secret in the environment as ${variable}.`
    ).open(held.sealed, `${connection}/${secret}`)
  }

  async set(connection: string, secret: string, value: string): Promise<void> {
    const sealer = this.#open('Secrets are kept under a passphrase: choose one first, or give it.')
    const sealed = await sealer.seal(value, `${connection}/${secret}`)
    const kept = this.#kept()
    const own = { ...kept.secrets[connection], [secret]: { kind: sealer.kind, sealed } }
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

  #open(otherwise: string): Sealer {
    if (this.#sealer) return this.#sealer
    throw new AppError('vault_locked', otherwise)
  }

  #kept(): Kept {
    return readPrivate<Kept>(this.#file, { secrets: {} })
  }
}
