import { fieldInfo, type Value } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import type { Sort } from '../../contract/query'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { type Bind, eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { placeColumn } from './place-sql'
import { entryWith } from './rebuilt-sql'
import { recordText } from './record-sql'

/** Events in an order: which, and by what. */
export interface Listing {
  readonly filter: Filter
  readonly sort: Sort
}

/** What events are sorted by before their time, as a column of `listingSql`; absent values come last. */
export interface SortKey {
  readonly name: 'k0' | 'k1'
  readonly descending: boolean
  /** A value of it, bound. */
  readonly bound: (value: Value, bind: Bind) => string
}

export const newestFirst: Sort = { field: '@timestamp', descending: true }

const asNumber = (value: Value, bind: Bind) => `CAST(${bind(BigInt(value))} AS BIGINT)`
const asDouble = (value: Value, bind: Bind) => `CAST(${bind(Number(value))} AS DOUBLE)`
const asIs = (value: Value, bind: Bind) => bind(value)

/** By what a listing is sorted before the time. Of what stands in records, numbers come before words. */
export function sortKeys({ field: name, descending }: Sort): readonly SortKey[] {
  if (name === '@timestamp') return []
  const field = eventField(name)
  if (!field)
    return [
      { name: 'k0', descending, bound: asDouble },
      { name: 'k1', descending, bound: asIs }
    ]
  return [
    { name: 'k0', descending, bound: fieldInfo(field).type === 'number' && !placeColumn(field) ? asNumber : asIs }
  ]
}

/** The events of a listing in no order: their `row`, time `t` and what they are sorted by. */
export function listingSql({ filter, sort }: Listing, bind: Bind): string {
  const condition = `shown AND (${filterSql(filter, bind)})`
  const name = sort.field
  if (name === '@timestamp') return `(SELECT rowid AS row, "@timestamp" AS t FROM entry WHERE ${condition})`
  const field = eventField(name)
  if (!field)
    return `(SELECT row, t, TRY_CAST(k1 AS DOUBLE) AS k0, k1 FROM (SELECT rowid AS row, "@timestamp" AS t,
      ${recordText(name, bind, duckdb)} AS k1 FROM entry WHERE ${condition}))`
  const place = placeColumn(field)
  if (place)
    return `(SELECT row, t, CAST(${place} AS VARCHAR) AS k0 FROM (SELECT rowid AS row, "@timestamp" AS t, "source.ip" AS address
      FROM entry WHERE ${condition}) LEFT JOIN place ON ip = address)`
  const column = fieldInfo(field).type === 'list' ? `CAST(${identifier(field)} AS VARCHAR)` : identifier(field)
  return `(SELECT rowid AS row, "@timestamp" AS t, ${column} AS k0 FROM ${entryWith([field])} WHERE ${condition})`
}

/** Newest first, of the same instant the one logged last; what has no time comes after, in the order of its file. */
const newest = 't DESC NULLS LAST, CASE WHEN t IS NULL THEN row ELSE -row END'
const oldest = 't NULLS LAST, row'

/** Events of the same value stand newest first, whichever way the values go. */
export const timeDescends = ({ field, descending }: Sort): boolean => field !== '@timestamp' || descending

export function orderSql(sort: Sort): string {
  const keys = sortKeys(sort).map(({ name, descending }) => `${name} ${descending ? 'DESC' : 'ASC'} NULLS LAST`)
  return [...keys, timeDescends(sort) ? newest : oldest].join(', ')
}

/** Whether an event of the listing stands before the one that is the only row of `it`. */
export function beforeSql(sort: Sort): string {
  const at = (name: string) => `(SELECT ${name} FROM it)`
  const later = timeDescends(sort)
  const sameTime = `(t = ${at('t')} AND row ${later ? '>' : '<'} ${at('row')})`
  const time = `CASE WHEN ${at('t')} IS NULL THEN t IS NOT NULL OR row < ${at('row')}
    ELSE t ${later ? '>' : '<'} ${at('t')} OR ${sameTime} END`
  return sortKeys(sort).reduceRight(
    (then, { name, descending }) => `CASE WHEN ${at(name)} IS NULL THEN ${name} IS NOT NULL OR (${then})
      ELSE ${name} ${descending ? '>' : '<'} ${at(name)} OR (${name} = ${at(name)} AND (${then})) END`,
    time
  )
}
