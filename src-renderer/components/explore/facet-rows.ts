import { type AnyField, fieldInfo, isField, type Value } from '../../../src-main/contract/event'
import type { Facet } from '../../../src-main/contract/query'

/** How many values a facet lists: at first, then each time more are asked for. */
export const valueSteps: readonly [number, number, number] = [6, 50, 500]

/** Nearly all different, or to be dug out of the records: each is counted by itself, so that the others need not wait for it. */
const slow: readonly AnyField[] = ['event.id', 'event.time_text', 'trace.id', 'session.id', 'resource.id', 'message']
export const countedAlone = (field: AnyField): boolean =>
  !isField(field) || slow.includes(field) || ['time', 'json', 'list'].includes(fieldInfo(field).type)

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

/** Names made of digits: how they are spread says nothing. */
const names: readonly AnyField[] = ['source.as.number', 'event.severity']

/** Whether the values are amounts, of which it tells more how they are spread than which are most frequent. */
export function isSpread({ field, values, distinct }: Facet): boolean {
  if (distinct <= valueSteps[0] || names.includes(field)) return false
  if (isField(field)) return fieldInfo(field).type === 'number'
  return values.every(({ value }) => String(value).trim() !== '' && Number.isFinite(Number(value)))
}
