import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-coverage-'))
const folder = join(home, 'c.spoor')
const run = (...args: string[]) => spoor(home, [...args, '--case', folder])

const hour = 3_600_000
const start = Date.UTC(2026, 5, 1)
/** An Unkey audit log of thirty days, an event each ten minutes, without the night of the 16th of June. */
const entries = Array.from({ length: 30 * 144 }, (_, at) => start + at * 600_000)
  .filter((time) => time < start + 15 * 24 * hour || time >= start + 15 * 24 * hour + 6 * hour)
  .map((time, at) => ({
    auditLogId: `log_${at}`,
    event: at % 2 === 0 ? 'key.create' : 'key.update',
    time: new Date(time).toISOString(),
    description: 'a key',
    actor: { type: 'user', id: `user_${at % 3}` },
    remoteIp: '81.2.69.142',
    resources: []
  }))

beforeAll(async () => {
  built()
  const log = join(home, 'unkey.jsonl')
  writeFileSync(log, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  utimesSync(log, (start + 30 * 24 * hour) / 1000, (start + 30 * 24 * hour) / 1000)
  expect((await run('import', log)).code).toBe(0)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('spoor coverage', () => {
  it('says what each source covers and where it is silent, and exits with 3 then', async () => {
    const { out, code } = await run('coverage')
    expect(code).toBe(3)
    expect(out).toMatch(/^unkey +2026-06-01T00:00:00\.000Z +2026-06-30T23:50:00\.000Z +4,284 +0 +0 +1$/m)
    expect(out).toContain('silent from 2026-06-16T00:00Z to 2026-06-16T06:00Z, about 36 events would be usual')
    expect(out).toContain('retention: 7 days (Free), 90 days (Pro), by contract (Enterprise).')
  })

  it('says why nothing is there in a stretch', async () => {
    expect((await run('coverage', '--from', '2026-05-01', '--to', '2026-05-02')).out).toContain(
      'then: Nothing before 2026-06-01T00:00Z: outside this evidence.'
    )
    expect((await run('coverage', '--from', '2026-06-16T01:00Z', '--to', '2026-06-16T02:00Z')).out).toContain(
      'then: Silent from 2026-06-16T00:00Z to 2026-06-16T06:00Z'
    )
    expect((await run('coverage', '--from', '2026-06-20', '--to', '2026-06-21')).out).toContain('then: 144 events')
  })

  it('prints it all as one JSON document', async () => {
    const { sources } = JSON.parse((await run('coverage', '--json', '--to', '2026-05-02')).out)
    expect(sources).toHaveLength(1)
    expect(sources[0]).toMatchObject({
      source: 'unkey',
      events: 4284,
      rhythm: 'week',
      gaps: [{ from: '2026-06-16T00:00:00.000Z', to: '2026-06-16T06:00:00.000Z', expected: 36 }],
      inStretch: 0,
      absence: { kind: 'before' },
      kept: { written: '2026-07-01T00:00:00.000Z' },
      files: [{ name: 'unkey.jsonl', events: 4284 }]
    })
  })

  it('refuses a stretch that ends before it begins', async () => {
    const { code, err } = await run('coverage', '--from', '2026-03-09', '--to', '2026-03-01')
    expect([code, err]).toEqual([2, expect.stringContaining('--to is not after --from')])
  })

  it('refuses what is no time', async () => {
    const { code, err } = await run('coverage', '--from', 'yesteryear')
    expect([code, err]).toEqual([
      2,
      '--from: yesteryear is no time. Write it as 2026-03-09 or 2026-03-09T09:41Z.\n--help says how it is used.\n'
    ])
  })
})

describe('spoor context', () => {
  const find = async (): Promise<string> => {
    const { out } = await run('search', '@timestamp:"2026-06-10T09:40:00Z"', '--json')
    return JSON.parse(out).events[0]._id
  }

  it('shows what happened around an event, it and those of the search marked', async () => {
    const { out, err, code } = await run('context', await find(), '--within', '10m', 'event.action:key.update')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n').slice(1)
    expect(lines.map((line) => [line.slice(0, 2).trim(), /key\.\w+/.exec(line)?.[0]])).toEqual([
      ['*', 'key.update'],
      ['>', 'key.create'],
      ['*', 'key.update']
    ])
    expect(err).toBe('1 before, 1 after, from 2026-06-10T09:30:00.000Z to before 2026-06-10T09:50:00.001Z\n')
  })

  it('says how many there are where only the nearest are shown, and shows the neighbours in the file', async () => {
    const id = await find()
    const hourly = await run('context', id, '--within', '1h', '--limit', '2')
    expect(hourly.err).toMatch(/^6 before \(the nearest 2 shown\), 6 after \(the nearest 2 shown\), /)
    const { before, after, by, rows, at } = JSON.parse(
      (await run('context', id, '--within', 'file', '--limit', '1', '--json')).out
    )
    expect([before + after + 1, by, rows.length, at]).toEqual([4284, 'file', 3, 1])
  })

  it('refuses a reach it does not know, and an event that is not there', async () => {
    expect((await run('context', 'ffff-1', '--within', '2y')).err).toContain('--within: 2y is none of 1s, 5s, 10s')
    expect((await run('context', 'ffff-1')).err).toBe('There is no event ffff-1 in this case.\n')
  })
})
