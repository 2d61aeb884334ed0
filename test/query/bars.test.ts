import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { everything } from '../../src-main/contract/filter'
import { clockIn } from '../../src-main/contract/instant'
import type { Interval } from '../../src-main/contract/query'
import { barsOver } from '../../src-main/engine/query/bars'
import { Asking } from '../../src-main/engine/query/run'
import { tables } from '../../src-main/engine/store/schema'

const at = (text: string) => Date.parse(text)
const clock = (zone: string, instant: number) => {
  const [, month, day, hour, minute] = clockIn(zone, instant)
  return [`${month}-${day}`, [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')].join(' ')
}
const clocks = (zone: string, every: Interval, first: string, last: string) =>
  barsOver(at(first), at(last), zone, every, 100).starts.map((start) => clock(zone, start))

describe('bars', () => {
  it.each([
    ['30m', '3-9 15:30', '3-9 16:00'],
    ['1h', '3-9 15:00', '3-9 16:00'],
    ['3h', '3-9 15:00', '3-9 18:00'],
    ['6h', '3-9 12:00', '3-9 18:00'],
    ['12h', '3-9 12:00', '3-10 00:00'],
    ['1d', '3-9 00:00', '3-10 00:00']
  ] as const)('of %s begin on the clock of a zone half an hour off', (every, one, next) => {
    expect(clocks('Asia/Kolkata', every, '2026-03-09T10:07:00Z', '2026-03-10T10:07:00Z').slice(0, 2)).toEqual([
      one,
      next
    ])
  })

  it('of three hours begin at midnight before and after the clocks change, and one is an hour shorter or longer', () => {
    const spring = barsOver(at('2026-03-28T23:30:00Z'), at('2026-03-29T12:00:00Z'), 'Europe/Berlin', '3h', 100)
    expect(spring.starts.map((start) => clock('Europe/Berlin', start))).toEqual([
      '3-29 00:00',
      '3-29 03:00',
      '3-29 06:00',
      '3-29 09:00',
      '3-29 12:00'
    ])
    expect((spring.starts[1] ?? 0) - (spring.starts[0] ?? 0)).toBe(2 * 3_600_000)
    const autumn = barsOver(at('2026-10-24T22:30:00Z'), at('2026-10-25T12:00:00Z'), 'Europe/Berlin', '3h', 100)
    expect((autumn.starts[1] ?? 0) - (autumn.starts[0] ?? 0)).toBe(4 * 3_600_000)
  })

  it('of an hour stay an hour long when the clocks show it twice', () => {
    expect(clocks('Europe/Berlin', '1h', '2026-10-24T23:30:00Z', '2026-10-25T01:30:00Z')).toEqual([
      '10-25 01:00',
      '10-25 02:00',
      '10-25 02:00'
    ])
  })

  it('follow clocks that change by half an hour', () => {
    expect(clocks('Australia/Lord_Howe', '1h', '2026-04-04T13:10:00Z', '2026-04-04T17:10:00Z')).toEqual([
      '4-5 00:00',
      '4-5 01:00',
      '4-5 02:00',
      '4-5 03:00'
    ])
  })
})

describe('events', () => {
  it('are counted in the bar that their time lies in, also where clocks are set', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(tables)
    // Both nights on which the clocks of these zones are set, and the days about them.
    await connection.run(`INSERT INTO entry BY NAME SELECT true AS shown, unnest(range(start, start + INTERVAL 3 DAYS, INTERVAL '7 minutes 11.5 seconds')) AS "@timestamp"
      FROM (VALUES (TIMESTAMP '2026-03-28 05:00'), (TIMESTAMP '2026-04-04 00:00'), (TIMESTAMP '2026-10-24 09:00')) AS nights(start)`)
    const ordered = await connection.runAndReadAll('SELECT epoch_ms("@timestamp") FROM entry ORDER BY ALL')
    const times = ordered.getRowsJS().map(([time]) => Number(time))
    const asking = new Asking(instance, 1)
    for (const zone of [
      'UTC',
      'Asia/Kolkata',
      'Asia/Kathmandu',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe'
    ])
      for (const every of ['15m', '30m', '1h', '3h', '6h', '12h', '1d', '1w', '1M'] as const) {
        const { starts, end, series } = await asking.ask({ select: 'timeline', filter: everything, zone, every })
        const counts = starts.map(() => 0)
        let bar = 0
        for (const time of times) {
          while (time >= (starts[bar + 1] ?? end)) bar++
          counts[bar] = (counts[bar] ?? 0) + 1
        }
        expect(series[0]?.counts, `${every} in ${zone}`).toEqual(counts)
      }
    await asking.close()
    instance.closeSync()
  })
})
