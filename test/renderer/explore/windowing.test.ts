import { describe, expect, it } from 'vitest'
import { rowSpan, rowsInSight, topShowing } from '../../../src-renderer/state/virtual'

describe('a list taller than a browser can draw', () => {
  it('scrolls pixel by pixel while it fits', () => {
    const span = rowSpan(4371, 28, 600)
    expect([span.scrollHeight, span.scaled]).toEqual([122_388, false])
    expect([span.topAt(0), span.topAt(5000), span.scrollAt(5000)]).toEqual([0, 5000, 5000])
  })

  it('reaches its last row when it does not', () => {
    const span = rowSpan(10_000_000, 28, 600)
    expect([span.scrollHeight, span.scaled]).toEqual([15_000_000, true])
    expect(span.topAt(0)).toBe(0)
    expect(span.topAt(15_000_000 - 600)).toBe(280_000_000 - 600)
    expect(rowsInSight(span.topAt(15_000_000 - 600), 600, 28, 10_000_000)).toEqual({
      first: 9_999_976,
      last: 10_000_000
    })
  })

  it('goes back to where it was', () => {
    const span = rowSpan(10_000_000, 28, 600)
    expect(span.topAt(span.scrollAt(123_456_784))).toBeCloseTo(123_456_784, 3)
  })

  it('does not scroll where all rows are in sight', () => {
    const span = rowSpan(3, 28, 600)
    expect([span.scrollHeight, span.topAt(50), span.scrollAt(50)]).toEqual([84, 0, 0])
    expect(rowsInSight(0, 600, 28, 3)).toEqual({ first: 0, last: 3 })
    expect(rowsInSight(0, 600, 28, 0)).toEqual({ first: 0, last: 0 })
  })
})

describe('bringing a row into sight', () => {
  it.each([
    ['above', 2, 560, 56],
    ['below', 40, 560, 588],
    ['already there', 25, 560, 560]
  ])('%s moves as little as possible', (_, row, top, expected) => {
    expect(topShowing(row, top, 560, 28)).toBe(expected)
  })
})
