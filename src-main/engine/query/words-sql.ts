import { type Field, fieldInfo } from '../../contract/event'
import { storedFields } from '../store/schema'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'
import { placeWhere } from './place-sql'

/** Text that the record does not hold as it stands: values we made of it. What stands in it is found in the record. */
const searched: readonly Field[] = storedFields.filter(
  (field) => ['keyword', 'text', 'ip'].includes(fieldInfo(field).type) && field !== 'event.time_text'
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
    ...searched.map((field) => holds(identifier(field), plain)),
    placeWhere(places),
    ...[plain, ...others].map((part) => holds('raw', part))
  ].join(' OR ')
}
