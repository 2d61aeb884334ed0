import { type AnyField, fieldInfo, type Value } from '../../contract/event'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { type Bind, eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { placeColumn } from './place-sql'
import { entryWith } from './rebuilt-sql'
import { recordTexts } from './record-sql'
import { type Run, type Statement, statement } from './statement'

type Groups = Extract<Query, { select: 'groups' }>

/** How a field is counted: the column of `entry` that it needs, and its value from that, once it is counted. */
export interface GroupKey {
  readonly column: string
  readonly name: string
  readonly value: string
  /** Where an event may have several values, a list of them from the column. */
  readonly several?: string
}

export function groupKey(field: AnyField, name: string, bind: Bind): GroupKey {
  const known = eventField(field)
  if (!known) {
    const { column, texts } = recordTexts(field, name, bind, duckdb)
    return { column, name, value: name, several: texts }
  }
  const place = placeColumn(known)
  // Places are joined to the few addresses counted, not to the many events.
  if (place) return { column: '"source.ip"', name: placed, value: `CAST(${place} AS VARCHAR)` }
  const column = identifier(known)
  switch (fieldInfo(known).type) {
    case 'time':
      return { column: `epoch_us(${column})`, name, value: name }
    case 'json':
      return { column: `CAST(${column} AS VARCHAR)`, name, value: name }
    case 'list':
      return { column, name, value: name, several: name }
    default:
      return { column, name, value: name }
  }
}

const placed = 'address'
/** Whether what was counted by a key stands under the same value more than once: addresses lie in one place, lists hold the same. */
const isSpread = ({ name, several }: GroupKey): boolean => name === placed || several !== undefined

/** The columns of these keys, each once. */
export const keyColumns = (keys: readonly GroupKey[]): readonly string[] => [
  ...new Set(keys.map(({ column, name }) => `${column} AS ${name}`))
]

/**
 * What was counted by these keys, as `SELECT` their values: beside the places of addresses, and with a row for each of several values.
 * Lists are taken apart one after the other: side by side, their elements would be laid next to each other.
 */
function valuesFrom(counted: string, keys: readonly GroupKey[]): string {
  const apart = keys.reduce(
    (from, { name, several }) =>
      several === undefined
        ? from
        : `(SELECT * REPLACE (unnest(list_transform([${several}], lambda l: CASE WHEN len(l) > 0 THEN l ELSE [NULL] END)[1]) AS ${name}) FROM ${from})`,
    counted
  )
  return keys.some(({ name }) => name === placed) ? `${apart} LEFT JOIN place ON ip = address` : apart
}

/** A table of values and sums, from a table that was counted by these keys; `sums` are columns of it. */
export function valuesSql(
  counted: string,
  keys: readonly GroupKey[],
  values: readonly string[],
  sums: readonly string[]
): string {
  const summed = keys.some(isSpread)
  const all = sums.map((name) => (summed ? `sum(${name})::BIGINT AS ${name}` : name))
  return `SELECT ${[...values, ...all].join(', ')} FROM ${valuesFrom(counted, keys)}${summed ? ' GROUP BY ALL' : ''}`
}

/** A counted value as the field's type has it. */
export function groupValue(field: AnyField, value: unknown): Value | null {
  if (value === null || value === undefined) return null
  const known = eventField(field)
  if (known && fieldInfo(known).type === 'time') return isoTime(BigInt(value as number))
  return value as Value
}

export function groupsSql({ filter, by, limit }: Groups): Statement {
  return statement((bind) => {
    const keys = by.map((field, index) => groupKey(field, `k${index}`, bind))
    const names = keys.map((_, index) => `v${index}`)
    const counted = `(SELECT COLUMNS(*), count(*) AS n FROM (SELECT ${keyColumns(keys).join(', ')} FROM ${entryWith(by)}
      WHERE shown AND (${filterSql(filter, bind)})) GROUP BY ALL)`
    const values = keys.map(({ value }, index) => `${value} AS v${index}`)
    const groups = valuesSql(counted, keys, values, ['n'])
    return `WITH groups AS MATERIALIZED (${groups})
      SELECT *, (SELECT count(*) FROM groups) AS "distinct", (SELECT sum(n)::BIGINT FROM groups) AS total
      FROM groups ORDER BY n DESC, ${names.map((name) => `${name} NULLS LAST`).join(', ')} LIMIT ${bind(BigInt(limit))}`
  })
}

export async function groupsAnswer(query: Groups, run: Run): Promise<AnswerTo<Groups>> {
  if (query.by.length === 0) return { groups: [], rest: 0, distinct: 0 }
  // Of none, the counts would have no row to stand in.
  const rows = await run(groupsSql({ ...query, limit: Math.max(1, query.limit) }))
  const groups = rows.slice(0, query.limit).map((row) => ({
    key: query.by.map((field, index) => groupValue(field, row[`v${index}`])),
    count: row['n'] as number
  }))
  const total = (rows[0]?.['total'] as number | undefined) ?? 0
  return {
    groups,
    rest: total - groups.reduce((sum, { count }) => sum + count, 0),
    distinct: (rows[0]?.['distinct'] as number | undefined) ?? 0
  }
}
