import { describe, expect, it } from 'vitest'
import { readLink } from '../../../src-renderer/state/case-link'

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
