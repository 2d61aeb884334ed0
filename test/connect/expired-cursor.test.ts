import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../engine/folder'
import { type Log, pages, plainEvent, plainEvents, plainToken } from '../servers/pages'
import { plainConnector } from './plain'
import { newPull, ready } from './pulled'

it('begins anew, while it follows, where the server does not take its cursor any more', async () => {
  const log: Log = { events: plainEvents(50), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  let expired: string | undefined
  const server = await pages(log, (number, { query }) => {
    if (number > 400) return { status: 403, body: { message: 'asked for ever' } }
    if (number === 2) {
      const late = Date.now()
      log.events = [...log.events, ...Array.from({ length: 250 }, (_, index) => plainEvent(1000 + index, late - index))]
    }
    const cursor = query.get('cursor') ?? undefined
    // The first one that is given is good for nothing by the time it is used.
    expired ??= cursor
    return cursor !== undefined && cursor === expired && number < 6
      ? { status: 400, body: { message: 'cursor expired' } }
      : undefined
  })
  onTestFinished(() => server.close())
  const asked: (string | null)[] = []
  const { pull } = newPull({
    connected: ready(plainConnector('cursor', 'newest'), server.url),
    folder: await temporaryFolder(),
    request: { follow: 1 },
    onProgress: ({ events }, one) => {
      if (events === 300 || server.requests.length > 300) one.cancel()
    }
  })
  await pull.run()
  for (const { query } of server.requests) asked.push(query.get('cursor'))
  // Refused once, then from the beginning again, not at the same place for ever.
  expect(asked.slice(0, 4)).toEqual([null, null, expired, null])
  expect(pull.report()).toMatchObject({ streams: [{ events: 300 }] })
})
