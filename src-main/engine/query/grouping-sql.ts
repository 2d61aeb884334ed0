import { type AnyField, type Field, fieldInfo, isField, type Value } from '../../contract/event'
import { isoTime } from '../../contract/instant'
import { isIdField } from '../../contract/names'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { type Bind, eventField } from './field-sql'
import { groupKey, valuesSql } from './group-sql'
import { namedSql } from './names-sql'
import { placeColumn } from './place-sql'

/** A count of events, by its name: `count(*)`, or of some of them. */
export type Measures = Readonly<Record<string, string>>

/** Where an event has no address, what its log has in its place: a host, a service name. */
const columnSql = (field: Field): string =>
  field === 'source.ip' ? 'coalesce("source.ip", "source.address")' : identifier(field)

/**
 * Counted together with others in one pass over the events. A list holds several values, a record has to be taken apart, and a time
 * is nearly always another: each of these is counted by itself.
 */
export const together = (field: AnyField): field is Field =>
  isField(field) && (placeColumn(field) !== undefined || !['list', 'time', 'json'].includes(fieldInfo(field).type))

/** Places are counted by address first. */
const counted = (field: Field): Field => (placeColumn(field) ? 'source.ip' : field)

const sums = (measures: Measures) =>
  Object.keys(measures)
    .map((name) => `sum(${name})::BIGINT AS ${name}`)
    .join(', ')
const named = (measures: Measures) =>
  Object.entries(measures)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ')

/**
 * The table `counted` of `facet` (the place of a field in `by`), `value` as text, and what was counted. `events` is a table of events.
 * Of no fields at all: one row, all events.
 */
export function countedSql(by: readonly AnyField[], events: string, measures: Measures, bind: Bind): string {
  const joint = by.filter(together)
  if (joint.length === by.length) return jointSql(joint, events, measures)
  const [field] = by
  if (by.length > 1 || field === undefined)
    throw new Error('A field that has to be counted by itself is counted by itself.')
  const key = groupKey(field, 'k', bind)
  const each = `(SELECT k, ${named(measures)} FROM (SELECT *, ${key.column} AS k FROM ${events}) GROUP BY k)`
  const values = ['0 AS facet', 'CAST(k AS VARCHAR) AS value']
  return `counted AS MATERIALIZED (${valuesSql(each, [key], values, Object.keys(measures))})`
}

/** Every field's values in one pass: the filter, which costs most, is tried once. */
function jointSql(by: readonly Field[], events: string, measures: Measures): string {
  const columns = [...new Set(by.map(counted))]
  // Which facet and which value in one column each: the groups of addresses and names are many, and read several times.
  const facet = columns.map((field) => `WHEN grouping(${columnSql(field)}) = 0 THEN ${by.indexOf(field)}`)
  const value = columns.map((field) => `CAST(${columnSql(field)} AS VARCHAR)`)
  const sets = columns.map((field) => `(${columnSql(field)})`).join(', ') || '()'
  const which = facet.length > 0 ? `CASE ${facet.join(' ')} END` : '0'
  const groups = `SELECT ${which} AS facet, coalesce(${['NULL::VARCHAR', ...value].join(', ')}) AS value, ${named(measures)}
    FROM ${events} GROUP BY GROUPING SETS (${sets})`
  const placed = by.flatMap((field, index) => {
    const place = placeColumn(field)
    // Addresses that are counted for their places alone are at -1.
    return place
      ? [
          `SELECT ${index} AS facet, CAST(${place} AS VARCHAR) AS value, ${sums(measures)}
            FROM groups LEFT JOIN place ON ip = value WHERE facet = ${by.indexOf('source.ip')} GROUP BY 2`
        ]
      : []
  })
  if (placed.length === 0) return `counted AS MATERIALIZED (${groups})`
  return `groups AS MATERIALIZED (${groups}), counted AS MATERIALIZED (FROM groups UNION ALL ${placed.join(' UNION ALL ')})`
}

/** Whether a `value` of `counted` holds the text as it is written, or is an id that a directory calls so. */
export function matchingSql(by: readonly AnyField[], text: string, bind: Bind): string {
  const part = `lower(${bind(text)})`
  const written =
    by.length === 1 && by[0] === '@timestamp'
      ? `strftime(${duckdb.instant('value')}, '%Y-%m-%dT%H:%M:%S.%fZ')`
      : 'value'
  const pattern = `*${text.replaceAll(/[*?\\]/g, '\\$&')}*`
  const called = by.flatMap((field, index) => {
    if (!isIdField(field)) return []
    const ids = `SELECT ${identifier(field)} FROM entry WHERE shown AND (${namedSql({ kind: 'named', pattern, field }, bind)})`
    return [`(facet = ${index} AND value IN (${ids}))`]
  })
  return [`contains(lower(${written}), ${part})`, ...called].join(' OR ')
}

/** A `value` of `counted` as its field has it. */
export function countedValue(field: AnyField, value: unknown): Value | null {
  if (value === null || value === undefined) return null
  const known = eventField(field)
  switch (known && fieldInfo(known).type) {
    case 'time':
      return isoTime(BigInt(String(value)))
    case 'number':
      return Number(value)
    case 'boolean':
      return value === 'true'
    default:
      return String(value)
  }
}
