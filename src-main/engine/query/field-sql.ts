import { type AnyField, type Field, isField } from '../../contract/event'
import { unknownField } from '../../contract/query-text-field'

/** A value as SQL: it is bound, never written into the statement. */
export type Bind = (value: string | number | boolean | bigint) => string

/** The event field of this name, undefined where it is a path in the record. A filter saved long ago may name another. */
export function eventField(field: AnyField): Field | undefined {
  if (isField(field)) return field
  if (field.startsWith('record.')) return undefined
  throw unknownField(field)
}
