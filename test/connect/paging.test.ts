import { describe, expect, it } from 'vitest'
import type { Paging } from '../../src-main/contract/connector'
import { type At, firstAt, linked, nextAt } from '../../src-main/engine/connect/paging'

const url = 'https://api.example/events?limit=2'
const stream = { title: 'Events', order: 'newest', window: 'epoch_ms' } as const

function next(
  paging: Paging,
  at: At,
  body: unknown,
  more: { events?: number; fresh?: number; oldest?: number; newest?: number; link?: string } = {}
): At | null {
  const { events = 2, fresh = events, oldest, newest, link } = more
  const count = {
    events,
    fresh,
    ...(oldest === undefined ? {} : { oldest }),
    ...(newest === undefined ? {} : { newest })
  }
  return nextAt(paging, stream, at, {
    page: { document: body, list: [] },
    count,
    headers: link === undefined ? {} : { link },
    url
  })
}

describe('the way from one page to the next', () => {
  it('goes by a cursor until there is none', () => {
    const paging = { kind: 'cursor', next: 'meta.cursor' } as const
    expect(next(paging, {}, { meta: { cursor: 'b' } })).toEqual({ cursor: 'b' })
    expect(next(paging, { cursor: 'b' }, { meta: { cursor: null } })).toBeNull()
    expect(next(paging, { cursor: 'b' }, { meta: {} })).toBeNull()
  })

  it('ends where the server says that there is no more, whatever cursor it gives', () => {
    const paging = { kind: 'cursor', next: 'cursor', more: 'hasMore' } as const
    expect(next(paging, {}, { cursor: 'b', hasMore: false })).toBeNull()
  })

  it('does not go in a circle', () => {
    const paging = { kind: 'cursor', next: 'cursor' } as const
    expect(() => next(paging, { cursor: 'b' }, { cursor: 'b' })).toThrow('leads from a page to the same page again')
    expect(next(paging, { cursor: 'b' }, { cursor: 'b' }, { events: 0 })).toBeNull()
    expect(() => next({ kind: 'link' }, {}, [], { link: `<${url}>; rel="next"` })).toThrow(
      'leads from a page to the same page again'
    )
  })

  it('goes by a Link header among others, relative or not', () => {
    expect(linked('<https://a.example/1>; rel="self", <https://a.example/2>; rel="next"')).toBe('https://a.example/2')
    expect(linked('<https://a.example/2>; title="a; b, c"; rel=next')).toBe('https://a.example/2')
    expect(linked('<https://a.example/0>; rel="prev last"')).toBeUndefined()
    expect(linked(['<https://a.example/1>; rel="self"', '<https://a.example/2>; rel="next"'])).toBe(
      'https://a.example/2'
    )
    expect(next({ kind: 'link' }, {}, [], { link: '</events?after=2>; rel="next"' })).toEqual({
      url: 'https://api.example/events?after=2'
    })
  })

  it('goes by an address in the body whose key has dots', () => {
    const body = { '@odata.nextLink': 'https://api.example/events?$skiptoken=x' }
    expect(next({ kind: 'url', next: '"@odata.nextLink"' }, {}, body)).toEqual({
      url: 'https://api.example/events?$skiptoken=x'
    })
  })

  it('counts what came, not what was asked for: a page that shrinks is not the last', () => {
    expect(next({ kind: 'offset' }, { offset: 4 }, [], { events: 1 })).toEqual({ offset: 5 })
    expect(next({ kind: 'offset' }, { offset: 4 }, [], { events: 0 })).toBeNull()
  })

  it('asks once more for a page that came before, and goes on behind it, where nobody knows how many a page holds', () => {
    expect(next({ kind: 'offset' }, { offset: 4 }, [], { fresh: 0 })).toEqual({ offset: 4, again: true })
    expect(next({ kind: 'offset' }, { offset: 4, again: true }, [], { fresh: 0 })).toEqual({ offset: 6 })
    expect(next({ kind: 'page' }, { page: 3 }, [], { fresh: 0 })).toEqual({ page: 3, again: true })
    expect(next({ kind: 'page' }, { page: 3, again: true }, [], { fresh: 0 })).toEqual({ page: 4 })
  })

  it('counts pages from one, or from where the product does', () => {
    expect(firstAt({ kind: 'page' }, {})).toEqual({ page: 1 })
    expect(firstAt({ kind: 'page', first: 0 }, {})).toEqual({ page: 0 })
    expect(next({ kind: 'page', next: 'pagination.next' }, { page: 1 }, { pagination: { next: 2 } })).toEqual({
      page: 2
    })
    expect(next({ kind: 'page', next: 'pagination.next' }, { page: 2 }, { pagination: { next: 0 } })).toBeNull()
  })

  it('goes back in time by what came, asking for the last moment once more', () => {
    const paging = { kind: 'time' } as const
    expect(next(paging, { until: 9000, offset: 0 }, [], { oldest: 5000, newest: 8000 })).toEqual({
      until: 5001,
      offset: 0
    })
  })

  it('gets past a moment that holds more events than a page', () => {
    const paging = { kind: 'time' } as const
    expect(next(paging, { until: 5001, offset: 0 }, [], { oldest: 5000, newest: 5000 })).toEqual({
      until: 5001,
      offset: 2
    })
    expect(next(paging, { until: 5001, offset: 2 }, [], { oldest: 5000, newest: 5000 })).toEqual({
      until: 5001,
      offset: 4
    })
    expect(next(paging, { until: 5001, offset: 4 }, [], { oldest: 4000, newest: 5000 })).toEqual({
      until: 4001,
      offset: 0
    })
  })

  it('steps over a moment of which nothing new comes, as of a server that does not count past any', () => {
    const paging = { kind: 'time' } as const
    const stuck = { oldest: 5000, newest: 5000, fresh: 0 }
    expect(next(paging, { until: 5001, offset: 2 }, [], stuck)).toEqual({ until: 4999, offset: 0 })
    expect(next(paging, { since: 5000, until: 5001, offset: 2 }, [], stuck)).toBeNull()
  })
})
