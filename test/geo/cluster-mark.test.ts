import { describe, expect, it } from 'vitest'
import type { Cluster } from '../../src-main/contract/query'
import { clusterMark, placeName, radiusOf } from '../../src-renderer/components/map/cluster-mark'

const cluster = (count: number, failures: number, successes: number): Cluster => ({
  lat: 0,
  lon: 0,
  north: 0,
  south: 0,
  west: 0,
  east: 0,
  count,
  failures,
  successes,
  addresses: 1,
  places: []
})
const kinds = (svg: string) => [...svg.matchAll(/<path class="cluster-(\w+)"/g)].map(([, kind]) => kind)

describe('the circle of a cluster', () => {
  it('has an area that stands for its count', () => {
    expect(radiusOf(400, 400) / radiusOf(100, 400)).toBe(2)
  })

  it('can be hit however few events it has', () => {
    expect(radiusOf(1, 1_000_000)).toBe(6)
  })

  it('says its count, grouped and whole', () => {
    expect(clusterMark(cluster(44_219, 0, 44_219), 44_219).svg).toContain('>44,219<')
  })

  it('says the count inside where there is room, and below where there is none', () => {
    expect(clusterMark(cluster(1000, 0, 0), 1000).svg).toContain('y="0">1,000<')
    expect(clusterMark(cluster(10, 0, 0), 1000).svg).toContain('y="17">10<')
  })

  it('is divided by outcome: what is not logged is neither success nor failure', () => {
    expect(kinds(clusterMark(cluster(10, 2, 3), 10).svg)).toEqual(['failure', 'success', 'absent'])
    expect(kinds(clusterMark(cluster(10, 0, 10), 10).svg)).toEqual(['success'])
    expect(kinds(clusterMark(cluster(10, 0, 0), 10).svg)).toEqual(['absent'])
  })

  it('shows one failure among a thousand successes', () => {
    const [, end = ''] = /cluster-failure" d="M0.00 -31.00A31.00 31.00 0 0 1 ([\d.]+) /.exec(
      clusterMark(cluster(1001, 1, 1000), 1001).svg
    ) ?? ['', '']
    expect(Number(end)).toBeGreaterThan(8)
  })

  it('is closed where all events are of one outcome', () => {
    const { svg } = clusterMark(cluster(5, 5, 0), 5)
    expect(svg.match(/A31.00 31.00/g)).toHaveLength(2)
  })
})

it('names a place by city and country, or by what is known', () => {
  expect(placeName({ city: 'Lisbon', country: 'Portugal', count: 1 })).toBe('Lisbon, Portugal')
  expect(placeName({ country: 'Portugal', count: 1 })).toBe('Portugal')
  expect(placeName({ count: 1 })).toBe('–')
})
