import { type AnyField, type EventRow, isField, type Value } from '../../../src-main/contract/event'
import type { Layout } from '../../state/table-layout.svelte'
import { fieldTitle } from '../../state/value-text'

/** A column of the table; its id is the field it sorts by. */
export interface Column {
  readonly id: AnyField
  readonly title: string
  /** The fields it shows: the first of each list that an event has. */
  readonly shows: readonly (readonly AnyField[])[]
  /** Narrowest width in pixels, and its share of what is left over. */
  readonly min: number
  readonly grow: number
  /** As wide as its texts, if it can be: what stands beside them, signs and gaps; and the longest that counts. */
  readonly fits?: { readonly beside: number; readonly longest: number }
  /** Gives way where there is no room for all; the highest first. */
  readonly givesWay?: number
}

const made: readonly Column[] = [
  { id: '@timestamp', title: 'Time', shows: [['@timestamp'], ['event.time_text']], min: 152, grow: 0 },
  {
    id: 'user.name',
    title: 'Who',
    shows: [
      ['user.name', 'user.email', 'user.id'],
      ['user.effective.name', 'user.effective.id']
    ],
    min: 96,
    grow: 1.2,
    fits: { beside: 16, longest: 264 }
  },
  {
    id: 'event.action',
    title: 'Did',
    shows: [['event.action'], ['event.category'], ['event.outcome']],
    min: 128,
    grow: 1.6,
    fits: { beside: 56, longest: 176 }
  },
  {
    id: 'resource.name',
    title: 'Target',
    shows: [
      ['resource.name', 'user.target.name', 'user.target.email', 'resource.id', 'user.target.id'],
      ['resource.type']
    ],
    min: 100,
    grow: 1.8,
    givesWay: 1
  },
  {
    id: 'source.ip',
    title: 'From',
    shows: [['source.ip', 'source.address'], ['source.geo.country_iso_code'], ['source.geo.city_name']],
    min: 152,
    grow: 0.3,
    givesWay: 2
  },
  { id: 'event.dataset', title: 'Source', shows: [['event.dataset']], min: 84, grow: 0.8, givesWay: 3 }
]

export const defaultColumns: readonly AnyField[] = made.map((column) => column.id)

/** Those a table has, in their order: what stays at the left comes first. */
export function columnsIn({ columns, pinned }: Pick<Layout, 'columns' | 'pinned'>): readonly AnyField[] {
  const chosen = columns.length > 0 ? columns : defaultColumns
  return [...pinned.filter((id) => chosen.includes(id)), ...chosen.filter((id) => !pinned.includes(id))]
}

export const columnOf = (id: AnyField): Column =>
  made.find((column) => column.id === id) ?? { id, title: fieldTitle(id), shows: [[id]], min: 90, grow: 1 }

/** What the columns need of each event. */
export const fieldsOf = (columns: readonly Column[]): readonly AnyField[] => [
  ...new Set(columns.flatMap((column) => column.shows.flat()))
]

/** What an event holds in any field, a record path included; undefined where it has none. */
export const fieldValue = (row: EventRow, field: AnyField): EventRow[keyof EventRow] | undefined =>
  isField(field) ? row[field] : (row as Record<string, EventRow[keyof EventRow]>)[field]

export interface Present {
  readonly field: AnyField
  readonly value: Value
}

/** The first of the fields that the event has, with what it holds; lists and objects as the JSON they are. */
export function firstPresent(row: EventRow, fields: readonly AnyField[]): Present | null {
  for (const field of fields) {
    const value = fieldValue(row, field)
    if (value === undefined || value === null) continue
    return { field, value: typeof value === 'object' ? JSON.stringify(value) : value }
  }
  return null
}
