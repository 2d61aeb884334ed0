import type { Field } from '../../contract/event'
import { fields } from '../../contract/event'
import { identifier } from '../store/sql'

/** The SQL of one database, where databases differ; `of` and the like are SQL already. */
export interface Dialect {
  /** A column as text. */
  columnText(field: Field): string
  /** Text at a place in the record, null where there is none or the record is no JSON; of a path with open steps a list of texts. */
  recordText(path: string): string
  /** What JSON calls that which stands there: NULL, VARCHAR, OBJECT; of a path with open steps a list. */
  recordType(path: string): string
  /** These texts, each that is a JSON list followed by its elements. */
  withElements(texts: string): string
  /** The texts that are none or no JSON list, and the elements of those that are one; each once, nothing of an empty list but itself. */
  elements(texts: string): string
  first(list: string): string
  /** The list that a JSON text is, of values of this type. */
  list(json: string, type: 'VARCHAR' | 'BIGINT'): string
  /** Its values, as a SELECT. */
  listed(json: string, type: 'VARCHAR' | 'BIGINT'): string
  /** Whether a list holds an element for which the condition is true. */
  anyOf(list: string, condition: (element: string) => string): string
  contains(text: string, part: string): string
  /** Whether the text matches a regular expression anywhere; without regard to case unless `exact`. */
  matches(text: string, pattern: string, exact: boolean): string
  /** The time at this many microseconds since 1970. */
  instant(micros: string): string
  micros(time: string): string
  number(value: string): string
  duration(micros: string): string
  /** Eight hex digits of an IPv4 address, 32 of an IPv6 address: they compare as the addresses do. */
  addressDigits(text: string): string
  /** The first to fourth number of an IPv4 address, null of an IPv6 one. */
  octet(text: string, index: number): string
  /** What clocks in the zone show at a time. */
  local(time: string, zone: string): string
  /** The time at which clocks in the zone show this. */
  absolute(local: string, zone: string): string
  weekday(local: string): string
  hour(local: string): string
}

const octet = (text: string, index: number) => `TRY_CAST(split_part(${text}, '.', ${index}) AS INTEGER)`
const groups = (text: string) => `list_filter(string_split(${text}, ':'), lambda g: g <> '')`

const digits4 = (a: string) =>
  `format('{:02x}{:02x}{:02x}{:02x}', ${[1, 2, 3, 4].map((index) => octet(a, index)).join(', ')})`

/** An IPv4 address at the end of an IPv6 one becomes two groups; then `::` is filled up with zeros. */
function digits6(a: string): string {
  const tail = `split_part(${a}, ':', -1)`
  const pair = [1, 3].map((index) => `${octet(tail, index)} * 256 + ${octet(tail, index + 1)}`).join(', ')
  const plain = `CASE WHEN contains(${a}, '.') THEN regexp_replace(${a}, '[0-9.]+$', '') || format('{:x}:{:x}', ${pair}) ELSE ${a} END`
  const halves = `lambda h: ${groups(`split_part(h, '::', 1)`)} || list_resize([]::VARCHAR[], greatest(0, 8 - len(${groups('h')})), '0') || ${groups(`split_part(h, '::', 2)`)}`
  return `list_aggregate(list_transform(list_transform([${plain}], ${halves})[1], lambda g: lpad(lower(g), 4, '0')), 'string_agg', '')`
}

const list: Dialect['list'] = (json, type) => `from_json(${json}, '["${type}"]')`

export const duckdb: Dialect = {
  columnText(field) {
    const column = identifier(field)
    switch (fields[field].type) {
      case 'keyword':
      case 'text':
      case 'ip':
        return column
      case 'time':
        return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')`
      case 'number':
      case 'boolean':
      case 'json':
      case 'list':
        return `CAST(${column} AS VARCHAR)`
    }
  },
  recordText: (path) => `TRY(json_extract_string(coalesce(document, raw), ${path}))`,
  recordType: (path) => `TRY(json_type(coalesce(document, raw), ${path}))`,
  withElements: (texts) =>
    `flatten(list_transform(${texts}, lambda t: CASE WHEN starts_with(t, '[') THEN [t] || coalesce(TRY(json_extract_string(t, '$[*]')), []) ELSE [t] END))`,
  elements: (texts) =>
    `list_distinct(flatten(list_transform(${texts}, lambda t: CASE WHEN starts_with(t, '[') THEN coalesce(nullif(TRY(json_extract_string(t, '$[*]')), []), [t]) ELSE [t] END)))`,
  first: (list) => `(${list})[1]`,
  list,
  listed: (json, type) => `SELECT unnest(${list(json, type)})`,
  anyOf: (list, condition) => `len(list_filter(${list}, lambda element: ${condition('element')})) > 0`,
  contains: (text, part) => `contains(${text}, ${part})`,
  matches: (text, pattern, exact) => `regexp_matches(${text}, ${pattern}, ${exact ? "'c'" : "'i'"})`,
  instant: (micros) => `make_timestamp(CAST(${micros} AS BIGINT))`,
  micros: (time) => `epoch_us(${time})`,
  number: (value) => `CAST(${value} AS BIGINT)`,
  duration: (micros) => `to_microseconds(CAST(${micros} AS BIGINT))`,
  addressDigits: (text) =>
    `list_transform([split_part(${text}, '%', 1)], lambda a: CASE WHEN contains(a, ':') THEN TRY(${digits6('a')}) ` +
    `WHEN regexp_full_match(a, '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}') THEN ${digits4('a')} END)[1]`,
  octet,
  local: (time, zone) => `timezone(${zone}, timezone('UTC', ${time}))`,
  absolute: (local, zone) => `timezone('UTC', timezone(${zone}, ${local}))`,
  weekday: (local) => `isodow(${local}) - 1`,
  hour: (local) => `hour(${local})`
}
