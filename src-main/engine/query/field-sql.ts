import { AppError } from '../../contract/errors'
import { type AnyField, type Field, fieldNames, isField } from '../../contract/event'
import { nearest } from '../../contract/nearest'

/** A value as SQL: it is bound, never written into the statement. */
export type Bind = (value: string | number | boolean | bigint) => string

/** The event field of this name, undefined where it is a path in the record. A filter saved long ago may name another. */
export function eventField(field: AnyField): Field | undefined {
  if (isField(field)) return field
  if (field.startsWith('record.')) return undefined
  throw unknownField(field)
}

/** That there is no such field, with the one that was probably meant. */
export function unknownField(field: string): AppError {
  const suggestion = nearest(field, fieldNames)
  return new AppError(
    'field_unknown',
    `No event has a field "${field}".${suggestion ? ` Did you mean ${suggestion}?` : ''}`,
    suggestion ? { suggestion } : {}
  )
}
