import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { journalLines } from '../../src-main/engine/connect/journal-lines'
import { temporaryFolder } from '../engine/folder'
import { smallDisk } from '../engine/small-disk'
import { type Log, type PlainEvent, pages, plainEvent, plainEvents, plainToken } from '../servers/pages'
import type { Trouble } from '../servers/strict-server'
import { plainConnector } from './plain'
import { type Asked, keptIds, newPull, ready } from './pulled'

const log = (by: Log['by'], events = plainEvents(1000), order: Log['order'] = 'newest'): Log => ({
  events,
  by,
  order,
  token: plainToken,
  most: 100
})
const ways: readonly Log['by'][] = ['cursor', 'link', 'url', 'offset', 'page']
const lists: Readonly<Record<Log['by'], (answer: unknown) => readonly PlainEvent[]>> = {
  cursor: (answer) => (answer as { data: PlainEvent[] }).data,
  offset: (answer) => (answer as { data: PlainEvent[] }).data,
  link: (answer) => answer as PlainEvent[],
  url: (answer) => (answer as { value: PlainEvent[] }).value,
  page: (answer) => (answer as { results: PlainEvent[] }).results
}
const idsOf = (events: readonly PlainEvent[]) => events.map(({ id }) => id).sort()
const once = (ids: readonly string[]) => [...new Set(ids)].sort()

async function pulled(of: Log, trouble?: Trouble, asked: Partial<Asked> = {}) {
  const server = await pages(of, trouble)
  onTestFinished(() => server.close())
  const folder = await temporaryFolder()
  const made = newPull({ connected: ready(plainConnector(of.by, of.order), server.url), folder, ...asked })
  await made.pull.run()
  return { ...made, folder, server, report: made.pull.report(), ids: keptIds(folder, lists[of.by]) }
}

