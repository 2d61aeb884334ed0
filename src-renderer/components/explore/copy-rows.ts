import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { isoTime } from '../../state/format'
import { type Column, fieldValue } from './columns'

/** What rows are copied as: for a spreadsheet, a program, a report. */
export type RowForm = 'tsv' | 'json' | 'markdown'

/** The fields of columns, those that none of the rows has left out. */
function usedFields(rows: readonly EventRow[], columns: readonly Column[]): readonly AnyField[] {
  const fields = [...new Set(columns.flatMap((column) => column.shows.flat()))]
  return fields.filter(
    (field) => columns.some(({ id }) => id === field) || rows.some((row) => fieldValue(row, field) !== undefined)
  )
}

/** A value in one line; the time on the clock of the zone, with its offset. */
function cell(row: EventRow, field: AnyField, zone: string): string {
  const value = fieldValue(row, field)
  if (value === undefined || value === null) return ''
  if (field === '@timestamp') return isoTime(String(value), zone)
  // A tab or a line end inside a value would make two cells of one.
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/[\t\r\n]+/g, ' ')
}

/** One line a row, columns apart by tabs. */
export function rowsAsTsv(rows: readonly EventRow[], columns: readonly Column[], zone: string, head: boolean): string {
  const fields = usedFields(rows, columns)
  const lines = rows.map((row) => fields.map((field) => cell(row, field, zone)))
  return [...(head ? [fields] : []), ...lines].map((line) => line.join('\t')).join('\n')
}

/** A table as reports and tickets take it, its fields named in the head. */
export function rowsAsMarkdown(rows: readonly EventRow[], columns: readonly Column[], zone: string): string {
  const fields = usedFields(rows, columns)
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`
  return [
    line(fields),
    line(fields.map(() => '---')),
    ...rows.map((row) => line(fields.map((field) => cell(row, field, zone))))
  ].join('\n')
}

// What a log holds must stay text in a report: no cell's end, no link, no tag.
const plain = (text: string): string => text.replaceAll(/[\\|<[`*]/g, '\\$&')

/** An event as JSON, every field at hand; of several a list. */
export const rowAsJson = (row: EventRow): string => JSON.stringify(row, null, 2)
export const rowsAsJson = (rows: readonly EventRow[]): string =>
  rows.length === 1 && rows[0] ? rowAsJson(rows[0]) : JSON.stringify(rows, null, 2)
