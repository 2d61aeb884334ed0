import type { Field } from '../../contract/event'
import type { Change } from '../../contract/source'
import { text } from '../store/sql'
import type { RecordStruct } from './record-struct'

type ListChange = Extract<Change, { readonly list: unknown }>

/** The columns of the lists a definition names, and of their entries. */
function columnsOf(record: RecordStruct, list: ListChange['list']) {
  const columns = [list].flat().map((path) => record.column(path, 'json'))
  return { columns, entries: `${columns.join('_')}_entries` }
}
const at = (key: string) => text(`$.${JSON.stringify(key)}`)

/** SQL of a column of the list's entries as {name, old, new}, made once; both values are JSON text. */
export function listEntries(record: RecordStruct, { list, name, before, after, parse }: ListChange): string {
  const { columns, entries } = columnsOf(record, list)
  const filled = columns.map((column) => `nullif(json_extract(${column}, '$[*]'), [])`)
  const items = columns.length === 1 ? `json_extract(${columns[0]}, '$[*]')` : `coalesce(${filled.join(', ')})`
  const nameOf = (item: string, index: string) =>
    `coalesce(json_extract_string(${item}, ${at(name)}), '[' || (${index} - 1) || ']')`
  const names = `list_transform(${items}, lambda x, i: ${nameOf('x', 'i')})`
  // A name that comes again is numbered, so that no entry hides another; looked for only where there is one.
  const numbered = `list_transform(${names}, lambda n, i: CASE WHEN len(list_filter((${names})[:i - 1], lambda o: o = n)) = 0 THEN n
    ELSE n || ' (' || (len(list_filter((${names})[:i - 1], lambda o: o = n)) + 1) || ')' END)`
  const said = `CASE WHEN len(list_distinct(${names})) = len(${names}) THEN ${names} ELSE ${numbered} END`
  const value = (keys: string | readonly string[] = []) => {
    const found = [keys].flat().map((key) => `json_extract(x, ${at(key)})`)
    const [first, ...others] = found
    if (first === undefined) return 'NULL::VARCHAR'
    // A JSON null is what the log says, unless another of the keys says more.
    const json = others.length
      ? `coalesce(${found.map((one) => `nullif(${one}, 'null'::JSON)`).join(', ')}, ${first})`
      : first
    return parse ? unquoted(json) : `CAST(${json} AS VARCHAR)`
  }
  const structs = `list_transform(${items}, lambda x: {'old': ${value(before)}, 'new': ${value(after)}})`
  return `list_zip(${said}, ${structs}) AS ${entries}`
}

/** A text that holds JSON as that JSON; anything else as it stands. */
const unquoted = (json: string) =>
  `CASE WHEN json_type(${json}) = 'VARCHAR' AND json_valid(${json}->>'$') THEN ${json}->>'$' ELSE CAST(${json} AS VARCHAR) END`

/** SQL of the `change.*` columns of a source whose changes are a list of named values. */
export function listColumns(record: RecordStruct, { list, before }: ListChange): readonly (readonly [Field, string])[] {
  const { entries } = columnsOf(record, list)
  const side = (key: 'old' | 'new') => {
    const there = `list_filter(${entries}, lambda e: e[2]['${key}'] IS NOT NULL)`
    const written = `list_transform(${there}, lambda e: to_json(e[1])::VARCHAR || ':' || e[2]['${key}'])`
    return `CASE WHEN len(${there}) > 0 THEN '{' || array_to_string(${written}, ',') || '}' END`
  }
  const [old, now] = [side('old'), side('new')]
  if (before === undefined) {
    return [
      ['change.after', now],
      ['change.basis', `CASE WHEN ${now} IS NOT NULL THEN 'after-only' END`]
    ]
  }
  const differing = `list_transform(list_filter(${entries}, lambda e: e[2]['old'] IS DISTINCT FROM e[2]['new']), lambda e: e[1])`
  return [
    ['change.before', old],
    ['change.after', now],
    ['change.fields', `CASE WHEN ${old} IS NOT NULL THEN ${differing} END`],
    ['change.basis', `CASE WHEN ${old} IS NOT NULL THEN 'logged' WHEN ${now} IS NOT NULL THEN 'after-only' END`]
  ]
}
