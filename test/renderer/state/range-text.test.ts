import { describe, expect, it } from 'vitest'
import { rangeTitle, readMoment } from '../../../src-renderer/state/range-text'

describe('a typed time', () => {
  it.each([
    ['2026-03-09', 'UTC', 'start', '2026-03-09T00:00:00.000Z'],
    ['2026-03-09', 'UTC', 'end', '2026-03-10T00:00:00.000Z'],
    ['2026-03', 'UTC', 'end', '2026-04-01T00:00:00.000Z'],
    ['2026-03-09', 'Europe/Berlin', 'start', '2026-03-08T23:00:00.000Z'],
    // The day on which the clock goes forward has 23 hours.
    ['2026-03-29', 'Europe/Berlin', 'end', '2026-03-29T22:00:00.000Z'],
    ['2026-03-09 09:41', 'UTC', 'end', '2026-03-09T09:41:00.000Z'],
    ['2026-03-09 09:41:07.120', 'UTC', 'start', '2026-03-09T09:41:07.120Z'],
    ['2026-03-09T09:41:07+02:00', 'America/New_York', 'start', '2026-03-09T07:41:07.000Z']
  ] as const)('%s in %s as the %s of a range is %s', (text, zone, side, moment) =>
    expect(readMoment(text, zone, side)).toEqual({ moment })
  )

  it('is no bound where nothing is typed', () => expect(readMoment('  ', 'UTC', 'start')).toBe(null))

  it('is refused with an example where it is none', () => {
    expect(readMoment('2026-02-30', 'UTC', 'start')).toEqual({
      problem: '“2026-02-30” is not a time. Write it like 2026-03-09 or 2026-03-09 09:41.'
    })
  })
})

describe('a range', () => {
  it.each([
    [{ kind: 'all' }, 'All time'],
    [{ kind: 'last', amount: 24, unit: 'hours' }, 'Last 24 hours'],
    [{ kind: 'last', amount: 3, unit: 'days' }, 'Last 3 days'],
    [{ kind: 'between', from: '2026-03-09T09:00:00Z', to: '2026-03-09T11:30:00Z' }, '2026-03-09 09:00 – 11:30'],
    [
      { kind: 'between', from: '2026-03-09T09:00:00Z', to: '2026-03-10T11:30:07Z' },
      '2026-03-09 09:00 – 2026-03-10 11:30:07'
    ],
    [{ kind: 'between', from: '2026-03-09T09:00:00Z' }, 'Since 2026-03-09 09:00'],
    [{ kind: 'between', to: '2026-03-09T09:00:00Z' }, 'Until 2026-03-09 09:00']
  ] as const)('%o is named %s', (range, title) => expect(rangeTitle(range, 'UTC')).toBe(title))
})
