import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { openLink, readLink } from '../../../src-renderer/state/case-link'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'

const parts = 'case=%2Fcases%2Facme.spoor&event=870369765993-2&query=user.name%3Dalice'

describe('a link into a case', () => {
  it('is read with and without the address of a host', () => {
    const link = { case: '/cases/acme.spoor', event: '870369765993-2', query: 'user.name=alice' }
    for (const before of ['', 'spoor:', 'http://127.0.0.1:4711/']) expect(readLink(`${before}#${parts}`)).toEqual(link)
    expect(readLink(`  spoor:#${parts}\n`)).toEqual(link)
  })
  it('needs no event and no query', () => {
    expect(readLink('spoor:#case=C%3A%5Ccases%5Ca.spoor')).toEqual({ case: 'C:\\cases\\a.spoor', query: '' })
  })
  it.each([
    ['of another machine', `http://example.com/#${parts}`],
    ['without a case', 'spoor:#event=870369765993-2'],
    ['with an event that is none', 'spoor:#case=%2Fa&event=../../etc'],
    ['with a query that cannot be read', 'spoor:#case=%2Fa&query=user.nmae%3Ax'],
    ['that is a search', 'user.name:alice #case=1'],
    ['of nothing', '']
  ])('is none: one %s', (_, text) => {
    expect(readLink(text)).toBeNull()
  })
})

describe('a link that is followed', () => {
  it('is one step to undo, where all events were looked at', async () => {
    const engine = new Proxy({} as Engine, { get: () => async () => null })
    const app = new App(engine, { kind: 'browser' } as App['host'], new Preferences(null, { current: true }))
    await app.caseChanged({ folder: '/a.spoor', revision: 1 } as CaseState)
    app.selection.setText('user.name:bob')
    app.selection.clear()
    await openLink(app, { case: '/a.spoor', query: 'user.name:alice', event: '870369765993-2' })
    expect([app.tabs.all.length, app.selection.text, app.selection.selectedId]).toEqual([
      1,
      'user.name:alice',
      '870369765993-2'
    ])
    app.selection.undo()
    app.selection.undo()
    expect(app.selection.text).toBe('user.name:bob')
  })
})