describe('a pull', () => {
  it.each(ways.flatMap((by) => [[by, 'newest'] as const, [by, 'oldest'] as const]))(
    'by %s, %s first, brings every event once',
    async (by, order) => {
      const events = plainEvents(950)
      const { report, ids, server } = await pulled(log(by, events, order))
      expect(report.fault).toBeUndefined()
      expect(report.streams).toMatchObject([
        {
          events: 950,
          repeated: 0,
          complete: true,
          missing: [],
          first: '2026-10-01T00:00:00.000Z',
          last: '2026-10-01T00:15:49.000Z'
        }
      ])
      expect([...ids].sort()).toEqual(idsOf(events))
      expect(server.requests.length).toBeLessThanOrEqual(11)
    }
  )

  it.each(ways)('by %s loses nothing and counts nothing twice while new events arrive and pages drift', async (by) => {
    const events = plainEvents(1000)
    const there = idsOf(events)
    const arriving = (page: number) => {
      const at = Date.parse('2026-10-02T00:00:00Z') + page * 1000
      for (let index = 0; index < 7; index++) of.events.push(plainEvent(10_000 + page * 7 + index, at))
    }
    const of: Log = { ...log(by, events), arriving }
    const { report, ids } = await pulled(of)
    expect(once(ids).filter((id) => id < 'event-0010000')).toEqual(there)
    expect(report.streams[0]).toMatchObject({
      events: once(ids).length,
      repeated: ids.length - once(ids).length,
      complete: true
    })
  })

  it('goes on behind a page that shrinks, and takes a page that repeats for what it is', async () => {
    const events = plainEvents(1000)
    const newest = events.toReversed()
    const { report, ids } = await pulled(log('offset', events), (number) => {
      if (number === 3) return { body: { data: newest.slice(200, 240) } }
      if (number === 5) return { body: { data: newest.slice(240, 340) } }
      return undefined
    })
    // It asks once more where a whole page had come before.
    expect(report.streams[0]).toMatchObject({ events: 1000, repeated: 100, complete: true })
    expect(once(ids)).toEqual(idsOf(events))
  })

  it('tries again what fails in passing: errors, silence, and answers that are cut off', async () => {
    const events = plainEvents(1000)
    const { report, ids, server } = await pulled(log('cursor', events), (number) => {
      if (number === 2) return { status: 503, body: 'try later', headers: { 'content-type': 'text/plain' } }
      if (number === 4) return { body: { data: [], next: null }, cutAfter: 5 }
      if (number === 6) return { cutAfter: 0 }
      if (number === 8) return { body: '{"data": [{"id": "event-', headers: { 'content-type': 'application/json' } }
      if (number === 10) return { after: 2500, body: {} }
      return undefined
    })
    expect(report).toMatchObject({ state: 'complete', retries: 5 })
    expect([...ids].sort()).toEqual(idsOf(events))
    expect(server.requests).toHaveLength(15)
  })

  it('waits as long as it is told to, in seconds, as a date, or until a limit is set back', async () => {
    const waits: number[] = []
    const { report } = await pulled(
      log('cursor'),
      (number) => {
        if (number === 2) return { status: 429, headers: { 'retry-after': '7' }, body: { message: 'slow down' } }
        if (number === 4)
          return { status: 429, headers: { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }, body: {} }
        if (number === 6)
          return {
            status: 429,
            headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 20) },
            body: {}
          }
        if (number === 8) return { status: 503, headers: { 'retry-after': '3' }, body: {} }
        return undefined
      },
      { waited: (milliseconds) => waits.push(Math.round(milliseconds / 1000)) }
    )
    expect(report).toMatchObject({ state: 'complete', retries: 4 })
    expect(waits[0]).toBe(7)
    expect(waits[1]).toBeGreaterThanOrEqual(28)
    expect(waits[1]).toBeLessThanOrEqual(30)
    expect(waits[2]).toBeGreaterThanOrEqual(19)
    expect(waits[2]).toBeLessThanOrEqual(21)
    expect(waits[3]).toBe(3)
  })

  it('asks for nothing while an answer says that no request is left', async () => {
    const waits: number[] = []
    const of = log('link')
    const { report } = await pulled(
      of,
      (number) =>
        number === 1
          ? {
              headers: {
                'x-ratelimit-remaining': '0',
                'x-ratelimit-reset': '9',
                link: '</log?limit=100&after=x>; rel="next"'
              },
              body: of.events.slice(-3)
            }
          : undefined,
      { waited: (milliseconds) => waits.push(Math.round(milliseconds / 1000)) }
    )
    expect(report.retries).toBe(0)
    expect(waits).toEqual([9])
  })

  it('does not wait for hours for a limit to be set back either, though the answer that says so was good', async () => {
    const of = log('link')
    const link = '</log?limit=100&after=x>; rel="next"'
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '72000', link }
    const waits: number[] = []
    const { report } = await pulled(
      of,
      (number) => (number === 1 ? { headers, body: of.events.slice(-3) } : undefined),
      { waited: (milliseconds) => waits.push(milliseconds) }
    )
    expect(waits).toEqual([])
    expect(report).toMatchObject({ state: 'failed', streams: [{ events: 3 }] })
    expect(report.fault).toMatch(/allows no more requests for now\. It says to come back at .*: resume the pull then\./)
  })

  it('does not wait for hours: it fails, and says when to come back', async () => {
    const { report } = await pulled(log('cursor'), (number) =>
      number === 3 ? { status: 429, headers: { 'retry-after': '7200' }, body: {} } : undefined
    )
    expect(report.state).toBe('failed')
    expect(report.fault).toContain('It says to come back at')
  })

  it('tells which stretch is missing where it fails in the midst', async () => {
    const { report, ids } = await pulled(
      log('cursor'),
      (number) => (number > 5 ? { status: 500, body: { message: 'shard 3 is down' } } : undefined),
      {
        request: { since: '2026-10-01T00:00:00Z' }
      }
    )
    expect(report.state).toBe('failed')
    expect(report.fault).toContain('shard 3 is down')
    expect(report.streams).toMatchObject([
      {
        events: 500,
        complete: false,
        missing: [{ from: '2026-10-01T00:00:00.000Z', to: '2026-10-01T00:08:20.000Z', why: 'the pull failed' }]
      }
    ])
    expect(ids).toHaveLength(500)
  })

  it('tells as missing only what lies between the pages beside it, where the oldest come first', async () => {
    const { report } = await pulled(log('page', plainEvents(1000), 'oldest'), (_, { query }) =>
      query.get('page') === '4' ? { status: 422, body: {} } : undefined
    )
    expect(report.streams).toMatchObject([
      { events: 900, missing: [{ from: '2026-10-01T00:04:59.000Z', to: '2026-10-01T00:06:40.000Z' }] }
    ])
  })

  it('goes on behind a page that the server cannot give, and tells what is missing', async () => {
    const { report, ids } = await pulled(log('page'), (_, { query }) =>
      query.get('page') === '4' ? { status: 500, body: {} } : undefined
    )
    expect(report.state).toBe('complete')
    expect(ids).toHaveLength(900)
    expect(report.streams).toMatchObject([
      {
        events: 900,
        said: 1000,
        complete: false,
        missing: [
          {
            from: '2026-10-01T00:09:59.000Z',
            to: '2026-10-01T00:11:40.000Z',
            why: 'pages that the server could not give'
          }
        ]
      }
    ])
  })

  it('refuses an answer that says a secret back', async () => {
    const { report, ids } = await pulled(log('cursor'), (number, { headers }) =>
      number === 2 ? { body: { data: [{ id: headers.authorization }], next: null } } : undefined
    )
    expect(report.fault).toContain('says a secret of this connection in its answer, which was not kept')
    expect(ids).toHaveLength(100)
  })

  it('does not go to another host that an answer names', async () => {
    const { report, server } = await pulled(log('link'), (number) =>
      number === 2 ? { body: [], headers: { link: '<https://evil.example/log>; rel="next"' } } : undefined
    )
    expect(report.fault).toContain('The server names evil.example, but this connection may contact 127.0.0.1')
    expect(server.requests).toHaveLength(2)
  })

  it('fails where the disk is full, keeps what came, and goes on when there is room', async () => {
    const disk = smallDisk(await temporaryFolder())
    if (disk === null) return
    const events = plainEvents(60_000)
    const server = await pages(log('cursor', events))
    onTestFinished(() => server.close())
    const filler = join(disk, 'filler')
    writeFileSync(filler, Buffer.alloc(8 << 20))
    const folder = join(disk, 'pull')
    const pulling = () => newPull({ connected: ready(plainConnector('cursor', 'newest'), server.url), folder }).pull
    const first = pulling()
    await first.run()
    expect(first.report()).toMatchObject({ state: 'failed', fault: expect.stringContaining('The disk is full') })
    // What was on its way to the disk did not come.
    expect(first.report().streams[0]?.events).toBe(keptIds(folder, lists.cursor).length)
    rmSync(filler)
    const second = pulling()
    await second.run()
    expect(second.report()).toMatchObject({
      state: 'complete',
      streams: [{ events: 60_000, repeated: 0, complete: true, missing: [] }]
    })
    expect([...keptIds(folder, lists.cursor)].sort()).toEqual(idsOf(events))
  })

  it('brings 100,000 events over 1,000 pages of which one in twenty fails: nothing lost, nothing twice, all of it provable', async () => {
    const events = plainEvents(100_000)
    let failed = 0
    const trouble: Trouble = (number) => {
      // One in twenty, in ever different ways, from a fixed sequence.
      if ((number * 7919) % 101 >= 5) return undefined
      failed++
      const kind = number % 4
      if (kind === 0) return { status: 500, body: { message: 'oops' } }
      if (kind === 1) return { status: 429, headers: { 'retry-after': '1' }, body: {} }
      if (kind === 2) return { cutAfter: 0 }
      return { body: { data: [], next: 'x'.repeat(1000) }, cutAfter: 300 }
    }
    const { report, ids, folder, parts, told } = await pulled(log('cursor', events), trouble, {
      limits: { bytes: 2 << 20, seconds: 600 }
    })
    expect(report).toMatchObject({ state: 'complete', requests: 1000 + failed, retries: failed })
    expect(failed).toBeGreaterThan(45)
    expect(report.streams).toMatchObject([{ events: 100_000, repeated: 0, complete: true, missing: [] }])
    expect(ids).toHaveLength(100_000)
    expect([...ids].sort()).toEqual(idsOf(events))
    expect(parts.length).toBeGreaterThan(4)
    expect(parts.reduce((sum, part) => sum + part.events, 0)).toBe(100_000)
    // Every request is told of, those that failed too.
    expect(told).toHaveLength(1000 + failed)
    expect(journalLines(`${folder}/requests.jsonl`).filter((line) => 'request' in line)).toHaveLength(1000 + failed)
  })
})
