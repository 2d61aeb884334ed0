import { once } from 'node:events'
import { createConnection } from 'node:net'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../engine/folder'
import { newReceiver } from './new-receiver'

it('lets go of who connects and says nothing, so that senders find a door', async () => {
  let listens = () => {}
  const listening = new Promise<void>((done) => {
    listens = done
  })
  const { receiver, port } = await newReceiver(await temporaryFolder(), {
    handshake: 100,
    onListening: () => listens()
  })
  const over = receiver.run()
  await listening
  const silent = Array.from({ length: 20 }, () => createConnection(port, '127.0.0.1'))
  await Promise.all(silent.map((socket) => once(socket, 'close', { signal: AbortSignal.timeout(5000) })))
  receiver.cancel()
  await over
  expect(receiver.report().state).toBe('complete')
})
