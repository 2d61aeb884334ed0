import { describe, expect, it } from 'vitest'
import type { Timeline } from '../../../src-main/contract/query'
import { barRange, layerPaths, layersOf, totalsOf } from '../../../src-renderer/components/explore/histogram-shape'

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
