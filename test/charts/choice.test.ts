import { describe, expect, it } from 'vitest'
import { absent, allOf, type Filter, oneOf } from '../../src-main/contract/filter'
import { afterClick, isChosen, partsOf } from '../../src-renderer/components/charts/choice'

const alice = oneOf('user.name', 'alice')
const bob = oneOf('user.name', 'bob')
const nobody = absent('user.name')
const monday: Filter = { kind: 'hour', weekday: 0, hour: 9, zone: 'UTC' }
const tuesday: Filter = { kind: 'hour', weekday: 1, hour: 9, zone: 'UTC' }

describe('a click on a bar', () => {
  it('chooses it alone', () => {
    expect(afterClick([], alice, false)).toEqual(alice)
    expect(afterClick([bob], alice, false)).toEqual(alice)
    expect(afterClick([alice, bob], alice, false)).toEqual(alice)
  })

  it('lets go of it when it was alone', () => {
    expect(afterClick([alice], alice, false)).toBeNull()
  })

  it('adds to what is chosen while a key is held, as one list of values', () => {
    expect(afterClick([alice], bob, true)).toEqual(oneOf('user.name', 'alice', 'bob'))
    expect(afterClick([alice], nobody, true)).toEqual({ kind: 'or', of: [alice, nobody] })
    expect(afterClick([monday], tuesday, true)).toEqual({ kind: 'or', of: [monday, tuesday] })
  })

  it('takes one of several away again while a key is held', () => {
    expect(afterClick([alice, bob], bob, true)).toEqual(alice)
    expect(afterClick([alice], alice, true)).toBeNull()
  })

  it('on the name of a row lets go of the whole row, or adds all of it', () => {
    const row: Filter = { kind: 'or', of: [monday, tuesday] }
    expect(afterClick([monday, tuesday], row, false)).toBeNull()
    expect(afterClick([monday], row, true)).toEqual(row)
  })
})

describe('what a clause chose', () => {
  it('is told bar by bar', () => {
    expect(partsOf(oneOf('user.name', 'alice', 'bob'))).toEqual([alice, bob])
    expect(partsOf({ kind: 'or', of: [oneOf('user.name', 'alice', 'bob'), nobody] })).toEqual([alice, bob, nobody])
    expect(partsOf({ kind: 'or', of: [monday, tuesday] })).toEqual([monday, tuesday])
    const both = allOf(monday, alice)
    expect(partsOf(both)).toEqual([both])
  })

  it('marks its bars and no others', () => {
    const chosen = partsOf(oneOf('user.name', 'alice', 'bob'))
    expect([alice, bob, nobody].map((clause) => isChosen(chosen, clause))).toEqual([true, true, false])
  })
})
