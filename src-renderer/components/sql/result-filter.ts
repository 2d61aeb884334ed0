import { fieldInfo, isField, type Value } from '../../../src-main/contract/event'
import { mostEvents } from '../../../src-main/contract/event-ids'
import type { Filter } from '../../../src-main/contract/filter'
import type { SqlResult } from '../../../src-main/contract/sql-result'
import { valuesFilter } from '../../state/field-values'
import { count, counted } from '../../state/format'
import { fieldTitle } from '../../state/value-text'
import type { Block } from './copy-result'

/** A filter that a result can become. */
export interface FilterOffer {
  readonly title: string
  readonly note?: string
  /** Absent: the result holds more than a filter can. */
  readonly filter?: Filter
}

const mostValues = 1000

/** What the columns of a part of a result can be as a filter: the events it names, the values it holds, the time it spans. */
export function filterOffers({ columns, rows }: SqlResult, block: Block): readonly FilterOffer[] {
  const [first, last] = block.columns
  const part = rows.slice(block.rows[0], block.rows[1] + 1)
  return columns.slice(first, last + 1).flatMap(({ name }, at) => {
    const values = [...new Set(part.map((row) => (row[first + at] ?? null) as Value | null))]
    return offerOf(name, values) ?? []
  })
}

function offerOf(name: string, values: readonly (Value | null)[]): FilterOffer | undefined {
  const there = values.filter((value) => value !== null)
  if (name === '_id') {
    const ids = there.map(String)
    if (ids.length === 0) return undefined
    const title = ids.length === 1 ? 'Only this event' : `Only these ${counted(ids.length, 'event')}`
    return bounded({ title, note: '_id' }, ids.length, mostEvents, { kind: 'events', ids })
  }
  if (!isField(name)) return undefined
  const { type } = fieldInfo(name)
  const title = fieldTitle(name)
  if (type === 'time') {
    const [from, to] = [there.map(String).sort()[0], there.map(String).sort().at(-1)]
    if (from === undefined || to === undefined) return undefined
    return {
      title: `${title}: from the first to the last`,
      filter: { kind: 'range', field: name, from, to, including: true }
    }
  }
  if (type === 'json' || type === 'list' || values.length === 0) return undefined
  const shown = values.length === 1 ? String(values[0] ?? 'absent').slice(0, 40) : counted(values.length, 'value')
  return bounded({ title: `${title}: ${shown}` }, values.length, mostValues, valuesFilter({ field: name, values }))
}

const bounded = (offer: FilterOffer, size: number, most: number, filter: Filter): FilterOffer =>
  size <= most ? { ...offer, filter } : { ...offer, note: `more than ${count(most)}: narrow it, or mark a part` }
