import { resolve } from 'node:path'
import { connect } from '../../src-main/engine/connect/connected'
import { Connectors } from '../../src-main/engine/connect/connectors'
import type { Listening } from '../../src-main/engine/connect/listening'
import { Receiver } from '../../src-main/engine/connect/receiver'
import { temporaryFolder } from '../engine/folder'
import { freePort } from './free-port'

export const receiverPassword = 'a-password-nobody-may-see'

/** Listens for what is published into a folder, without a case. */
export async function newReceiver(
  folder: string,
  { handshake, onListening = () => {} }: { readonly handshake?: number; readonly onListening?: () => void } = {}
) {
  const connectors = new Connectors(resolve(import.meta.dirname, '../../resources'), await temporaryFolder())
  const port = await freePort()
  const settings = { user: 'asgardeo', port }
  const connected = connect(await connectors.get('asgardeo-push'), settings, { password: receiverPassword })
  const receiver = new Receiver(
    {
      connected,
      folder,
      ...(handshake === undefined ? {} : { handshake }),
      begin: {
        id: 'published-20261121-120000',
        connection: 'published',
        name: 'Published',
        connector: 'asgardeo-push',
        hosts: [],
        at: '2026-11-21T12:00:00.000Z',
        by: 'tester',
        version: 'test',
        settings: ''
      },
      now: Date.now,
      progress: ({ state }) => state === 'listening' && onListening(),
      partEnded: () => {},
      told: async () => {}
    },
    connected.listening as Listening
  )
  return { receiver, port, settings }
}
