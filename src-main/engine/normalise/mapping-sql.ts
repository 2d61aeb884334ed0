import { type Field, type FieldType, fields } from '../../contract/event'
import type { Mapping, Times } from '../../contract/source'
import { converted } from './conversions'
import type { RecordStruct } from './record-struct'

// `record->'a'->>'b'` inside a mapping's SQL: constant keys only, so that the path is read with all the others.
export const recordReferences = /\brecord((?:\s*->>?\s*(?:'[^']*'|\d+))+)/g
const arrow = /(->>?)\s*(?:'([^']*)'|(\d+))/g

interface Reference {
  readonly path: string
  readonly as: 'text' | 'json'
}

function reference(chain: string): Reference {
  let path = ''
  let last = '->'
  for (const [, operator, key, index] of chain.matchAll(arrow)) {
    last = operator as string
    path += index === undefined ? `${path ? '.' : ''}${JSON.stringify(key)}` : `[${index}]`
  }
  return { path, as: last === '->>' ? 'text' : 'json' }
}

const paths = (from: string | readonly string[]): readonly string[] => (typeof from === 'string' ? [from] : from)
const isPaths = (mapping: Mapping): mapping is string | readonly string[] =>
  typeof mapping === 'string' || Array.isArray(mapping)
/** A field, or a label: one text of the object that the field `labels` is. */
export type Target = Field | `labels.${string}`
export const isLabel = (target: Target): target is `labels.${string}` => target.startsWith('labels.')
const typeOf = (target: Target): FieldType => (isLabel(target) ? 'keyword' : fields[target].type)

const wantsJson = (field: Target, mapping: Mapping) =>
  typeOf(field) === 'json' ||
  (!isPaths(mapping) && 'as' in mapping && (mapping.as === 'json' || mapping.as === 'seconds_nanos'))

/** Tells a record's struct which paths a mapping reads. */
export function wantMapping(record: RecordStruct, field: Target, mapping: Mapping): void {
  if (!isPaths(mapping) && 'sql' in mapping) {
    for (const [, chain] of mapping.sql.matchAll(recordReferences)) {
      const { path, as } = reference(chain as string)
      record.want(path, as)
    }
  } else {
    const as = wantsJson(field, mapping) ? 'json' : 'text'
    for (const path of paths(isPaths(mapping) ? mapping : mapping.from)) record.want(path, as)
  }
}

/** The value of a mapping as the log has it: before it is converted to its column. */
export function logged(record: RecordStruct, field: Target, mapping: Mapping): string {
  if (!isPaths(mapping) && 'sql' in mapping) {
    return `(${mapping.sql.replaceAll(recordReferences, (_, chain: string) => {
      const { path, as } = reference(chain)
      return record.column(path, as)
    })})`
  }
  const as = wantsJson(field, mapping) ? 'json' : 'text'
  const columns = paths(isPaths(mapping) ? mapping : mapping.from).map((path) => {
    const column = record.column(path, as)
    // An empty text says as little as a missing one; a JSON null is one.
    return as === 'json' ? `nullif(${column}::VARCHAR, 'null')` : `nullif(${column}, '')`
  })
  return columns.length === 1 ? (columns[0] as string) : `coalesce(${columns.join(', ')})`
}

/** From the value as logged to the column: by the conversion named, else by the field's type. */
export function value(field: Target, mapping: Mapping, sql: string, times?: Times): string {
  const given = isPaths(mapping) || 'sql' in mapping ? undefined : mapping.as
  if (given && given !== 'json') return converted[given](given === 'seconds_nanos' ? `(${sql}::JSON)` : sql, times)
  const isSql = !isPaths(mapping) && 'sql' in mapping
  switch (typeOf(field)) {
    case 'time':
      return isSql ? `TRY_CAST(${sql} AS TIMESTAMP)` : converted.time(sql, times)
    case 'number':
      return isSql ? `TRY_CAST(${sql} AS BIGINT)` : converted.number(sql)
    case 'boolean':
      return isSql ? `TRY_CAST(${sql} AS BOOLEAN)` : converted.boolean(sql)
    case 'json':
      return isSql ? `CAST(to_json(${sql}) AS VARCHAR)` : sql
    case 'list':
      return isSql ? `TRY_CAST(${sql} AS VARCHAR[])` : `CASE WHEN ${sql} IS NOT NULL THEN [${sql}] END`
    case 'ip':
    case 'keyword':
    case 'text':
      return isSql ? `nullif(CAST(${sql} AS VARCHAR), '')` : sql
  }
}
