import { type Field, fieldInfo } from '../../contract/event'
import { placeColumns, shownColumn } from './schema'
import { text } from './sql'

// Milliseconds, and microseconds where the log had them. The format of strftime must be a constant.
const iso = (column: string) =>
  `CASE WHEN microsecond(${column}) % 1000 = 0 THEN strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')
    ELSE strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ') END`

/** SQL of one JSON object with these fields of `entry e` (and of `place` and `rebuilt r`, where they are joined), absent ones as null. */
export function eventJson(fields: readonly Field[], joined: 'rebuilt' | null = null): string {
  const pairs = fields.map((field) => {
    const column = placeColumns[field] ?? shownColumn(field, joined)
    return `${text(field)}, ${fieldInfo(field).type === 'time' ? iso(column) : column}`
  })
  return `json_object(${pairs.join(', ')})::VARCHAR`
}
