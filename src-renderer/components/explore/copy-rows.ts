import type { EventRow } from '../../../src-main/contract/event'
import { isoTime } from '../../state/format'
import { type Column, fieldValue } from './columns'

/** One line a row, columns apart by tabs; the time on the clock of the zone, with its offset. */
export function rowsAsTsv(rows: readonly EventRow[], columns: readonly Column[], zone: string, head: boolean): string {
  const fields = columns.flatMap((column) => column.shows.flat())
  const used = fields.filter(
    (field) => columns.some(({ id }) => id === field) || rows.some((row) => fieldValue(row, field) !== undefined)
  )
  const lines = rows.map((row) =>
    used.map((field) => {
      const value = fieldValue(row, field)
      if (value === undefined || value === null) return ''
      if (field === '@timestamp') return isoTime(String(value), zone)
      return cell(typeof value === 'object' ? JSON.stringify(value) : String(value))
    })
  )
  return [...(head ? [used] : []), ...lines].map((line) => line.join('\t')).join('\n')
}

// A tab or a line end inside a value would make two cells of one.
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ')

/** An event as JSON, every field it has. */
export const rowAsJson = (row: EventRow): string => JSON.stringify(row, null, 2)
