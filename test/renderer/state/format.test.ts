import { describe, expect, it } from 'vitest'
import { bytes, count, counted, duration, isoTime, minuteTime, percent, time } from '../../../src-renderer/state/format'

describe('a time', () => {
  it.each([
    ['2026-03-09T09:41:07.120Z', 'UTC', '2026-03-09 09:41:07.120 Z'],
    ['2026-03-09T09:41:07.000Z', 'UTC', '2026-03-09 09:41:07 Z'],
    ['2026-03-09T09:41:07.120456Z', 'UTC', '2026-03-09 09:41:07.120456 Z'],
    ['2026-03-09T09:41:07.120000Z', 'UTC', '2026-03-09 09:41:07.120 Z'],
    ['2026-03-09T23:41:07.120Z', 'Europe/Berlin', '2026-03-10 00:41:07.120 +01:00'],
    ['2026-07-09T09:41:07Z', 'Europe/Berlin', '2026-07-09 11:41:07 +02:00'],
    ['2026-03-09T09:41:07Z', 'Asia/Kathmandu', '2026-03-09 15:26:07 +05:45'],
    ['2026-01-09T01:41:07Z', 'America/St_Johns', '2026-01-08 22:11:07 -03:30'],
    ['1969-12-31T23:59:59.500Z', 'UTC', '1969-12-31 23:59:59.500 Z']
  ])('%s is, in %s, %s', (moment, zone, shown) => expect(time(moment, zone)).toBe(shown))

  it('carries its offset through the hour that a clock shows twice', () => {
    expect(time('2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-25 02:30:00 +02:00')
    expect(time('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('2026-10-25 02:30:00 +01:00')
  })

  it('is one word where a program reads it, and ends at the minute in a range', () => {
    expect(isoTime('2026-03-09T09:41:07.120Z', 'Asia/Tokyo')).toBe('2026-03-09T18:41:07.120+09:00')
    expect(minuteTime(Date.UTC(2026, 2, 9, 9, 41, 59), 'UTC')).toBe('2026-03-09 09:41')
  })

  it('is shown as it is where it cannot be read', () => expect(time('yesterday', 'UTC')).toBe('yesterday'))
})

describe('an amount', () => {
  it('is grouped and never abbreviated', () => {
    expect(count(2481098)).toBe('2,481,098')
    expect([counted(1, 'event'), counted(0, 'event'), counted(3, 'query', 'queries')]).toEqual([
      '1 event',
      '0 events',
      '3 queries'
    ])
  })

  it('never rounds a part to none or to all', () => {
    expect([percent(0, 10), percent(1, 2_000_000), percent(1_999_999, 2_000_000), percent(10, 10)]).toEqual([
      '0%',
      '<0.1%',
      '>99.9%',
      '100%'
    ])
    expect([percent(1, 3), percent(1, 16), percent(1, 0)]).toEqual(['33%', '6.3%', '–'])
  })

  it('of bytes is in IEC units', () => {
    expect([812, 1024, 1_048_575, 3_435_973_837].map(bytes)).toEqual(['812 B', '1.0 KiB', '1.0 MiB', '3.2 GiB'])
  })

  it('of time names its two largest parts', () => {
    expect([0.84, 840, 1250, 59_999, 200_000, 190_800_000, 3_600_000].map(duration)).toEqual([
      '840 µs',
      '840 ms',
      '1.25 s',
      '60 s',
      '3m 20s',
      '2d 5h',
      '1h'
    ])
  })
})
