import type { Field, Value } from '../../../src-main/contract/event'
import type { Facet } from '../../../src-main/contract/query'

/** The fields one narrows down by, from the coarsest question to the finest. */
export const facetFields: readonly Field[] = [
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

/** How many values a facet lists before more are asked for, and then. */
export const fewValues = 6
export const manyValues = 200

export interface FacetRow {
  /** null: the events without the field. */
  readonly value: Value | null
  readonly count: number
}

/** The rows of a facet: its values, those chosen though no longer among them, and the events without the field. */
export function facetRows(facet: Facet, most: number, chosen: readonly (Value | null)[]): FacetRow[] {
  const listed = facet.values.slice(0, most)
  const gone = chosen.filter((value): value is Value => value !== null && !listed.some((each) => each.value === value))
  const late = gone.map((value) => ({ value, count: facet.values.find((each) => each.value === value)?.count ?? 0 }))
  const rows: FacetRow[] = [...listed, ...late]
  return facet.absent > 0 || chosen.includes(null) ? [...rows, { value: null, count: facet.absent }] : rows
}

/** What a facet does not list: how many values, and how many events hold them. */
export function facetRest(facet: Facet, most: number): { readonly values: number; readonly events: number } {
  const cut = facet.values.slice(most)
  return {
    values: Math.max(0, facet.distinct - Math.min(most, facet.values.length)),
    events: facet.rest + cut.reduce((sum, each) => sum + each.count, 0)
  }
}
