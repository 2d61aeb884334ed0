import { MessageChannelMain, type MessagePortMain, safeStorage, type UtilityProcess } from 'electron'
import type { KeychainAnswer, KeychainCall } from './keychain-port'

/**
 * Whether the operating system keeps secrets for us. On a Linux without a keyring Electron would only hide them behind a password that
 * everyone knows: then they are kept under a passphrase of the analyst's.
 */
export function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

/** Lets an engine process seal and open secrets, which only the main process can. */
export function offerKeychain(engine: UtilityProcess): void {
  const { port1, port2 } = new MessageChannelMain()
  port1.on('message', ({ data }) => answer(port1, JSON.parse(String(data)) as KeychainCall))
  port1.start()
  engine.postMessage('keychain', [port2])
}

function answer(port: MessagePortMain, { call, seal, open }: KeychainCall): void {
  const reply = (given: Omit<KeychainAnswer, 'call'>) => port.postMessage(JSON.stringify({ call, ...given }))
  try {
    if (seal !== undefined) reply({ text: safeStorage.encryptString(seal).toString('base64') })
    else reply({ text: safeStorage.decryptString(Buffer.from(open ?? '', 'base64')) })
  } catch {
    // What it says may hold what it failed on.
    reply({ failed: true })
  }
}
