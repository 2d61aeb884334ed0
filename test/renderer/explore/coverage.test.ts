import { describe, expect, it } from 'vitest'
import { filterOf } from '../../../src-main/contract/query-text'
import { askedSources, askedStretch } from '../../../src-renderer/components/coverage/asked-stretch'
import { drawnStretch } from '../../../src-renderer/components/coverage/drawn-stretch'
import { asTimeline, placeOf, roundEdge, shadePaths } from '../../../src-renderer/components/coverage/lanes'

describe('the stretch a filter asks for', () => {
  it('is what all its parts leave of time', () => {
    expect(askedStretch(filterOf('@timestamp:2026-03 alice'))).toEqual({
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-04-01T00:00:00.000Z'
    })
    expect(askedStretch(filterOf('@timestamp:2026-03 @timestamp:>=2026-03-09 @timestamp:2026'))).toEqual({
      from: '2026-03-09T00:00:00.000Z',
      to: '2026-04-01T00:00:00.000Z'
    })
  })
  it('is none where no part names a time, or only one of several alternatives does', () => {
    expect(askedStretch(filterOf('alice'))).toBeNull()
    expect(askedStretch(filterOf('alice or @timestamp:2026-03'))).toBeNull()
  })
  it('is of the sources it names', () => {
    expect(askedSources(filterOf('event.dataset:(okta or unkey) alice'))).toEqual(['okta', 'unkey'])
    expect(askedSources(filterOf('alice'))).toBeNull()
  })
})

describe('the part that is drawn', () => {
  it('follows the time range, back from the newest event where it is relative', () => {
    expect(drawnStretch({ kind: 'all' }, '2026-03-09T00:00:00.000Z')).toEqual({})
    expect(drawnStretch({ kind: 'between', from: '2026-03-01T00:00:00Z' }, undefined)).toEqual({
      from: '2026-03-01T00:00:00Z'
    })
    expect(drawnStretch({ kind: 'last', amount: 24, unit: 'hours' }, '2026-03-09T06:00:00.000Z')).toEqual({
      from: '2026-03-08T06:00:00.000Z'
    })
  })
})

describe('a line of the chart', () => {
  const coverage = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 11), sources: [] }

  it('is as strong as it has events, neighbours of one shade in one stroke', () => {
    expect(shadePaths([0, 100, 100, 1, 0], 50, 4, 12)).toEqual([
      'M30.00 4H40.00v12H30.00z',
      '',
      '',
      '',
      'M10.00 4H30.00v12H10.00z'
    ])
  })
  it('shows a single event among many parts as wide as can be seen', () => {
    const counts = new Array(1000).fill(0)
    counts[500] = 1
    expect(shadePaths(counts, 100, 0, 6)[4]).toBe('M50.00 0H51.50v6H50.00z')
  })
  it('places a time, and holds what lies outside at the edge', () => {
    expect(placeOf(coverage, 100, '2026-03-06T00:00:00Z')).toBe(50)
    expect(placeOf(coverage, 100, '2026-01-01T00:00:00Z')).toBe(0)
    expect(placeOf(coverage, 100, '2027-01-01T00:00:00Z')).toBe(100)
  })
  it('is cut at round moments', () => {
    const edges = (['start', 'end'] as const).map((side) => new Date(roundEdge(coverage, 7, 1, side)).toISOString())
    expect(edges).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z'])
    expect(new Date(roundEdge(coverage, 10, 3, 'end')).toISOString()).toBe('2026-03-04T00:00:00.000Z')
  })
  it('has an axis like that of a histogram', () => {
    const { starts, end, every } = asTimeline(coverage, 10, 'UTC')
    expect([starts.length, starts[0], end, every]).toEqual([10, coverage.from, coverage.to, '1d'])
  })
})
