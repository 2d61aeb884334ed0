import { renameSync } from 'node:fs'
import { join } from 'node:path'
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

it.each([
  ['newest', true],
  ['oldest', true],
  ['newest', false]
] as const)(
  'goes on, once it is resumed, from the last time that is known where its cursor has expired: %s first, asked by time: %s',
  async (order, byTime) => {
    const events = plainEvents(1000, undefined, 60_000)
    let refused: string | undefined
    const server = await pages({ events, by: 'cursor', order, token: plainToken, most: 100 }, (number, { query }) => {
      const cursor = query.get('cursor') ?? undefined
      // The application ends, and by the time it is resumed the cursor that it holds is worth nothing.
      if (number === 6) {
        refused = cursor
        return { status: 403, body: {} }
      }
      return cursor !== undefined && cursor === refused && number < 8
        ? { status: 410, body: { message: 'cursor expired' } }
        : undefined
    })
    onTestFinished(() => server.close())
    const folder = await temporaryFolder()
    const definition = byTime
      ? plainConnector('cursor', order)
      : plainConnector('cursor', order)
          .replace(/ +window: iso\n/, '')
          .replace(/, since: "\{since\}", until: "\{until\}"/, '')
    // Each page in a part of its own, of which all but the last are imported and gone.
    const limits = { bytes: 1, seconds: 600 }
    const pulling = (evidence?: string) =>
      newPull({ connected: ready(definition, server.url), folder, limits, ...(evidence ? { evidence } : {}) })
    const first = pulling()
    await first.pull.run()
    expect(first.pull.report()).toMatchObject({ state: 'failed', streams: [{ events: 500 }] })
    const evidence = await temporaryFolder()
    for (const { name, sha256 } of first.parts) renameSync(join(folder, name), join(evidence, sha256))

    const second = pulling(evidence)
    await second.pull.run()
    const asked = server.requests
      .slice(6)
      .map(({ query }) => [query.get('cursor'), query.get('since'), query.get('until')])
    expect(asked[0]?.[0]).toBe(refused)
    const until = asked[0]?.[2]
    // Ten minutes earlier, since events may come late.
    const anew: Record<string, unknown> = {
      newest: [null, null, '2026-10-01T08:30:00.000Z'],
      oldest: [null, '2026-10-01T08:09:00.000Z', until]
    }
    expect(asked[1]).toEqual(byTime ? anew[order] : [null, null, null])
    const report = second.pull.report()
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 1000, complete: true, missing: [] }] })
    expect(report.streams[0]?.repeated).toBe(byTime ? 11 : 500)
    expect(Date.parse(report.streams[0]?.reached ?? '')).toBeGreaterThan(Date.parse('2026-11-21'))
    expect(report.notes.join(' ')).toContain('the server knows the place no more at which the pull was to go on')
  }
)

it('counts no event twice where it is cut off once more while it asks anew', async () => {
  const log: Log = { events: plainEvents(1000), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  // Refused in the midst, then the cursor is unknown, then refused in the midst of what is asked anew.
  const refusals: Readonly<Record<number, number>> = { 6: 403, 7: 410, 10: 403 }
  const server = await pages(log, (number) => {
    const status = refusals[number]
    return status === undefined ? undefined : { status, body: {} }
  })
  onTestFinished(() => server.close())
  const [folder, evidence] = [await temporaryFolder(), await temporaryFolder()]
  const definition = plainConnector('cursor', 'newest')
    .replace(/ +window: iso\n/, '')
    .replace(/, since: "\{since\}", until: "\{until\}"/, '')
  const limits = { bytes: 1, seconds: 600 }
  const states: string[] = []
  for (let run = 0; run < 3; run++) {
    const { pull, parts } = newPull({ connected: ready(definition, server.url), folder, evidence, limits })
    await pull.run()
    for (const { name, sha256 } of parts) renameSync(join(folder, name), join(evidence, sha256))
    const { state, streams } = pull.report()
    states.push(`${state} ${streams[0]?.events}`)
  }
  expect(states).toEqual(['failed 500', 'failed 500', 'complete 1000'])
})

it('fails where a place is refused again as soon as it was begun anew', async () => {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const server = await pages(log, (_, { query }) =>
    query.has('cursor') && query.get('until') === null
      ? { status: 400, body: { message: 'cursor expired' } }
      : undefined
  )
  onTestFinished(() => server.close())
  const definition = plainConnector('cursor', 'newest')
    .replace(/ +window: iso\n/, '')
    .replace(/, since: "\{since\}", until: "\{until\}"/, '')
  const { pull } = newPull({ connected: ready(definition, server.url), folder: await temporaryFolder() })
  await pull.run()
  expect(pull.report()).toMatchObject({ state: 'failed', fault: expect.stringContaining('cursor expired') })
  expect(server.requests.length).toBeLessThan(6)
})
