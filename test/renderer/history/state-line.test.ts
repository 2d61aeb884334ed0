import { describe, expect, it } from 'vitest'
import { marksOf, stateOf } from '../../../src-renderer/components/history/state-line'

const at = (time?: string) => ({
  _id: 'x-1',
  tells: 'whole' as const,
  basis: 'rebuilt' as const,
  fields: [],
  ...(time === undefined ? {} : { time })
})

describe('the line of states', () => {
  it('places states by their time, and those too close to be told apart in one mark', () => {
    const states = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:01:00Z', '2026-01-11T00:00:00Z']
    expect(marksOf(states.map(at), 1000)).toEqual([
      { x: 0, states: [0] },
      { x: 100, states: [1, 2] },
      { x: 1000, states: [3] }
    ])
  })

  it('leaves out what has no time, and puts one instant in the middle', () => {
    expect(marksOf([at('2026-01-01T00:00:00Z'), at()], 1000)).toEqual([{ x: 500, states: [0] }])
    expect(marksOf([at()], 1000)).toEqual([])
  })

  it('draws no more marks than there is room, whatever the number of states', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => at(new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()))
    const marks = marksOf(many, 1000)
    expect(marks.length).toBeLessThan(150)
    expect(marks.flatMap(({ states }) => states)).toEqual(many.map((_, n) => n))
  })

  it('goes through the states of one mark, one click after the other', () => {
    const mark = { x: 0, states: [4, 5, 6] }
    expect([stateOf(mark, 0), stateOf(mark, 6), stateOf(mark, 4)]).toEqual([6, 4, 5])
  })
})
