import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import type { VaultState } from '../../contract/connect'
import { AppError } from '../../contract/errors'

/** The operating system's keychain, as far as a host has one. */
export interface Keychain {
  seal(text: string): Promise<string>
  open(sealed: string): Promise<string>
}

/** What a vault under a passphrase keeps of it: enough to tell the right one from another. */
export interface PassphraseLock {
  readonly salt: string
  readonly check: string
}

/** Seals secrets, each to its own place, so that none can be put into the place of another. */
export interface Sealer {
  readonly kind: VaultState['kind']
  seal(text: string, place: string): Promise<string>
  open(sealed: string, place: string): Promise<string>
}

export const keychainSealer = (keychain: Keychain): Sealer => ({
  kind: 'keychain',
  seal: (text, place) => keychain.seal(JSON.stringify([place, text])),
  open: async (sealed, place) => {
    const [of, text] = pairIn(await keychain.open(sealed))
    if (of !== place || text === undefined) throw damaged(place)
    return text
  }
})

/** What a parser says of a text that is none holds a piece of it: nobody shall hear that. */
function pairIn(text: string): readonly [place?: string, text?: string] {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}

const checked = 'spoor'

/** Opens what was sealed under a passphrase, or begins to seal under a new one. */
export async function passphraseSealer(
  passphrase: string,
  lock: PassphraseLock | undefined
): Promise<{ readonly sealer: Sealer; readonly lock: PassphraseLock }> {
  const salt = lock?.salt ?? randomBytes(16).toString('base64')
  const key = await keyOf(passphrase, Buffer.from(salt, 'base64'))
  const sealer: Sealer = {
    kind: 'passphrase',
    seal: async (text, place) => encrypted(key, text, place),
    open: async (sealed, place) => decrypted(key, sealed, place)
  }
  if (lock) {
    await sealer.open(lock.check, checked).catch(() => {
      throw new AppError(
        'passphrase_wrong',
        'This is not the passphrase that the secrets were kept with. Try again; without it they have to be given anew.'
      )
    })
    return { sealer, lock }
  }
  return { sealer, lock: { salt, check: await sealer.seal(checked, checked) } }
}

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: N = 2^17, r = 8, p = 1. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 << 20 }

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
  )

const [nonceBytes, tagBytes] = [12, 16]

function encrypted(key: Buffer, text: string, place: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function decrypted(key: Buffer, sealed: string, place: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(place))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw damaged(place)
  }
}

const damaged = (place: string): AppError =>
  new AppError(
    'secret_missing',
    `The secret ${place.split('\n')[0]} cannot be read any more: it was changed. Give it anew in the connection.`
  )
