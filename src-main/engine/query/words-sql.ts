import { type Field, fieldInfo } from '../../contract/event'
import { storedFields } from '../store/schema'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'
import { placeWhere } from './place-sql'
import { rebuiltWhere } from './rebuilt-sql'

// Copied from the record as they stand and nearly all different, so that they would only be searched twice.
const copied: readonly Field[] = ['event.time_text', 'event.id', 'trace.id', 'session.id', 'user_agent.original']

/** What we may have made of the record: names put together, categories, outcomes. The rest is found in the record itself. */
const searched: readonly Field[] = storedFields.filter(
  (field) => ['keyword', 'text', 'ip'].includes(fieldInfo(field).type) && !copied.includes(field)
)

const asciiOnly = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** How the words may stand in a record: as typed, or escaped as JSON and CSV escape them. */
export function spellings(text: string): string[] {
  const folded = [text, text.toLowerCase(), text.toUpperCase()]
  const escaped = [text, JSON.stringify(text).slice(1, -1), ...folded.map(asciiOnly), text.replaceAll('"', '""')]
  return [...new Map(escaped.map((spelling) => [spelling.toLowerCase(), spelling])).values()]
}

/** The words stand, without regard to case, in a field, in the place of the address, or anywhere in the record. */
export function wordsSql(text: string, bind: Bind, dialect: Dialect): string {
  const [plain = '', ...others] = spellings(text).map((spelling) => `lower(${bind(spelling)})`)
  const holds = (column: string, part: string) => dialect.contains(`lower(${column})`, part)
  const places = ['country_name', 'city_name'].map((column) => holds(column, plain)).join(' OR ')
  return [
    ...searched.map((field) => rebuiltWhere(field, holds(identifier(field), plain), (column) => holds(column, plain))),
    // A state before that was rebuilt stands in no record of its own event.
    rebuiltWhere('change.before', 'FALSE', (column) => holds(column, plain)),
    placeWhere(places),
    ...[plain, ...others].map((part) => holds('raw', part))
  ].join(' OR ')
}
