import { type AnyField, type EventRow, fieldInfo } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { rebuiltColumns, shownColumn } from '../store/schema'
import { identifier } from '../store/sql'
import type { DeepRows } from './deep-rows'
import { type Bind, eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { newestFirst } from './listing-sql'
import { placeColumn } from './place-sql'
import { recordPlace } from './record-sql'
import { type Run, type SqlRow, type Statement, statement } from './statement'

type Rows = Extract<Query, { select: 'rows' }>

/** Events in order, a page of them. First which rows, from the sorted columns alone; then these rows' fields. */
export async function rowsAnswer(query: Rows, run: Run, deep: DeepRows): Promise<AnswerTo<Rows>> {
  const { filter, sort = newestFirst, limit, offset = 0, fields, rules } = query
  const ids = await deep.rowsAt({ filter, sort }, offset, limit, run)
  const found = await foundRows(ids, fields, run, rules)
  const rows = found.map((row) => eventRow(row, fields))
  return rules ? { rows, ruled: found.map((row) => row['rule'] as number | null) } : { rows }
}

/** The events in these rows, in their order. */
export async function eventRows(
  ids: readonly number[],
  fields: readonly AnyField[],
  run: Run
): Promise<readonly EventRow[]> {
  return (await foundRows(ids, fields, run)).map((row) => eventRow(row, fields))
}

async function foundRows(
  ids: readonly number[],
  fields: readonly AnyField[],
  run: Run,
  rules: readonly Filter[] = []
): Promise<readonly SqlRow[]> {
  if (ids.length === 0) return []
  const rows = await run(fieldsSql(ids, fields, rules))
  const inRecords = fields.every(eventField) ? [] : await run(recordsSql(ids, fields))
  const byId = new Map(rows.map((row) => [row['row'] as number, row]))
  for (const row of inRecords) byId.set(row['row'] as number, { ...byId.get(row['row'] as number), ...row })
  return ids.flatMap((id) => {
    const found = byId.get(id)
    return found ? [found] : []
  })
}

/** So many rows apart, their records are looked for each by itself: what lies between would be unpacked too. */
const near = 5_000

/** What rows hold, by their numbers. A column is read only where it is asked for: the record is by far the widest. */
function fieldsSql(ids: readonly number[], asked: readonly AnyField[], rules: readonly Filter[]): Statement {
  return statement((bind) => {
    const columns = asked.flatMap((name, index) => {
      const field = eventField(name)
      if (!field) return []
      const place = placeColumn(field)
      if (place) return [`${place} AS c${index}`]
      return fieldInfo(field).type === 'time'
        ? [`epoch_us(e.${identifier(field)}) AS c${index}`]
        : [`${shownColumn(field, 'rebuilt')} AS c${index}`]
    })
    const known = asked.flatMap((name) => eventField(name) ?? [])
    const places = known.some(placeColumn) ? ' LEFT JOIN place ON place.ip = e."source.ip"' : ''
    const rebuilt = known.some((field) => rebuiltColumns[field]) ? ' LEFT JOIN rebuilt r ON r.row = e.row' : ''
    return `SELECT e.row, substr(v.sha256, 1, 12) || '-' || (e.row - v.first_row + 1) AS _id, e.rule${columns.map((c) => `, ${c}`).join('')}
      FROM (SELECT rowid AS row, *, ${ruleSql(rules, bind)} AS rule FROM entry WHERE ${amongSql(ids, bind)}) e
      JOIN evidence v ON v.id = e.evidence${places}${rebuilt}`
  })
}

/** The place of the first rule that a row passes. */
function ruleSql(rules: readonly Filter[], bind: Bind): string {
  const cases = rules.map((rule, place) => `WHEN ${filterSql(rule, bind)} THEN ${place}`)
  return cases.length > 0 ? `CASE ${cases.join(' ')} END` : 'NULL'
}

/** What stands in the records of rows. */
function recordsSql(ids: readonly number[], asked: readonly AnyField[]): Statement {
  return statement((bind) => {
    const columns = asked.flatMap((name, index) =>
      eventField(name)
        ? []
        : [`, TRY(json_extract(coalesce(document, raw), ${bind(recordPlace(name).path)})) AS c${index}`]
    )
    return clusters(ids)
      .map((some) => `SELECT rowid AS row${columns.join('')} FROM entry WHERE ${amongSql(some, bind)}`)
      .join(' UNION ALL ')
  })
}

// Unnested, so that only where these rows lie is read; a plain list of rows that are not neighbours would read the whole case.
const amongSql = (ids: readonly number[], bind: Bind): string =>
  ids.length === 1 ? `rowid = ${bind(BigInt(ids[0] ?? 0))}` : `rowid IN (SELECT unnest([${ids.join(', ')}]::BIGINT[]))`

/** Rows that lie near each other, together. */
function clusters(ids: readonly number[]): readonly (readonly number[])[] {
  const found: number[][] = []
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && id - (last.at(-1) ?? 0) <= near) last.push(id)
    else found.push([id])
  }
  return found
}

function eventRow(row: SqlRow, asked: readonly AnyField[]): EventRow {
  const event: Record<string, unknown> = { _id: row['_id'] }
  for (const [index, name] of asked.entries()) {
    const value = row[`c${index}`]
    if (value === null || value === undefined) continue
    const found = cell(name, value)
    if (found !== null) event[name] = found
  }
  return event as EventRow
}

function cell(name: AnyField, value: unknown): unknown {
  const field = eventField(name)
  // A path with open steps finds several.
  if (!field && Array.isArray(value)) return value.length > 0 ? value.map((one) => recordValue(String(one))) : null
  if (!field) return recordValue(String(value))
  switch (fieldInfo(field).type) {
    case 'time':
      return isoTime(BigInt(value as number))
    case 'json':
      return JSON.parse(String(value))
    default:
      return value
  }
}

/** A value of the record; a number that JavaScript cannot hold exactly stays the text it is. */
function recordValue(json: string): unknown {
  const value = JSON.parse(json)
  return typeof value === 'number' && String(value) !== json && !Number.isSafeInteger(value) && /^-?\d+$/.test(json)
    ? json
    : value
}
