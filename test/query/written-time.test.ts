import { describe, expect, it } from 'vitest'
import { isoTime } from '../../src-main/contract/instant'
import { filterOf, parseQuery, printFilter } from '../../src-main/contract/query-text'
import { writtenTime } from '../../src-main/contract/written-time'

/** A Monday in spring, the day after clocks in Berlin went forward. */
const now = Date.parse('2026-03-30T12:34:56.789Z')

const meanings: readonly (readonly [text: string, zone: string, from: string, to: string])[] = [
  ['now', 'UTC', '2026-03-30T12:34:56.789Z', '2026-03-30T12:34:56.790Z'],
  ['now-15m', 'UTC', '2026-03-30T12:19:56.789Z', '2026-03-30T12:19:56.790Z'],
  ['now/d', 'Asia/Tokyo', '2026-03-29T15:00:00.000Z', '2026-03-30T15:00:00.000Z'],
  ['now/h', 'Asia/Kathmandu', '2026-03-30T12:15:00.000Z', '2026-03-30T13:15:00.000Z'],
  ['now/w', 'UTC', '2026-03-30T00:00:00.000Z', '2026-04-06T00:00:00.000Z'],
  ['now-1d/d', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  // Days are those of the clock, hours are sixty minutes.
  ['now-1d', 'Europe/Berlin', '2026-03-29T12:34:56.789Z', '2026-03-29T12:34:56.790Z'],
  ['now-2d', 'Europe/Berlin', '2026-03-28T13:34:56.789Z', '2026-03-28T13:34:56.790Z'],
  ['now-48h', 'Europe/Berlin', '2026-03-28T12:34:56.789Z', '2026-03-28T12:34:56.790Z'],
  ['now-1M', 'UTC', '2026-02-28T12:34:56.789Z', '2026-02-28T12:34:56.790Z'],
  ['now-1y', 'UTC', '2025-03-30T12:34:56.789Z', '2025-03-30T12:34:56.790Z'],
  ['today', 'America/New_York', '2026-03-30T04:00:00.000Z', '2026-03-31T04:00:00.000Z'],
  // 23 hours long.
  ['yesterday', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['this week', 'Europe/Berlin', '2026-03-29T22:00:00.000Z', '2026-04-05T22:00:00.000Z'],
  ['this month', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ['this year', 'UTC', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  // 25 hours long.
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  // Midnight does not happen there on that day.
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ['1773045667', 'UTC', '2026-03-09T08:41:07.000Z', '2026-03-09T08:41:08.000Z'],
  ['1773045667120', 'Asia/Tokyo', '2026-03-09T08:41:07.120Z', '2026-03-09T08:41:07.121Z'],
  ['1773045667120001', 'UTC', '2026-03-09T08:41:07.120001Z', '2026-03-09T08:41:07.120002Z']
]

describe('times as people write them', () => {
  it.each(meanings)('%s in %s is from %s to %s', (text, zone, from, to) => {
    const found = writtenTime(text, { zone, now })
    expect(found && [isoTime(found.from), isoTime(found.to)]).toEqual([from, to])
  })

  it.each(['lately', 'now-', 'now-1q', 'now-999999y', 'this decade', '177304566', ''])('%s is none', (text) => {
    expect(writtenTime(text, { zone: 'UTC', now })).toBe(undefined)
  })

  it.each([
    ['today', 'yesterday'],
    ['this week', 'this-month'],
    ['now', 'now-7d']
  ])('stand as values, and days and weeks by themselves: %s, %s', (first, second) => {
    for (const text of [`@timestamp:"${first}"`, `@timestamp:>=${second}`, `@timestamp:[${second} TO now]`])
      expect(parseQuery(text, { zone: 'Europe/Berlin', now }).errors, text).toBe(undefined)
  })

  it('mean the same by themselves as of the time', () => {
    const here = { zone: 'Europe/Berlin', now }
    expect(filterOf('yesterday', here)).toEqual(filterOf('@timestamp:2026-03-29', here))
    expect(filterOf('this week and user.name:alice', here)).toEqual(
      filterOf('@timestamp:[2026-03-30 TO 2026-04-05] user.name:alice', here)
    )
    expect(filterOf('@timestamp:>=now-7d', here)).toEqual(
      filterOf('@timestamp:>=2026-03-23T13:34:56.789Z', { zone: 'UTC' })
    )
  })

  it('are written so that they read the same in any zone when a text is to be carried elsewhere', () => {
    const carried = (text: string) => printFilter(filterOf(text, { zone: 'Europe/Berlin', now }), { absolute: true })
    expect(carried('@timestamp:2026-03-09')).toBe('@timestamp:[2026-03-08T23:00Z TO 2026-03-09T23:00Z}')
    expect(carried('@timestamp:2026-03-09T09:41')).toBe('@timestamp:2026-03-09T08:41Z')
    expect(carried('@timestamp:>=2026-03-09T09:41:07.12')).toBe('@timestamp:>=2026-03-09T08:41:07.120Z')
    expect(carried('@timestamp:<=2026-03-09')).toBe('@timestamp:<2026-03-09T23:00Z')
    expect(carried('last 7 days or every monday at 9')).toBe('last 7 days or every monday at 9 in Europe/Berlin')
  })
})
