import { describe, expect, it } from 'vitest'
import type { Compared, Comparison } from '../../src-main/contract/compare'
import { changeText, comparisonMarkdown, comparisonTsv } from '../../src-main/contract/compare-text'

const value = (a: number, b: number, kind: Compared['kind']): Compared => ({ value: 'x', a, b, kind })

describe('a change', () => {
  it('is told by how many times as frequent a value became among all events', () => {
    expect(changeText(value(10, 64, 'up'), 100, 200)).toBe('×3.2')
    expect(changeText(value(64, 10, 'down'), 200, 100)).toBe('÷3.2')
    expect(changeText(value(1, 500, 'up'), 1000, 1000)).toBe('×500')
    expect(changeText(value(5, 10, 'same'), 50, 100)).toBe('=')
    expect(changeText(value(0, 3, 'new'), 0, 3)).toBe('new')
    expect(changeText(value(3, 0, 'gone'), 3, 0)).toBe('gone')
  })
  it('never reads as none where there is one', () => {
    expect(changeText(value(1000, 1020, 'up'), 10_000, 10_000)).toBe('×1.02')
    expect(changeText(value(100_000, 100_001, 'up'), 1_000_000, 1_000_000)).toBe('×1.00…')
  })
})

describe('a comparison as text', () => {
  const comparison: Comparison = {
    a: { count: 4, undated: 0 },
    b: { count: 2, undated: 0 },
    both: 0,
    fields: [
      {
        field: 'user.name',
        values: [
          { value: 'a|b\t<img src=x>', a: 4, b: 1, kind: 'down' },
          { value: null, a: 0, b: 1, kind: 'new' }
        ],
        kinds: { new: 1, gone: 0, up: 0, down: 1, same: 0 },
        rest: { values: 3, a: 0, b: 0 }
      }
    ],
    bars: { width: 1000, a: { start: 0, counts: [0] }, b: { start: 0, counts: [0] } }
  }

  it('keeps each value in its cell', () => {
    expect(comparisonTsv(comparison, { a: 'Monday', b: 'Tuesday' }).split('\n')).toEqual([
      'Field\tValue\tMonday\tTuesday\tShare of Monday\tShare of Tuesday\tChange',
      '(all)\tevents\t4\t2\t\t\t',
      'user.name\ta|b <img src=x>\t4\t1\t100%\t50%\t÷2.0',
      'user.name\t(absent)\t0\t1\t0%\t50%\tnew',
      'user.name\t(3 more values)\t0\t0\t0%\t0%\t'
    ])
  })
  it('in a report lets nothing of a log be markup', () => {
    expect(comparisonMarkdown(comparison, { a: 'Monday', b: 'Tuesday' })).toContain(
      '| a\\|b\t\\<img src=x\\> | 4 | 1 | 100% | 50% | ÷2.0 |'
    )
  })
})
