import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Coverage } from '../../src-main/contract/coverage'
import { Asking } from '../../src-main/engine/query/run'
import { tables, views } from '../../src-main/engine/store/schema'

let instance: DuckDBInstance
let asking: Asking
let row = 0
let file = 0

/** A file of one source with an event at each of these times; null: a record without one. */
async function add(source: string, times: string, hidden = 'FALSE'): Promise<void> {
  const connection = await instance.connect()
  const id = ++file
  await connection.run(
    `INSERT INTO entry (evidence, status, shown, raw, "event.dataset", "@timestamp")
     SELECT ${id}, CASE WHEN t IS NULL THEN 'undated' ELSE 'event' END::status, NOT (${hidden}), '{}', '${source}', t FROM (${times})`
  )
  const total = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM entry')
  const rows = total.getRows()[0]?.[0] as number
  await connection.run(
    `INSERT INTO evidence VALUES (${id}, '${String(id).repeat(64)}', '${source}-${id}.json', '', '', 1, '2026-04-13T06:00:00Z', '', '${source}', '[]', ${row}, ${rows - row}, '{}')`
  )
  row = rows
  connection.closeSync()
}

/** Every so many minutes from the 5th of January 2026, a Monday, for fourteen weeks. */
const every = (minutes: number, where: string) =>
  `SELECT t FROM generate_series(TIMESTAMP '2026-01-05', TIMESTAMP '2026-04-12 23:59:00', INTERVAL ${minutes} MINUTE) g(t) WHERE ${where}`
const workingHours = 'isodow(t) < 6 AND hour(t) BETWEEN 8 AND 16'

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(tables)
  await connection.run(views)
  connection.closeSync()
  // Always: down on a Wednesday from 02:00 to 05:00.
  await add('always', every(10, `NOT (t >= '2026-02-18 02:00' AND t < '2026-02-18 05:00')`))
  // Office: nights and weekends are silent; so is one Tuesday.
  await add('office', every(5, `${workingHours} AND CAST(t AS DATE) <> '2026-03-10'`))
  // Quiet: ends eight days before the others.
  await add('quiet', every(30, `t < '2026-04-05'`))
  // Seldom: one event a week proves nothing.
  await add('seldom', every(60 * 24 * 7, 'TRUE'))
  // Short: four hours, in two files of which the second repeats the first and adds three undated records.
  await add(
    'short',
    `SELECT t FROM generate_series(TIMESTAMP '2026-03-01 10:00', TIMESTAMP '2026-03-01 13:59', INTERVAL 1 MINUTE) g(t)`
  )
  await add(
    'short',
    `SELECT t FROM generate_series(TIMESTAMP '2026-03-01 10:00', TIMESTAMP '2026-03-01 13:59', INTERVAL 1 MINUTE) g(t)
     UNION ALL SELECT NULL::TIMESTAMP FROM range(3)`,
    't IS NOT NULL'
  )
  asking = new Asking(instance, 2)
})
afterAll(async () => {
  await asking.close()
  instance.closeSync()
})

const coverage = (asked: { from?: string; to?: string; bins?: number } = {}): Promise<Coverage> =>
  asking.ask({ select: 'coverage', bins: 14, ...asked })
const ofSource = async (source: string, asked = {}) => {
  const found = (await coverage(asked)).sources.find((each) => each.source === source)
  if (!found) throw new Error(`no source ${source}`)
  return found
}

