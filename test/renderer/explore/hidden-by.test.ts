import { describe, expect, it } from 'vitest'
import { everything, not, oneOf } from '../../../src-main/contract/filter'
import { filterParts } from '../../../src-renderer/components/explore/hidden-by'
import { userActions } from '../../../src-renderer/state/choice'
import { Selection } from '../../../src-renderer/state/selection.svelte'

const chosen = (choose: (selection: Selection) => void) => {
  const selection = new Selection(() => 'UTC')
  choose(selection)
  return selection
}

describe('what hides events', () => {
  it('is named part by part, each with the filter without it', () => {
    const selection = chosen((each) => {
      each.setRange({ kind: 'last', amount: 7, unit: 'days' })
      each.setUserActionsOnly(true)
      each.include('user.name', 'alice')
      each.exclude('event.action', 'login')
      each.setText('key')
    })
    const parts = filterParts(selection)
    expect(parts.map((part) => part.title)).toEqual([
      'The time range',
      '“User actions only”',
      'The filter “user: alice”',
      'The filter “not action: login”',
      'The search text'
    ])
    const range = { kind: 'last', amount: 7, unit: 'days' }
    const person = userActions
    expect(parts[0]?.without).toEqual({
      kind: 'and',
      of: [person, { kind: 'words', text: 'key' }, oneOf('user.name', 'alice'), not(oneOf('event.action', 'login'))]
    })
    expect(parts[4]?.without).toEqual({
      kind: 'and',
      of: [range, person, oneOf('user.name', 'alice'), not(oneOf('event.action', 'login'))]
    })
  })

  it('is everything there is when there is but one part', () => {
    const [only, ...others] = filterParts(chosen((each) => each.include('user.name', 'alice')))
    expect([only?.without, others]).toEqual([everything, []])
  })

  it('goes when it is cleared, and nothing else with it', () => {
    const selection = chosen((each) => {
      each.include('user.name', 'alice')
      each.setText('key')
    })
    filterParts(selection)
      .find((part) => part.title === 'The search text')
      ?.clear()
    expect(selection.filter).toEqual(oneOf('user.name', 'alice'))
  })

  it('is nothing that was switched off', () => {
    const selection = chosen((each) => each.include('user.name', 'alice'))
    selection.toggle(selection.clauses[0]?.id ?? '')
    expect(filterParts(selection)).toEqual([])
  })
})
