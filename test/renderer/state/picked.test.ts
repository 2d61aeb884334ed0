import { describe, expect, it } from 'vitest'
import { Picked } from '../../../src-renderer/state/picked.svelte'

describe('rows picked together', () => {
  it('are ranges from where one began, either way', () => {
    const picked = new Picked()
    picked.anchor(10)
    picked.extendTo(14)
    expect([picked.runs, picked.count]).toEqual([[{ from: 10, to: 15 }], 5])
    picked.extendTo(8)
    expect(picked.runs).toEqual([{ from: 8, to: 11 }])
  })

  it('may lie apart, and join where they meet', () => {
    const picked = new Picked()
    picked.toggle(3)
    picked.toggle(5)
    picked.toggle(9)
    picked.extendTo(6, true)
    expect(picked.runs).toEqual([
      { from: 3, to: 4 },
      { from: 5, to: 10 }
    ])
    picked.toggle(7)
    expect([picked.count, picked.has(6), picked.has(7), picked.has(8)]).toEqual([5, true, false, true])
  })

  it('are all ten million as cheaply as two', () => {
    const picked = new Picked()
    picked.all(10_000_000)
    picked.toggle(4)
    expect([picked.count, picked.runs.length]).toEqual([9_999_999, 2])
    picked.clear()
    expect(picked.count).toBe(0)
  })
})
