import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everything, oneOf } from '../../../src-main/contract/filter'
import type { Search } from '../../../src-main/contract/workspace'
import { searchRows } from '../../../src-renderer/state/search-rows'
import { beginning, SearchTree } from '../../../src-renderer/state/search-tree.svelte'
import { Selection } from '../../../src-renderer/state/selection.svelte'

const utc = () => 'UTC'
const drawn = (tree: SearchTree) =>
  searchRows(tree.all).map(
    ({ depth, added, removed, search }) =>
      `${'  '.repeat(depth)}${search ? [...added.map((part) => `+ ${part}`), ...removed.map((part) => `- ${part}`)].join(' ') : 'every event'}`
  )

describe('the history of searches', () => {
  it('stands each search under the one it was changed from, branches set in', () => {
    const tree = new SearchTree(utc)
    const selection = new Selection(utc, tree)
    selection.include('user.name', 'alice')
    selection.include('event.outcome', 'failure')
    selection.undo()
    selection.include('event.action', 'login')
    selection.setRange({ kind: 'last', amount: 7, unit: 'days' })
    expect(drawn(tree)).toEqual([
      'every event',
      '+ user.name=alice',
      '  + event.outcome=failure',
      '+ event.action=login',
      '+ last 7 days'
    ])
  })

  it('says what was taken away, and counts clearing as going back to every event', () => {
    const tree = new SearchTree(utc)
    const selection = new Selection(utc, tree)
    selection.include('user.name', 'alice')
    selection.include('event.outcome', 'failure')
    selection.forget('user.name', 'alice')
    selection.clear()
    expect(selection.search).toBe(beginning)
    selection.undo()
    expect(selection.asText).toBe('event.outcome=failure')
    expect(drawn(tree)).toEqual(['every event', '+ user.name=alice', '+ event.outcome=failure', '- user.name=alice'])
  })

  it('finds a search again that was made of the same one before, whatever its chips are called', () => {
    const tree = new SearchTree(utc)
    const selection = new Selection(utc, tree)
    selection.include('user.name', 'alice')
    const first = selection.search
    selection.clear()
    selection.include('user.name', 'alice')
    expect([selection.search === first, tree.all.length]).toEqual([true, 1])
  })

  it('goes back to any search, which can be undone, and goes on from there in another direction', () => {
    const tree = new SearchTree(utc)
    const selection = new Selection(utc, tree)
    selection.include('user.name', 'alice')
    const alice = selection.search
    selection.clear()
    selection.include('user.name', 'bob')
    selection.goTo(alice)
    expect(selection.filter).toEqual(oneOf('user.name', 'alice'))
    selection.undo()
    expect(selection.filter).toEqual(oneOf('user.name', 'bob'))
    selection.redo()
    selection.include('event.outcome', 'failure')
    selection.goTo(beginning)
    expect(selection.filter).toEqual(everything)
    expect(drawn(tree)).toEqual(['every event', '  + user.name=alice', '  + event.outcome=failure', '+ user.name=bob'])
  })

  it('takes what is typed letter by letter for one search', () => {
    const tree = new SearchTree(utc)
    const selection = new Selection(utc, tree)
    for (const text of ['l', 'lo', 'log']) selection.setText(text, true)
    selection.setText('login')
    expect(tree.all.map(({ query }) => query)).toEqual(['login'])
  })

  it('keeps the meaning of times when the window is in another zone by now', () => {
    let zone = 'Europe/Berlin'
    const tree = new SearchTree(() => zone)
    const selection = new Selection(() => zone, tree)
    selection.setText('@timestamp:2026-03-09')
    const { filter, search } = selection
    zone = 'UTC'
    const other = new Selection(() => zone, tree)
    other.goTo(search)
    expect(other.filter).toEqual(filter)
    expect(filter).toMatchObject({ from: '2026-03-08T23:00:00.000Z' })
  })

  it('shows searches whose own beginning is no longer kept', () => {
    const search = (id: string, from: string | null, query: string): Search => ({ id, from, at: '', query, view: null })
    const rows = searchRows([search('b', 'gone', 'b'), search('c', 'b', 'b and c')])
    expect(rows.map(({ depth, added }) => [depth, added])).toEqual([
      [0, []],
      [0, ['b']],
      [0, ['c']]
    ])
  })
})

describe('searches that a case keeps', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are those that stood for a moment, with what they found', async () => {
    const kept: Search[] = []
    const tree = new SearchTree(utc, async (search) => void kept.push(search))
    const selection = new Selection(utc, tree)
    selection.setText('lo', true)
    vi.advanceTimersByTime(300)
    selection.setText('login', true)
    tree.found(selection.search, 619)
    expect(kept).toEqual([])
    await vi.advanceTimersByTimeAsync(2000)
    expect(kept.map(({ query, found, from }) => [query, found, from])).toEqual([['login', 619, null]])
  })

  it('are kept at once when the case is left, and again where that failed', async () => {
    const kept: string[] = []
    let gone = true
    const tree = new SearchTree(utc, async ({ query }) => {
      if (gone) throw new Error('The engine is gone.')
      kept.push(query)
    })
    new Selection(utc, tree).include('user.name', 'alice')
    await tree.flush()
    expect(kept).toEqual([])
    gone = false
    await tree.flush()
    await tree.flush()
    expect(kept).toEqual(['user.name=alice'])
  })
})
