import { describe, expect, it } from 'vitest'
import { oneOf } from '../../../src-main/contract/filter'
import type { Engine } from '../../../src-main/contract/rpc'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'
import { Tabs } from '../../../src-renderer/state/tabs.svelte'

const tabs = () => {
  const engine = { keepSearch: async () => {} } as unknown as Engine
  return new Tabs({ engine, preferences: new Preferences(null, { current: true }) })
}
const titles = (of: Tabs) => of.all.map((tab) => (tab === of.current ? `[${tab.title}]` : tab.title))

describe('tabs', () => {
  it('each have a filter, a table and a page of their own', () => {
    const it = tabs()
    it.current.selection.include('user.name', 'alice')
    it.current.layout.set({ columns: ['message'] })
    it.open()
    expect(titles(it)).toEqual(['user.name=alice', '[]'])
    expect(it.current.layout.now.columns).toEqual(['message'])
    it.current.layout.set({ columns: ['user.name'] })
    it.current.page = 'charts'
    it.go(0)
    expect([it.current.layout.now.columns, it.current.page]).toEqual([['message'], 'explore'])
    expect(it.current.selection.filter).toEqual(oneOf('user.name', 'alice'))
  })

  it('are called by what they look for, of a long list by its beginning', () => {
    const it = tabs()
    expect(it.current.label).toBe('Every event')
    const values = Array.from({ length: 10_000 }, (_, at) => `u${at}`)
    it.current.selection.add(oneOf('user.name', ...values))
    expect(it.current.label.startsWith('user.name=(u0 or u1 or')).toBe(true)
    expect(it.current.label.length).toBe(200)
  })

  it('go on in two directions from one search', () => {
    const it = tabs()
    it.current.selection.include('user.name', 'alice')
    it.duplicate()
    it.current.selection.include('event.outcome', 'failure')
    expect(titles(it)).toEqual(['user.name=alice', '[user.name=alice and event.outcome=failure]'])
    const [alice, both] = it.searches.all
    expect(both?.from).toBe(alice?.id)
  })

  it('are walked round, and closed towards the next one', () => {
    const it = tabs()
    for (const user of ['a', 'b', 'c']) {
      if (user !== 'a') it.open()
      it.current.selection.include('user.name', user)
    }
    it.by(1)
    expect(titles(it)).toEqual(['[user.name=a]', 'user.name=b', 'user.name=c'])
    it.by(-1)
    it.close()
    expect(titles(it)).toEqual(['user.name=a', '[user.name=b]'])
    it.reopen()
    expect(titles(it)).toEqual(['user.name=a', 'user.name=b', '[user.name=c]'])
  })

  it('are never none: the last one closed begins anew, and can be had back', () => {
    const it = tabs()
    it.current.selection.include('user.name', 'alice')
    it.close()
    expect(titles(it)).toEqual(['[]'])
    it.reopen()
    expect(it.current.title).toBe('user.name=alice')
  })

  it('come back as they were left', () => {
    const it = tabs()
    it.current.selection.include('user.name', 'alice')
    it.current.selection.selectedId = 'b1946ac92492-1'
    it.current.top = 1200
    it.current.comparing.other = { kind: 'query', text: 'user.name:bob' }
    it.current.comparing.only = 'new'
    it.facets = { pinned: [], facets: ['source.ip'], openFacets: [] }
    it.open()
    it.current.page = 'map'
    it.current.layout.set({ sort: { field: 'user.name', descending: false } })
    const kept = JSON.parse(JSON.stringify(it.session))
    const again = tabs()
    again.searches.load(it.searches.all)
    again.restore(kept)
    expect(titles(again)).toEqual(['user.name=alice', '[]'])
    expect([again.current.page, again.current.layout.now.sort.field]).toEqual(['map', 'user.name'])
    again.go(0)
    const { selection, top } = again.current
    expect([selection.selectedId, top, selection.canUndo]).toEqual(['b1946ac92492-1', 1200, false])
    expect(selection.search).toBe(it.searches.all[0]?.id)
    expect(again.current.comparing.kept).toEqual({
      other: { kind: 'query', text: 'user.name:bob' },
      only: 'new',
      order: 'change'
    })
    expect(again.facets).toEqual({ pinned: [], facets: ['source.ip'], openFacets: [] })
  })

  it('begin with every event where what was kept cannot be read', () => {
    for (const kept of [
      null,
      'x',
      { tabs: 'x' },
      { facets: 3, tabs: [{ comparing: { other: { kind: 'odd' }, only: 'some', order: 1 } }] },
      { tabs: [null, { choice: { clauses: [{ filter: { kind: 'odd' } }] } }], current: 7 }
    ]) {
      const it = tabs()
      it.restore(kept)
      expect(it.current.selection.isEmpty).toBe(true)
      expect(it.current.comparing.kept).toEqual({ other: null, only: null, order: 'change' })
      expect(it.facets).toBeNull()
    }
  })
})
