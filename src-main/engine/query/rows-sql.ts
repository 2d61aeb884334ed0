import { type AnyField, type EventRow, fieldInfo } from '../../contract/event'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { rebuiltColumns, shownColumn } from '../store/schema'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { placeColumn } from './place-sql'
import { entryWith } from './rebuilt-sql'
import { recordPlace, recordText } from './record-sql'
import { type Run, type SqlRow, type Statement, statement } from './statement'

type Rows = Extract<Query, { select: 'rows' }>

/** Events in order, a page of them. First which rows, from the sorted columns alone; then these rows' fields. */
export async function rowsAnswer(query: Rows, run: Run): Promise<AnswerTo<Rows>> {
  const found = await run(rowIdsSql(query))
  const ids = found.map((row) => row['row'] as number)
  return { rows: await eventRows(ids, query.fields, run) }
}

/** The events in these rows, in their order. */
export async function eventRows(
  ids: readonly number[],
  fields: readonly AnyField[],
  run: Run
): Promise<readonly EventRow[]> {
  if (ids.length === 0) return []
  const rows = await run(fieldsSql(ids, fields))
  const byId = new Map(rows.map((row) => [row['row'] as number, row]))
  return ids.flatMap((id) => (byId.has(id) ? [eventRow(byId.get(id) as SqlRow, fields)] : []))
}

/** Newest first, of the same instant the one logged last; what has no time comes after, in the order of its file. */
const newestFirst = '"@timestamp" DESC NULLS LAST, CASE WHEN "@timestamp" IS NULL THEN rowid ELSE -rowid END'
const oldestFirst = '"@timestamp" NULLS LAST, rowid'

export function rowIdsSql({ filter, sort, limit, offset = 0 }: Rows): Statement {
  return statement((bind) => {
    const condition = `shown AND (${filterSql(filter, bind)})`
    const page = `LIMIT ${bind(BigInt(limit))} OFFSET ${bind(BigInt(offset))}`
    if (!sort || sort.field === '@timestamp') {
      const order = sort && !sort.descending ? oldestFirst : newestFirst
      return `SELECT rowid AS row FROM entry WHERE ${condition} ORDER BY ${order} ${page}`
    }
    const field = eventField(sort.field)
    const order = `${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ${newestFirst}`
    if (!field) {
      const value = recordText(sort.field, bind, duckdb)
      return `SELECT rowid AS row FROM entry WHERE ${condition} ORDER BY TRY_CAST(${value} AS DOUBLE) ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ${value} ${order} ${page}`
    }
    const place = placeColumn(field)
    if (!place)
      return `SELECT rowid AS row FROM ${entryWith([field])} WHERE ${condition} ORDER BY ${identifier(field)} ${order} ${page}`
    return `SELECT row FROM (SELECT rowid AS row, "@timestamp", "source.ip" FROM entry WHERE ${condition})
      LEFT JOIN place ON ip = "source.ip" ORDER BY CAST(${place} AS VARCHAR) ${order.replaceAll('rowid', 'row')} ${page}`
  })
}

/** What rows hold, by their numbers. A column is read only where it is asked for: the record is by far the widest. */
export function fieldsSql(ids: readonly number[], asked: readonly AnyField[]): Statement {
  return statement((bind) => {
    const columns = asked.map((name, index) => {
      const field = eventField(name)
      if (!field) return `TRY(json_extract(coalesce(e.document, e.raw), ${bind(recordPlace(name).path)})) AS c${index}`
      const place = placeColumn(field)
      if (place) return `${place} AS c${index}`
      return fieldInfo(field).type === 'time'
        ? `epoch_us(e.${identifier(field)}) AS c${index}`
        : `${shownColumn(field, 'rebuilt')} AS c${index}`
    })
    const known = asked.flatMap((name) => eventField(name) ?? [])
    const places = known.some(placeColumn) ? ' LEFT JOIN place ON place.ip = e."source.ip"' : ''
    const rebuilt = known.some((field) => rebuiltColumns[field]) ? ' LEFT JOIN rebuilt r ON r.row = e.row' : ''
    // Unnested, so that only where these rows lie is read; a plain list of rows that are not neighbours would read the whole case.
    return `SELECT e.row, substr(v.sha256, 1, 12) || '-' || (e.row - v.first_row + 1) AS _id${columns.map((c) => `, ${c}`).join('')}
      FROM (SELECT rowid AS row, * FROM entry WHERE rowid IN (SELECT unnest([${ids.join(', ')}]::BIGINT[]))) e
      JOIN evidence v ON v.id = e.evidence${places}${rebuilt}`
  })
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
