import { type AnyField, fieldInfo, type Value } from '../../contract/event'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { type Bind, eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { placeColumn } from './place-sql'
import { entryWith } from './rebuilt-sql'
import { recordText } from './record-sql'
import { type Run, type Statement, statement } from './statement'

type Groups = Extract<Query, { select: 'groups' }>

/** How a field is counted: the columns of `entry` that it needs, and its value from them, once they are counted. */
export function groupKey(field: AnyField, name: string, bind: Bind): { columns: readonly string[]; value: string } {
  const known = eventField(field)
  if (!known) return { columns: [`${recordText(field, bind, duckdb)} AS ${name}`], value: name }
  const place = placeColumn(known)
  // Places are joined to the few addresses counted, not to the many events.
  if (place) return { columns: ['"source.ip" AS address'], value: `CAST(${place} AS VARCHAR)` }
  const column = identifier(known)
  switch (fieldInfo(known).type) {
    case 'time':
      return { columns: [`epoch_us(${column}) AS ${name}`], value: name }
    case 'json':
      return { columns: [`CAST(${column} AS VARCHAR) AS ${name}`], value: name }
    case 'list':
      return {
        columns: [`unnest(CASE WHEN len(${column}) > 0 THEN ${column} ELSE [NULL] END) AS ${name}`],
        value: name
      }
    default:
      return { columns: [`${column} AS ${name}`], value: name }
  }
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
    const columns = [...new Set(keys.flatMap((key) => key.columns))]
    const condition = `shown AND (${filterSql(filter, bind)})`
    const values = keys.map((key, index) => `${key.value} AS v${index}`)
    const names = values.map((_, index) => `v${index}`)
    const places = columns.includes('"source.ip" AS address')
    const raw = columns.map((column) => column.slice(column.lastIndexOf(' AS ') + 4))
    const counted = `SELECT ${raw.join(', ')}, count(*) AS n FROM (SELECT ${columns.join(', ')} FROM ${entryWith(by)} WHERE ${condition}) GROUP BY ALL`
    // Only places are grouped a second time: several addresses have one place.
    const groups = places
      ? `SELECT ${values.join(', ')}, sum(n)::BIGINT AS n FROM (${counted}) LEFT JOIN place ON ip = address GROUP BY ALL`
      : `SELECT ${values.join(', ')}, n FROM (${counted})`
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
