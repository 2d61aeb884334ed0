import type { Field } from '../../contract/event'
import type { Source } from '../../contract/source'
import { text } from '../store/sql'
import { listColumns, listEntries } from './change-list'
import type { RecordStruct } from './record-struct'

type Change = Source['change']

/** The paths of a record that tell what changed. */
export function changePaths(change: Change): readonly { readonly path: string; readonly as: 'text' | 'json' }[] {
  if (!change) return []
  if ('diff' in change) return [{ path: change.diff, as: 'json' }]
  if ('list' in change) return [change.list].flat().map((path) => ({ path, as: 'json' }))
  const as = change.parse ? 'text' : 'json'
  return [change.before, change.after].flatMap((path) => (path === undefined ? [] : [{ path, as }]))
}

const keysOf = (diff: string) => `${diff}_keys`

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
// A key of a record may hold anything, quotes too: a JSON pointer can say it, a JSON path cannot.
const pointer = (key: string) => `'/' || replace(replace(${key}, '~', '~0'), '/', '~1')`

/** A column that the change columns need beside those of the record: the keys of a diff, or the entries of a list, found once. */
export function changeKeys(record: RecordStruct, change: Change): string[] {
  if (change && 'list' in change) return [listEntries(record, change)]
  if (!change || !('diff' in change)) return []
  const diff = record.column(change.diff, 'json')
  return [`json_keys(${diff}) AS ${keysOf(diff)}`]
}

/** SQL of the `change.*` columns of one source. A value that is no JSON is kept as JSON text, so that nothing logged is dropped. */
export function changeColumns(record: RecordStruct, change: Change): readonly (readonly [Field, string])[] {
  if (!change) return []
  if ('diff' in change) {
    const diff = record.column(change.diff, 'json')
    const keys = keysOf(diff)
    const at = (key: string) => `json_extract(${diff}, ${pointer('k')} || ${text(`/${escaped(key)}`)})`
    // Written as text, not made a map: a map of a record that says a key twice would end the import.
    const side = (names: string, value: string) =>
      `'{' || array_to_string(list_transform(${names}, lambda k: to_json(k)::VARCHAR || ':' || ${value}::VARCHAR), ',') || '}'`
    // A pair without the two sides ({add: […]}, {clear: true}) is what happened to it: it stands on the after side, whole.
    const before = side(`list_filter(${keys}, lambda k: ${at(change.before)} IS NOT NULL)`, at(change.before))
    const after = side(keys, `coalesce(${at(change.after)}, json_extract(${diff}, ${pointer('k')}))`)
    const present = `len(${keys}) > 0`
    return [
      ['change.before', `CASE WHEN ${present} THEN ${before} END`],
      ['change.after', `CASE WHEN ${present} THEN ${after} END`],
      ['change.fields', `CASE WHEN ${present} THEN ${keys} END`],
      ['change.basis', `CASE WHEN ${present} THEN 'logged' END`]
    ]
  }
  if ('list' in change) return listColumns(record, change)
  if (change.after === undefined) return []
  const as = change.parse ? 'text' : 'json'
  const sideOf = (path: string) => {
    const sql = record.column(path, as)
    // An empty object says that nothing is known of the state, not that it is empty.
    if (as === 'json') return `CASE WHEN ${sql}::VARCHAR NOT IN ('null', '{}') THEN ${sql}::VARCHAR END`
    return `CASE WHEN ${sql} = '{}' THEN NULL WHEN json_valid(${sql}) THEN ${sql} WHEN ${sql} <> '' THEN to_json(${sql})::VARCHAR END`
  }
  return sides(change.before === undefined ? undefined : sideOf(change.before), sideOf(change.after))
}

/** The `change.*` columns of two states of an object, each JSON text or NULL; without `before` the log never has the earlier one. */
export function sides(before: string | undefined, after: string): readonly (readonly [Field, string])[] {
  if (before === undefined) {
    return [
      ['change.after', after],
      ['change.basis', `CASE WHEN ${after} IS NOT NULL THEN 'after-only' END`]
    ]
  }
  const differing = `list_filter(list_sort(list_distinct(list_concat(coalesce(json_keys(${before}), []), coalesce(json_keys(${after}), [])))),
    lambda k: json_extract(${before}, ${pointer('k')}) IS DISTINCT FROM json_extract(${after}, ${pointer('k')}))`
  return [
    ['change.before', before],
    ['change.after', after],
    ['change.fields', `CASE WHEN ${before} IS NOT NULL OR ${after} IS NOT NULL THEN ${differing} END`],
    ['change.basis', `CASE WHEN ${before} IS NOT NULL THEN 'logged' WHEN ${after} IS NOT NULL THEN 'after-only' END`]
  ]
}
