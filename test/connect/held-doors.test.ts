import { once } from 'node:events'
import { createConnection } from 'node:net'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { connect } from '../../src-main/engine/connect/connected'
import { Connectors } from '../../src-main/engine/connect/connectors'
import type { Listening } from '../../src-main/engine/connect/listening'
import { Receiver } from '../../src-main/engine/connect/receiver'
import { temporaryFolder } from '../engine/folder'
import { freePort } from './free-port'

it('lets go of who connects and says nothing, so that senders find a door', async () => {
  const folder = await temporaryFolder()
  const connectors = new Connectors(resolve(import.meta.dirname, '../../resources'), folder)
  const port = await freePort()
  const settings = { user: 'asgardeo', port }
  const secrets = { password: 'a-password-nobody-may-see' }
  const connected = connect(await connectors.get('asgardeo-push'), settings, secrets)
  const receiver = new Receiver(
    {
      connected,
      folder,
      handshake: 100,
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
      progress: ({ state }) => state === 'listening' && listens(),
      partEnded: () => {},
      told: async () => {}
    },
    connected.listening as Listening
  )
  let listens = () => {}
  const listening = new Promise<void>((done) => {
    listens = done
  })
  const over = receiver.run()
  await listening
  const silent = Array.from({ length: 20 }, () => createConnection(port, '127.0.0.1'))
  await Promise.all(silent.map((socket) => once(socket, 'close', { signal: AbortSignal.timeout(5000) })))
  receiver.cancel()
  await over
  expect(receiver.report().state).toBe('complete')
})
