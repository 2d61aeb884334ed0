import { AppError } from '../../contract/errors'
import { type AnyField, type Field, fieldNames, isField } from '../../contract/event'
import { nearest } from '../../contract/nearest'
import { recordSteps } from '../../contract/record-path'

/** A value as SQL: it is bound, never written into the statement. */
export type Bind = (value: string | number | boolean | bigint) => string

/** The JSON pointer of a path into the record: unlike a path, it can hold any key. */
export function recordPointer(field: AnyField): string {
  const steps = recordSteps(field.slice('record.'.length))
  if (!steps) throw unknown(field)
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The event field of this name, undefined where it is a path in the record. A filter saved long ago may name another. */
export function eventField(field: AnyField): Field | undefined {
  if (isField(field)) return field
  if (field.startsWith('record.')) return undefined
  throw unknown(field)
}

function unknown(field: string): AppError {
  const suggestion = nearest(field, fieldNames)
  return new AppError(
    'field_unknown',
    `No event has a field "${field}".${suggestion ? ` Did you mean ${suggestion}?` : ''}`,
    suggestion ? { suggestion } : {}
  )
}
