import type { AnyField } from '../../../src-main/contract/event'

/** The fields one narrows down by, in the analyst's order; the pinned ones come first. */
export interface FacetOrder {
  readonly pinned: readonly AnyField[]
  readonly facets: readonly AnyField[]
}

/** From the coarsest question to the finest. */
export const usualFacets: readonly AnyField[] = [
  'event.dataset',
  'event.action',
  'event.category',
  'event.outcome',
  'user.name',
  'user.id',
  'source.ip',
  'source.geo.country_iso_code',
  'resource.type',
  'resource.name',
  'resource.id',
  'organization.name',
  'application.name',
  'user.type'
]

export const shownFacets = ({ pinned, facets }: FacetOrder): readonly AnyField[] => [...pinned, ...facets]

const without = ({ pinned, facets }: FacetOrder, field: AnyField): FacetOrder => ({
  pinned: pinned.filter((each) => each !== field),
  facets: facets.filter((each) => each !== field)
})

/** At the end of those that are not pinned, unless it is there. */
export const addFacet = (order: FacetOrder, field: AnyField): FacetOrder =>
  shownFacets(order).includes(field) ? order : { ...order, facets: [...order.facets, field] }

export const removeFacet = without

/** Pinned as the last of its kind, or back as the first of the others. */
export function pinFacet(order: FacetOrder, field: AnyField): FacetOrder {
  const { pinned, facets } = without(order, field)
  return order.pinned.includes(field) ? { pinned, facets: [field, ...facets] } : { pinned: [...pinned, field], facets }
}

/** One place up or down among its kind. */
export function moveFacet(order: FacetOrder, field: AnyField, by: -1 | 1): FacetOrder {
  const kind = order.pinned.includes(field) ? 'pinned' : 'facets'
  const list = [...order[kind]]
  const at = list.indexOf(field)
  const to = at + by
  if (at < 0 || to < 0 || to >= list.length) return order
  list.splice(to, 0, ...list.splice(at, 1))
  return { ...order, [kind]: list }
}

/** Dropped before or after another: it becomes of its kind. */
export function placeFacet(order: FacetOrder, field: AnyField, beside: AnyField, after: boolean): FacetOrder {
  if (field === beside) return order
  const kind = order.pinned.includes(beside) ? 'pinned' : 'facets'
  const rest = without(order, field)
  const list = [...rest[kind]]
  list.splice(list.indexOf(beside) + (after ? 1 : 0), 0, field)
  return { ...rest, [kind]: list }
}
