import { describe, expect, it } from 'vitest'
import { tracksOf } from '../../../src-main/contract/track'
import { unitAround } from '../../../src-renderer/components/around/clock-unit'
import { distanceText } from '../../../src-renderer/components/around/distance'

const iso = ({ from, to }: { from: number; to: number }) => [from, to].map((ms) => new Date(ms).toISOString())
const around = (moment: string, unit: Parameters<typeof unitAround>[1], zone = 'UTC') =>
  iso(unitAround(Date.parse(moment), unit, zone))

describe('the unit of the clock around a moment', () => {
  it('is a whole minute, ten minutes, hour, day of the zone', () => {
    expect(around('2026-03-09T09:41:07.120Z', 'minute')).toEqual([
      '2026-03-09T09:41:00.000Z',
      '2026-03-09T09:42:00.000Z'
    ])
    expect(around('2026-03-09T09:41:07.120Z', 'ten minutes')).toEqual([
      '2026-03-09T09:40:00.000Z',
      '2026-03-09T09:50:00.000Z'
    ])
    expect(around('2026-03-09T09:41:07.120Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2026-03-09T09:30:00.000Z',
      '2026-03-09T10:30:00.000Z'
    ])
    expect(around('2026-03-09T02:41:07.120Z', 'day', 'America/New_York')).toEqual([
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z'
    ])
  })
  it('is 23 hours long on the day that clocks go on', () => {
    expect(around('2026-03-29T12:00:00Z', 'day', 'Europe/Berlin')).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z'
    ])
  })
  it('is told of times before 1970 too', () => {
    expect(around('1969-12-31T23:59:59.999Z', 'minute')).toEqual([
      '1969-12-31T23:59:00.000Z',
      '1970-01-01T00:00:00.000Z'
    ])
  })
})

describe('how far off an event is', () => {
  it.each([
    ['2026-03-09T09:41:07.120Z', '0'],
    ['2026-03-09T09:41:07.120001Z', '+1 µs'],
    ['2026-03-09T09:41:05.000Z', '−2.12 s'],
    ['2026-03-09T09:42:12.120Z', '+1m 5s'],
    ['2026-03-09T08:41:07.120Z', '−1h']
  ])('%s: %s', (time, text) => expect(distanceText(time, '2026-03-09T09:41:07.120Z')).toBe(text))
})

describe('the tracks of an event', () => {
  const fieldsOf = (event: object) => tracksOf({ _id: 'a-1', ...event }).map(({ track, fields }) => [track, fields])

  it('are told by the first field that has something', () => {
    expect(fieldsOf({ 'user.email': 'a@b', 'user.id': '7', 'session.id': 's', 'source.address': 'backend' })).toEqual([
      ['user', ['user.email']],
      ['session', ['session.id']],
      ['address', ['source.address']]
    ])
  })
  it('tell a target with its kind, for numbers and names mean nothing without', () => {
    const [on] = tracksOf({ _id: 'a-1', 'resource.type': 'key', 'resource.id': '7', 'resource.name': 'main' })
    expect(on?.filter).toEqual({
      kind: 'and',
      of: [
        { kind: 'is', field: 'resource.type', values: ['key'], exact: true },
        { kind: 'is', field: 'resource.id', values: ['7'], exact: true }
      ]
    })
    expect(fieldsOf({ 'user.target.name': 'bob' })).toEqual([['target', ['user.target.name']]])
  })
  it('are none of an event that tells nothing', () => expect(tracksOf({ _id: 'a-1', 'user.name': '' })).toEqual([]))
})
