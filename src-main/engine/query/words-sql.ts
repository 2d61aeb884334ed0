import type { Change } from '../../contract/change'
import type { Field } from '../../contract/event'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'
import { placeWhere } from './place-sql'
import { wordFields } from './words-fields'
import { plainRuns, wordsPattern } from './words-pattern'

const holds = (column: string, part: string, dialect: Dialect) => dialect.contains(`lower(${column})`, part)

/** What has no letters is compared as it stands, which costs nothing beside reading the record; else what has none is looked for first. */
export function rawHolds(text: string, bind: Bind, dialect: Dialect): string {
  const runs = plainRuns(text)
  if (runs.length === 1 && runs[0] === text && !cased.test(text)) return dialect.contains('raw', bind(text))
  const matches = dialect.matches('raw', bind(wordsPattern(text)), false)
  const [longest = ''] = runs.flatMap((run) => run.split(cased)).sort((a, b) => b.length - a.length)
  return longest.length < 2 ? matches : `(${dialect.contains('raw', bind(longest))} AND ${matches})`
}

const cased = /[A-Za-z]+/

/** The words stand, without regard to case, in the record or in what was made of it. What this finds of a record never changes. */
export function inRecord(text: string, fields: readonly Field[], bind: Bind, dialect: Dialect): string {
  const inRaw = rawHolds(text, bind, dialect)
  if (fields.length === 0) return inRaw
  const part = `lower(${bind(text)})`
  return [inRaw, ...fields.map((field) => holds(identifier(field), part, dialect))].join(' OR ')
}

/** What `change.basis` may say. */
const bases: readonly Change['basis'][] = ['logged', 'rebuilt', 'after-only']

/** The rows of events of which the case tells the words beside the record: in the place of the address, or in what was rebuilt of a change. */
export function rowsBeside(text: string, bind: Bind, dialect: Dialect): string {
  const part = `lower(${bind(text)})`
  const within = (column: string) => holds(column, part, dialect)
  // Few words are in what it may say, so that it is nearly never looked at.
  const said = bases.filter((basis) => basis !== 'rebuilt' && basis.includes(text.toLowerCase()))
  const told = said.map(
    (basis) =>
      `UNION ALL SELECT rowid FROM entry WHERE "change.basis" = '${basis}' AND rowid NOT IN (SELECT row FROM rebuilt)`
  )
  return `SELECT row FROM rebuilt r WHERE ${within('r.before')} OR ${within(`'rebuilt'`)} ${told.join(' ')}
    UNION ALL SELECT rowid FROM entry WHERE ${placeWhere(['country_name', 'city_name'].map(within).join(' OR '))}`
}

/** The words stand somewhere in the event: found by looking at every record. */
export const wordsSql = (text: string, bind: Bind, dialect: Dialect): string =>
  `${inRecord(text, wordFields, bind, dialect)} OR rowid IN (${rowsBeside(text, bind, dialect)})`
