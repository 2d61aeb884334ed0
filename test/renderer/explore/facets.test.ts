import { describe, expect, it } from 'vitest'
import type { AnyField } from '../../../src-main/contract/event'
import type { Facet } from '../../../src-main/contract/query'
import { ExploreTaste } from '../../../src-renderer/components/explore/explore-taste.svelte'
import {
  addFacet,
  type FacetOrder,
  moveFacet,
  pinFacet,
  placeFacet,
  removeFacet,
  shownFacets
} from '../../../src-renderer/components/explore/facet-order'
import { isSpread } from '../../../src-renderer/components/explore/facet-rows'
import { searchFields } from '../../../src-renderer/state/field-search'

const order: FacetOrder = {
  pinned: ['event.action'],
  facets: ['user.name', 'source.ip', 'record.a.b']
}

describe('the order of facets', () => {
  it('has the pinned ones first, the last pinned below the others', () => {
    const pinned = pinFacet(order, 'source.ip')
    expect(shownFacets(pinned)).toEqual(['event.action', 'source.ip', 'user.name', 'record.a.b'])
    expect(shownFacets(pinFacet(pinned, 'event.action'))).toEqual([
      'source.ip',
      'event.action',
      'user.name',
      'record.a.b'
    ])
  })
  it('moves one by one among its kind, and stops at its end', () => {
    expect(moveFacet(order, 'source.ip', -1).facets).toEqual(['source.ip', 'user.name', 'record.a.b'])
    expect(moveFacet(order, 'user.name', -1)).toBe(order)
    expect(moveFacet(order, 'record.a.b', 1)).toBe(order)
    expect(moveFacet(order, 'event.action', 1)).toBe(order)
  })
  it('drops a facet beside another, which makes it pinned or not', () => {
    expect(placeFacet(order, 'record.a.b', 'user.name', false).facets).toEqual(['record.a.b', 'user.name', 'source.ip'])
    expect(placeFacet(order, 'user.name', 'event.action', true)).toEqual({
      pinned: ['event.action', 'user.name'],
      facets: ['source.ip', 'record.a.b']
    })
    expect(shownFacets(placeFacet(order, 'event.action', 'source.ip', true))).toEqual([
      'user.name',
      'source.ip',
      'event.action',
      'record.a.b'
    ])
  })
  it('adds a field once and takes it away', () => {
    expect(addFacet(order, 'source.ip')).toBe(order)
    expect(addFacet(order, 'event.type').facets.at(-1)).toBe('event.type')
    expect(shownFacets(removeFacet(order, 'event.action'))).toEqual(order.facets)
  })
  it('is kept by the browser; what is no field of ours is left out of it', () => {
    const held = new Map<string, string>()
    const storage = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, text: string) => void held.set(key, text)
    }
    new ExploreTaste(storage, { facets: null }).set({
      pinned: ['source.ip'],
      facets: ['user.name', 'user.nmae' as AnyField, 'record.x', 'source.ip']
    })
    const { pinned, facets } = new ExploreTaste(storage, { facets: null }).now
    expect([pinned, facets]).toEqual([['source.ip'], ['user.name', 'record.x']])
  })
  it('is that of the case where it has one; another case begins with the one before', () => {
    const [one, other, seen] = [{ facets: null }, { facets: null }, { facets: { pinned: [], facets: ['user.id', 7] } }]
    const taste = new ExploreTaste(null, one)
    taste.set({ pinned: ['record.realm'], facets: ['user.name'] })
    taste.set({ wrap: false })
    expect(one.facets).toMatchObject({ pinned: ['record.realm'], facets: ['user.name'] })
    const shown = (inCase: { facets: object | null }) => shownFacets(new ExploreTaste(held, inCase).now)
    const held = { getItem: () => JSON.stringify(taste.now), setItem: () => {} }
    expect([shown(other), shown(seen)]).toEqual([['record.realm', 'user.name'], ['user.id']])
    expect(other.facets).toBeNull()
  })
})

describe('a field to add', () => {
  const paths = [
    { field: 'record.user.city', count: 3, examples: ['Berlin'] },
    { field: 'record.zone', count: 1, examples: ['eu-1'] }
  ] as const

  it('is found by its title, its name and what it means, the best first', () => {
    expect(
      searchFields('address', [])
        .slice(0, 2)
        .map(({ field }) => field)
    ).toEqual(['source.ip', 'source.address'])
    expect(searchFields('user_agent', [])[0]?.field).toBe('user_agent.original')
    expect(searchFields('autonomous', []).map(({ field }) => field)).toEqual(['source.as.number'])
    expect(searchFields('acted id', []).map(({ field }) => field)).toContain('user.effective.id')
  })
  it('may be a path in the records, found by its name or by a value', () => {
    expect(searchFields('berlin', paths).map(({ field }) => field)).toEqual(['record.user.city'])
    expect(searchFields('city', paths).at(-1)).toMatchObject({ title: 'user.city', about: 'Berlin', group: 'record' })
  })
  it('may be a path that no record looked into has', () => {
    expect(searchFields('record.deep.down', paths)).toEqual([
      { field: 'record.deep.down', title: 'deep.down', about: 'as typed', group: 'record' }
    ])
    expect(searchFields('record.zone', paths).length).toBe(1)
  })
})

describe('how values are spread', () => {
  const facet = (field: AnyField, distinct: number, ...values: (string | number)[]): Facet => ({
    field,
    values: values.map((value) => ({ value, count: 1 })),
    absent: 0,
    rest: 0,
    distinct
  })
  it('is shown of amounts, not of a few values, nor of names made of digits', () => {
    expect(isSpread(facet('event.duration', 40, 1, 2))).toBe(true)
    expect(isSpread(facet('event.duration', 5, 1, 2))).toBe(false)
    expect(isSpread(facet('source.as.number', 40, 1, 2))).toBe(false)
    expect(isSpread(facet('record.size', 40, '1', '2.5'))).toBe(true)
    expect(isSpread(facet('record.size', 40, '1', 'large'))).toBe(false)
    expect(isSpread(facet('user.name', 40, '1', '2'))).toBe(false)
  })
})
