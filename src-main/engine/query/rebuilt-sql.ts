import type { AnyField, Field } from '../../contract/event'
import { entryColumn, rebuiltColumns } from '../store/schema'
import { identifier } from '../store/sql'
import { eventField } from './field-sql'

/** `entry`, with changes as they were rebuilt where one of these fields is asked for: joined only then, for it costs every event. */
export function entryWith(asked: readonly AnyField[]): string {
  const columns = asked.flatMap((name) => eventField(name) ?? []).filter((field) => rebuiltColumns[field])
  if (columns.length === 0) return 'entry'
  const rebuilt = [...new Set(columns)].map((field) => `${entryColumn(field, 'rebuilt')} AS ${identifier(field)}`)
  return `(SELECT e.rowid, e.* REPLACE (${rebuilt.join(', ')}) FROM entry e LEFT JOIN rebuilt r ON r.row = e.rowid) AS entry`
}

/** A condition on a field, for what was rebuilt as it was rebuilt, and for the rest as logged. */
export function rebuiltWhere(field: Field, logged: string, condition: (column: string) => string): string {
  const rebuilt = rebuiltColumns[field]
  if (!rebuilt) return logged
  return `(rowid IN (SELECT r.row FROM rebuilt r WHERE ${rebuilt.of} AND (${condition(rebuilt.value)}))
    OR ((${logged}) AND rowid NOT IN (SELECT r.row FROM rebuilt r WHERE ${rebuilt.of})))`
}