describe('coverage', () => {
  it('tells of each source from when to when it has events, most events first', async () => {
    const { first, last, sources } = await coverage()
    expect([first, last]).toEqual(['2026-01-05T00:00:00.000Z', '2026-04-12T23:50:00.000Z'])
    expect(sources.map(({ source, first, last }) => [source, first, last])).toEqual([
      ['always', '2026-01-05T00:00:00.000Z', '2026-04-12T23:50:00.000Z'],
      ['office', '2026-01-05T08:00:00.000Z', '2026-04-10T16:55:00.000Z'],
      ['quiet', '2026-01-05T00:00:00.000Z', '2026-04-04T23:30:00.000Z'],
      ['short', '2026-03-01T10:00:00.000Z', '2026-03-01T13:59:00.000Z'],
      ['seldom', '2026-01-05T00:00:00.000Z', '2026-04-06T00:00:00.000Z']
    ])
  })

  it('tells of each file what it covers, its duplicates counted, and how many events have no time', async () => {
    const { files, events, undated, hidden } = await ofSource('short')
    expect({ events, undated, hidden }).toEqual({ events: 483, undated: 3, hidden: 240 })
    expect(files.map(({ name, first, events, undated, hidden }) => [name, first, events, undated, hidden])).toEqual([
      ['short-5.json', '2026-03-01T10:00:00.000Z', 240, 0, 0],
      ['short-6.json', '2026-03-01T10:00:00.000Z', 243, 3, 240]
    ])
  })

  it('counts the events in equal parts of all, or of the stretch asked for', async () => {
    const all = await ofSource('always')
    expect(all.counts).toHaveLength(14)
    expect(all.counts.reduce((a, b) => a + b, 0)).toBe(all.events)
    const day = await ofSource('always', { from: '2026-02-18T00:00:00Z', to: '2026-02-19T00:00:00Z', bins: 24 })
    expect(day.counts).toEqual([6, 6, 0, 0, 0, ...new Array(19).fill(6)])
    expect((await coverage({ from: '2026-02-18T00:00:00Z', to: '2026-02-19T00:00:00Z' })).to).toBe(
      Date.UTC(2026, 1, 19)
    )
  })

  it('counts nothing in a stretch before all events, or after them', async () => {
    expect((await ofSource('always', { to: '2025-12-01T00:00:00Z', bins: 1 })).counts).toEqual([0])
    expect((await ofSource('always', { from: '2026-06-01T00:00:00Z', bins: 1 })).counts).toEqual([0])
  })

  it('finds the hours that a source which never rests was silent', async () => {
    const { rhythm, gaps } = await ofSource('always')
    expect(rhythm).toBe('week')
    expect(gaps).toEqual([{ from: '2026-02-18T02:00:00.000Z', to: '2026-02-18T05:00:00.000Z', expected: 18 }])
  })

  it('finds the working day without events among the nights and weekends that have none either', async () => {
    const { gaps, quiet } = await ofSource('office')
    expect(gaps).toEqual([{ from: '2026-03-09T17:00:00.000Z', to: '2026-03-11T08:00:00.000Z', expected: 108 }])
    // The weekend at the end of the case is like any other.
    expect(quiet).toBeUndefined()
  })

  it('says which source is quiet to the end of the case though it should not be', async () => {
    const { gaps, quiet } = await ofSource('quiet')
    expect(gaps).toEqual([])
    expect(quiet).toEqual({ from: '2026-04-04T23:45:00.000Z', to: '2026-04-13T00:00:00.000Z', expected: 384 })
  })

  it('tells no silence of a file of which more is to come', async () => {
    const { files } = await ofSource('quiet')
    const connection = await instance.connect()
    await connection.run(`INSERT INTO coming SELECT id FROM evidence WHERE sha256 = '${files[0]?.sha256}'`)
    const { rhythm, gaps, quiet, files: now } = await ofSource('quiet')
    await connection.run('DELETE FROM coming')
    connection.closeSync()
    expect([rhythm, gaps, quiet]).toEqual([null, [], undefined])
    expect(now.map(({ coming }) => coming)).toEqual([true])
  })

  it('finds nothing where silence is usual, or where too little is covered to know', async () => {
    expect(await ofSource('seldom')).toMatchObject({ rhythm: 'week', gaps: [] })
    expect(await ofSource('short')).toMatchObject({ rhythm: null, gaps: [] })
  })
})
