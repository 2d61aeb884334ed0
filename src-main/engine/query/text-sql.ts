import { type AnyField, fieldInfo } from '../../contract/event'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import { type Bind, eventField } from './field-sql'
import { placeColumn, placeWhere } from './place-sql'
import { rebuiltWhere } from './rebuilt-sql'
import { recordPresent, recordWhere } from './record-sql'

export type Condition = (text: string) => string

/** A condition on the text of a field, wherever the field is kept. */
export function textSql(field: AnyField, bind: Bind, dialect: Dialect, condition: Condition): string {
  const known = eventField(field)
  if (!known) return recordWhere(field, bind, dialect, condition)
  const place = placeColumn(known)
  if (place) return placeWhere(condition(`CAST(${place} AS VARCHAR)`))
  if (fieldInfo(known).type === 'list') {
    const anyOf: Condition = (list) => dialect.anyOf(list, condition)
    return rebuiltWhere(known, anyOf(identifier(known)), anyOf)
  }
  return rebuiltWhere(known, condition(dialect.columnText(known)), condition)
}

/** Whether the event has the field. */
export function presentSql(field: AnyField, bind: Bind, dialect: Dialect): string {
  const known = eventField(field)
  if (!known) return recordPresent(field, bind, dialect)
  const place = placeColumn(known)
  if (place) return placeWhere(`${place} IS NOT NULL`)
  // Of a list that is empty there is nothing to count or to ask for.
  const isThere: Condition = (column) =>
    fieldInfo(known).type === 'list' ? `len(${column}) > 0` : `${column} IS NOT NULL`
  return rebuiltWhere(known, isThere(identifier(known)), isThere)
}
