import type { Connection } from '../contract/connect'
import { AppError } from '../contract/errors'
import type { Engine } from '../contract/rpc'
import { askHidden } from './prompt'

/** Opens the vault with the passphrase of the environment, or asks for it. */
export async function unlockVault(engine: Engine): Promise<void> {
  const { state } = await engine.vault()
  if (state === 'open') return
  const question = state === 'new' ? 'Choose a passphrase for the secrets: ' : 'Passphrase of the secrets: '
  const passphrase = process.env['SPOOR_PASSPHRASE'] ?? (await askHidden(question))
  if (passphrase === null)
    throw new AppError(
      'vault_locked',
      'Secrets are kept under a passphrase, and there is no terminal to ask for it. Give it in the environment as SPOOR_PASSPHRASE, or the secrets themselves as SPOOR_<CONNECTION>_<SECRET>.'
    )
  if (
    state === 'new' &&
    process.env['SPOOR_PASSPHRASE'] === undefined &&
    (await askHidden('Once more: ')) !== passphrase
  )
    throw new AppError('passphrase_wrong', 'The two passphrases differ. Nothing was kept.')
  await engine.unlockVault(passphrase)
}

/** The same where a connection has secrets that lie in it. */
export async function unlockFor(engine: Engine, { secrets }: Connection): Promise<void> {
  if (Object.values(secrets).includes('kept')) await unlockVault(engine)
}
