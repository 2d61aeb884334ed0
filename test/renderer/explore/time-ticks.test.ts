import { describe, expect, it } from 'vitest'
import type { Interval, Timeline } from '../../../src-main/contract/query'
import { barsOver } from '../../../src-main/engine/query/bars'
import { ticksOf } from '../../../src-renderer/components/explore/time-ticks'

/** The bars that the engine gives for a stretch of time, with nothing in them. */
function timelineOf(first: string, last: string, zone: string, every?: Interval, bins = 120): Timeline {
  const bars = barsOver(Date.parse(first), Date.parse(last), zone, every, bins)
  return { every: bars.every, zone, starts: bars.starts, end: bars.end, series: [], undated: 0 }
}
const texts = (timeline: Timeline, width: number, zone = 'UTC') =>
  ticksOf(timeline, zone, width).map(({ text }) => text)

describe('the axis', () => {
  it('runs on the clock of the zone, and names the day where one begins', () => {
    const evening = ['2026-03-09T22:00:00Z', '2026-03-10T01:59:00Z'] as const
    expect(texts(timelineOf(...evening, 'UTC', '1h'), 480)).toEqual(['2026-03-09 22:00', '23:00', '03-10', '01:00'])
    expect(texts(timelineOf(...evening, 'Asia/Kolkata', '1h'), 700, 'Asia/Kolkata')[0]).toBe('2026-03-10 03:00')
  })

  it('marks months under eight months of weeks', () => {
    const timeline = timelineOf('2026-03-04T08:00:00Z', '2026-11-02T08:00:00Z', 'UTC', '1w')
    expect(texts(timeline, 1300)).toEqual(['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'])
    // The first of April 2026 is the Wednesday of the fifth week.
    expect(ticksOf(timeline, 'UTC', 1300)[0]?.bar).toBeCloseTo(4 + 2 / 7)
  })

  it('marks Mondays under fewer weeks', () => {
    const timeline = timelineOf('2026-03-04T08:00:00Z', '2026-05-02T08:00:00Z', 'UTC', '1w')
    expect(texts(timeline, 1300)).toEqual([
      '2026-03-02',
      '03-09',
      '03-16',
      '03-23',
      '03-30',
      '04-06',
      '04-13',
      '04-20',
      '04-27'
    ])
  })

  it('marks round days where hours have no room', () => {
    const timeline = timelineOf('2026-10-12T06:00:00Z', '2026-11-11T06:00:00Z', 'UTC', '6h')
    expect(texts(timeline, 1300)).toEqual(['2026-10-16', '10-21', '10-26', '11-01', '11-06'])
  })

  it('names midnight where clocks skip an hour of the day', () => {
    const timeline = timelineOf('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Berlin', '1h')
    expect(texts(timeline, 1300, 'Europe/Berlin')).toEqual([
      '2026-03-28 18:00',
      '03-29',
      '06:00',
      '12:00',
      '18:00',
      '03-30',
      '06:00'
    ])
  })

  const start = Date.parse('2024-02-27T13:41:17.250Z')
  const spans = Array.from({ length: 60 }, (_, at) => 4000 * 1.35 ** at).filter((span) => span < 3e12)
  it.each(['UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'])(
    'has four to ten labels, none over another, whatever it spans: %s',
    (zone) => {
      for (const span of spans)
        for (const width of [900, 1390]) {
          const timeline = timelineOf(new Date(start).toISOString(), new Date(start + span).toISOString(), zone)
          const ticks = ticksOf(timeline, zone, width)
          const what = `${ticks.map(({ text }) => text).join(' ')} for ${span} ms in bars of ${timeline.every} at ${width}`
          expect(ticks.length, what).toBeGreaterThanOrEqual(4)
          expect(ticks.length, what).toBeLessThanOrEqual(10)
          const step = width / timeline.starts.length
          for (const [at, tick] of ticks.entries()) {
            const next = ticks[at + 1]?.bar ?? timeline.starts.length
            expect(tick.bar * step + tick.text.length * 6.6, what).toBeLessThan(next * step)
          }
        }
    }
  )

  it('has as many as there is room for in a narrow window', () => {
    const timeline = timelineOf('2026-03-04T08:00:00Z', '2026-11-02T08:00:00Z', 'UTC', '1w')
    expect(texts(timeline, 300).length).toBeGreaterThanOrEqual(1)
    expect(texts({ ...timeline, starts: [] }, 300)).toEqual([])
  })
})
