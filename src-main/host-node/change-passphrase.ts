import { AppError } from '../contract/errors'
import type { Engine } from '../contract/rpc'
import { askHidden } from './prompt'

/** Keeps the secrets under another passphrase: both from the environment, or asked for. */
export async function changePassphrase(engine: Engine): Promise<void> {
  const { kind, state } = await engine.vault()
  if (kind === 'passphrase' && state === 'new')
    throw new AppError('usage', 'No secret is kept under a passphrase yet: the first one that is kept asks for it.')
  const { SPOOR_PASSPHRASE: given, SPOOR_NEW_PASSPHRASE: wanted } = process.env
  const old = given ?? (await askHidden('Passphrase until now: '))
  const next = wanted ?? (await askHidden('New passphrase: '))
  if (old === null || next === null)
    throw new AppError(
      'vault_locked',
      'There is no terminal to ask for the passphrases. Give them in the environment as SPOOR_PASSPHRASE and SPOOR_NEW_PASSPHRASE.'
    )
  if (wanted === undefined && (await askHidden('Once more: ')) !== next)
    throw new AppError('passphrase_wrong', 'The two passphrases differ. Nothing was changed.')
  await engine.changePassphrase(old, next)
}
