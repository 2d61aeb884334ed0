import { describe, expect, it } from 'vitest'
import { absent, everything, type Filter, not, oneOf } from '../../../src-main/contract/filter'
import { Selection } from '../../../src-renderer/state/selection.svelte'

const alice = oneOf('user.name', 'alice')
const failed = oneOf('event.outcome', 'failure')
const selection = (zone = 'UTC') => new Selection(() => zone)

describe('the selection', () => {
  it('is everything until something is chosen', () => {
    const it = selection()
    expect(it.filter).toEqual(everything)
    expect(it.isEmpty).toBe(true)
  })

  it('asks for all of its parts at once', () => {
    const it = selection()
    it.setRange({ kind: 'last', amount: 30, unit: 'days' })
    it.setUserActionsOnly(true)
    it.setText('key.create')
    it.add(alice)
    expect(it.filter).toEqual({
      kind: 'and',
      of: [
        { kind: 'last', amount: 30, unit: 'days' },
        not(oneOf('event.user_action', false)),
        { kind: 'words', text: 'key.create' },
        alice
      ]
    })
    expect(it.asText).toBe('last 30 days and -event.user_action:false and key.create and user.name=alice')
  })

  it('never filters a view by its own clause', () => {
    const it = selection()
    it.replace('map', alice)
    it.replace('hours', failed)
    expect(it.filterFor('map')).toEqual(failed)
    expect(it.filterFor('hours')).toEqual(alice)
    expect(it.filter).toEqual({ kind: 'and', of: [alice, failed] })
  })

  it('replaces what a view asked for, and takes it away', () => {
    const it = selection()
    it.replace('map', alice)
    it.replace('map', failed)
    expect(it.clauses.map((clause) => clause.filter)).toEqual([failed])
    it.replace('map', null)
    expect(it.filter).toEqual(everything)
  })

  it('widens a chip by further values of its field', () => {
    const it = selection()
    it.include('user.name', 'alice')
    it.include('user.name', 'bob')
    expect(it.filter).toEqual(oneOf('user.name', 'alice', 'bob'))
    expect(it.clauses.length).toBe(1)
  })

  it('includes a value once, however often it is clicked', () => {
    const it = selection()
    it.include('user.name', 'alice')
    it.include('user.name', 'alice')
    expect(it.filter).toEqual(alice)
  })

  it('takes absence for a value', () => {
    const it = selection()
    it.include('event.outcome', null)
    expect(it.filter).toEqual(absent('event.outcome'))
    it.include('event.outcome', 'failure')
    expect(it.filter).toEqual({ kind: 'or', of: [failed, absent('event.outcome')] })
    expect(it.stateOf('event.outcome', null)).toBe('included')
    it.forget('event.outcome', null)
    expect(it.filter).toEqual(failed)
  })

  it('takes a name that stands where an address should for an address', () => {
    const it = selection()
    const name = oneOf('source.address', 'backend')
    const none: Filter = { kind: 'and', of: [absent('source.ip'), absent('source.address')] }
    it.include('source.ip', 'backend')
    expect(it.filter).toEqual(name)
    expect(it.asText).toBe('source.address=backend')
    it.include('source.ip', '10.0.0.7')
    it.include('source.ip', null)
    expect(it.clauses.map(({ filter }) => filter)).toEqual([
      { kind: 'or', of: [oneOf('source.ip', '10.0.0.7'), name, none] }
    ])
    for (const value of ['backend', '10.0.0.7', null]) expect(it.stateOf('source.ip', value)).toBe('included')
    it.forget('source.ip', '10.0.0.7')
    it.forget('source.ip', 'backend')
    expect(it.filter).toEqual(none)
    it.exclude('source.ip', null)
    expect(it.filter).toEqual(not(none))
    expect(it.stateOf('source.ip', null)).toBe('excluded')
  })

  it('excludes what was included, and the other way round', () => {
    const it = selection()
    it.include('user.name', 'alice')
    it.include('user.name', 'bob')
    it.exclude('user.name', 'alice')
    expect(it.filter).toEqual({ kind: 'and', of: [oneOf('user.name', 'bob'), { kind: 'not', of: alice }] })
    expect(it.stateOf('user.name', 'alice')).toBe('excluded')
    it.include('user.name', 'alice')
    expect(it.filter).toEqual(oneOf('user.name', 'bob', 'alice'))
  })

  it('negates a chip and switches it off without losing it', () => {
    const it = selection()
    it.add(alice)
    const [clause] = it.clauses
    it.negate(clause?.id ?? '')
    expect(it.filter).toEqual({ kind: 'not', of: alice })
    it.toggle(clause?.id ?? '')
    expect(it.filter).toEqual(everything)
    it.toggle(clause?.id ?? '')
    it.negate(clause?.id ?? '')
    expect(it.filter).toEqual(alice)
  })

  it('keeps the last valid text in force, and says where the new one goes wrong', () => {
    const it = selection()
    it.setText('user.name=alice')
    it.setText('user.nmae=alice')
    expect(it.filter).toEqual(alice)
    expect(it.text).toBe('user.nmae=alice')
    expect(it.problem).toMatchObject({ from: 0, to: 9, suggestion: 'user.name' })
    it.setText('event.outcome=failure')
    expect(it.problem).toBe(null)
    expect(it.filter).toEqual(failed)
  })

  it('reads times in the text on the clock of the zone', () => {
    const it = selection('Europe/Berlin')
    it.setText('@timestamp:2026-03-09')
    expect(it.filter).toMatchObject({ from: '2026-03-08T23:00:00.000Z', to: '2026-03-09T23:00:00.000Z' })
  })

  it('undoes and redoes one choice after the other', () => {
    const it = selection()
    it.include('user.name', 'alice')
    it.setRange({ kind: 'last', amount: 7, unit: 'days' })
    it.undo()
    expect(it.filter).toEqual(alice)
    it.undo()
    expect([it.filter, it.canUndo, it.canRedo]).toEqual([everything, false, true])
    it.redo()
    it.redo()
    expect(it.filter).toEqual({ kind: 'and', of: [{ kind: 'last', amount: 7, unit: 'days' }, alice] })
    expect(it.canRedo).toBe(false)
  })

  it('takes letters typed one after the other for one step', () => {
    const it = selection()
    it.add(alice)
    for (const text of ['l', 'lo', 'log', 'logi', 'login']) it.setText(text, true)
    it.undo()
    expect([it.text, it.filter]).toEqual(['', alice])
    it.redo()
    expect(it.text).toBe('login')
  })

  it('takes two searches, each finished, for two steps', () => {
    const it = selection()
    it.setText('log', true)
    it.setText('login')
    it.setText('logout', true)
    it.setText('logout')
    it.undo()
    expect(it.text).toBe('login')
    it.undo()
    expect(it.text).toBe('')
  })

  it('makes a step of the first text that is valid, after a pause at one that is not', () => {
    const it = selection()
    it.setText('event.outcome:', true)
    it.setText('event.outcome=failure')
    expect(it.filter).toEqual(failed)
    it.undo()
    expect([it.text, it.filter]).toEqual(['', everything])
  })

  it('judges a draft without putting it in force', () => {
    const it = selection()
    it.setText('user.name=alice')
    it.draft('user.name=alice event.outcome')
    it.draft('user.name=alice event.outcome:')
    expect(it.problem).not.toBe(null)
    expect(it.filter).toEqual(alice)
  })

  it('forgets what was undone once something else is chosen', () => {
    const it = selection()
    it.add(alice)
    it.undo()
    it.add(failed)
    expect(it.canRedo).toBe(false)
  })

  it('clears all at once, and can take that back', () => {
    const it = selection()
    it.add(alice)
    it.setText('login')
    it.clear()
    expect([it.filter, it.text, it.isEmpty]).toEqual([everything, '', true])
    it.undo()
    expect(it.text).toBe('login')
  })

  it('calls a choice that changes nothing no step', () => {
    const it = selection()
    it.setRange({ kind: 'all' })
    it.replace('map', null)
    it.setUserActionsOnly(false)
    expect(it.canUndo).toBe(false)
  })
})
