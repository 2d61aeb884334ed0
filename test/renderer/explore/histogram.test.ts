import { describe, expect, it } from 'vitest'
import type { Timeline } from '../../../src-main/contract/query'
import {
  barRange,
  layerPaths,
  layersOf,
  ticksOf,
  totalsOf
} from '../../../src-renderer/components/explore/histogram-shape'

const hour = 3_600_000
const from = Date.parse('2026-03-09T22:00:00Z')
const timeline: Timeline = {
  every: '1h',
  zone: 'UTC',
  starts: [0, 1, 2, 3].map((at) => from + at * hour),
  end: from + 4 * hour,
  undated: 2,
  series: [
    { key: 'iam', counts: [1, 0, 0, 2] },
    { key: null, counts: [0, 1, 0, 0] },
    { key: 'authentication', counts: [1000, 0, 0, 0] },
    { key: 'not.one.of.ours', counts: [0, 2, 0, 0] }
  ]
}

describe('the bars', () => {
  const layers = layersOf(timeline, 'event.category')

  it('stand in the order of the categories, what fits none on top', () => {
    expect(layers.map(({ key, counts }) => [key, counts])).toEqual([
      ['authentication', [1000, 0, 0, 0]],
      ['iam', [1, 0, 0, 2]],
      ['none', [0, 3, 0, 0]]
    ])
    expect(totalsOf(layers, 4)).toEqual([1001, 3, 0, 2])
  })

  it('can be seen however few events they hold', () => {
    const [, iam = ''] = layerPaths(layers, [1001, 3, 0, 2], 400, 50)
    expect(iam).toContain('v1.50')
    expect(iam.match(/M/g)).toHaveLength(2)
  })

  it('tell outcomes apart by sign', () => {
    const split = {
      ...timeline,
      series: [
        { key: 'failure', counts: [1, 0, 0, 0] },
        { key: null, counts: [2, 0, 0, 0] }
      ]
    }
    expect(layersOf(split, 'event.outcome').map((layer) => layer.title)).toEqual(['✗ Failure', '– Not logged'])
  })
})

it('a brush from right to left means the same, and takes in both its bars', () => {
  const range = { kind: 'between', from: '2026-03-09T23:00:00.000Z', to: '2026-03-10T02:00:00.000Z' }
  expect(barRange(timeline, 3, 1)).toEqual(range)
  expect(barRange(timeline, 1, 3)).toEqual(range)
})

describe('the axis', () => {
  it('runs on the clock of the zone, and names the day where one begins', () => {
    expect(ticksOf(timeline, 'UTC', 480).map((tick) => tick.text)).toEqual([
      '2026-03-09 22:00',
      '23:00',
      '03-10',
      '01:00'
    ])
    expect(ticksOf(timeline, 'Asia/Kolkata', 600)[0]?.text).toBe('2026-03-10 03:30')
  })

  it('marks round days where hours have no room', () => {
    const starts = Array.from({ length: 120 }, (_, at) => Date.parse('2026-10-12T06:00:00Z') + at * 6 * hour)
    const ticks = ticksOf({ ...timeline, every: '6h', starts, end: (starts.at(-1) ?? 0) + 6 * hour }, 'UTC', 1300)
    expect(ticks.slice(0, 3).map((tick) => tick.text)).toEqual(['2026-10-13', '10-15', '10-17'])
  })

  it('never writes one label over another', () => {
    for (const width of [300, 700, 1300]) {
      const step = width / timeline.starts.length
      const ticks = ticksOf(timeline, 'UTC', width)
      for (const [at, tick] of ticks.entries()) {
        const next = ticks[at + 1]
        if (next) expect(tick.bar * step + tick.text.length * 6.6).toBeLessThanOrEqual(next.bar * step)
      }
    }
  })
})
