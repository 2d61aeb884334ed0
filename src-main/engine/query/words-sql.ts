import type { Field } from '../../contract/event'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'
import { placeWhere } from './place-sql'
import { rebuiltWhere } from './rebuilt-sql'
import { wordFields } from './words-fields'
import { wordsPattern } from './words-pattern'

const holds = (column: string, part: string, dialect: Dialect) => dialect.contains(`lower(${column})`, part)

/** The words stand, without regard to case, in the record or in what was made of it. What this finds of a record never changes. */
export function inRecord(text: string, fields: readonly Field[], bind: Bind, dialect: Dialect): string {
  const inRaw = dialect.matches('raw', bind(wordsPattern(text)), false)
  if (fields.length === 0) return inRaw
  const part = `lower(${bind(text)})`
  return [inRaw, ...fields.map((field) => holds(identifier(field), part, dialect))].join(' OR ')
}

/** The words stand in what the case tells of an event beside its record: the place of its address, its state before as it was rebuilt. */
export function besideRecord(text: string, bind: Bind, dialect: Dialect): string {
  const part = `lower(${bind(text)})`
  const within = (column: string) => holds(column, part, dialect)
  return [
    placeWhere(['country_name', 'city_name'].map(within).join(' OR ')),
    rebuiltWhere('change.basis', within('"change.basis"'), within),
    rebuiltWhere('change.before', 'FALSE', within)
  ].join(' OR ')
}

/** The words stand somewhere in the event: found by looking at every record. */
export const wordsSql = (text: string, bind: Bind, dialect: Dialect): string =>
  `${inRecord(text, wordFields, bind, dialect)} OR ${besideRecord(text, bind, dialect)}`
