import { type Field, fields } from '../../contract/event'
import type { Mapping, Source } from '../../contract/source'
import { columnType, storedFields } from '../store/schema'
import { identifier, text } from '../store/sql'
import { changeColumns, changeKeys, changePaths, sides } from './change-sql'
import { addressOf, outcomeOf } from './conversions'
import { isLabel, logged, type Target, value, wantMapping } from './mapping-sql'
import { patternSql } from './patterns'
import { RecordStruct } from './record-struct'

const mappings = (source: Source) => Object.entries(source.event) as [Target, Mapping][]

function announce(record: RecordStruct, source: Source): void {
  for (const [field, mapping] of mappings(source)) wantMapping(record, field, mapping)
  const { all, any = [], none = [], equals = {} } = source.recognise
  for (const path of [...all, ...any, ...none, ...Object.keys(equals)]) record.want(path)
  for (const { path, as } of changePaths(source.change)) record.want(path, as)
}

/** Per field the SQL of one source. `address`, `time_text` and `action` stand apart: other columns are made of them. */
function columnsOf(record: RecordStruct, source: Source): Map<string, string> {
  const columns = new Map<string, string>()
  const labels: [name: string, sql: string][] = []
  for (const [field, mapping] of mappings(source)) {
    const sql = logged(record, field, mapping)
    if (isLabel(field)) labels.push([text(field.slice(7)), value(field, mapping, sql, source.times)])
    else if (field === 'source.ip') columns.set('address', sql)
    else if (field === 'event.outcome') columns.set(field, outcomeOf(sql))
    else columns.set(field, value(field, mapping, sql, source.times))
    if (field === '@timestamp' && !source.event['event.time_text'])
      columns.set('event.time_text', `CAST(${sql} AS VARCHAR)`)
  }
  for (const [field, sql] of changeColumns(record, source.change)) columns.set(field, sql)
  const [before, after] = [columns.get('change.before'), columns.get('change.after')]
  if (source.change?.after === undefined && (before ?? after)) {
    // The two sides are mapped like any field; what differs, and on what that rests, follows from them.
    for (const [field, sql] of sides(before, after ?? 'NULL::VARCHAR')) if (!columns.has(field)) columns.set(field, sql)
  }
  if (labels.length) {
    // Absent labels stand as null here, and are left out where labels are shown: taking them out now would cost every record.
    const object = `json_object(${labels.map(([name, sql]) => `${name}, ${sql}`).join(', ')})::VARCHAR`
    columns.set('labels', `CASE WHEN ${labels.map(([, sql]) => `${sql} IS NOT NULL`).join(' OR ')} THEN ${object} END`)
  }
  return columns
}

/** SQL that is true for the records of a source, false or NULL for others. */
function recognised(record: RecordStruct, { recognise }: Source): string {
  const { all, any = [], none = [], equals = {} } = recognise
  const present = (path: string) => `${record.column(path)} IS NOT NULL`
  return (
    [
      ...all.map(present),
      ...(any.length ? [`(${any.map(present).join(' OR ')})`] : []),
      ...none.map((path) => `${record.column(path)} IS NULL`),
      ...Object.entries(equals).map(
        ([path, texts]) => `${record.column(path)} IN (${[texts].flat().map(text).join(', ')})`
      )
    ].join(' AND ') || 'true'
  )
}

/** One expression per source becomes one expression; the sources that share it share the branch. */
function perSource(expressions: readonly string[]): string {
  const groups = new Map<string, number[]>()
  for (const [index, sql] of expressions.entries()) groups.set(sql, [...(groups.get(sql) ?? []), index])
  if (groups.size === 1) {
    const [sql] = expressions as [string]
    // A definition's SQL may give a constant; what is no event has no fields.
    return /^(\w+|NULL)$/.test(sql) ? sql : `CASE WHEN s IS NOT NULL THEN ${sql} END`
  }
  const branches = [...groups]
    .filter(([sql]) => sql !== 'NULL')
    .map(([sql, of]) => `WHEN s IN (${of.join(', ')}) THEN ${sql}`)
  return `CASE ${branches.join(' ')} END`
}

const places = 'line, "offset", length, part, flag, raw, document'
// Only an object is a record: from_json gives one of nothing but NULLs for a list or a text.
// Trimming looks at every character of a text, so it is left to the few that do not begin with the brace.
const object = `CASE WHEN flag IS NOT NULL THEN NULL WHEN starts_with(coalesce(document, raw), '{') THEN coalesce(document, raw)
  WHEN starts_with(ltrim(coalesce(document, raw), ' ' || chr(9) || chr(10) || chr(13)), '{') THEN coalesce(document, raw) END`

/**
 * A SELECT that gives, for each row of `rows` (columns line, offset, length, part, flag, raw, document), the row of `entry` it becomes.
 * Several sources: each record goes to the first that recognises it, and one that none does is unreadable.
 * One source: every JSON object is its record. `evidence` is the number of the file that all of them stand in, or the column that tells it.
 */
export function normaliseSql(sources: readonly Source[], rows: string, evidence: number | 'evidence'): string {
  const place = evidence === 'evidence' ? `evidence, ${places}` : places
  const record = new RecordStruct()
  for (const source of sources) announce(record, source)
  const mapped = sources.map((source) => columnsOf(record, source))
  const one = sources.length === 1
  const column = (name: string) => perSource(mapped.map((columns) => columns.get(name) ?? 'NULL'))
  const patterns = (key: 'categories' | 'types' | 'outcomes') =>
    perSource(sources.map((source) => (source[key] ? patternSql('act', source[key]) : 'NULL')))

  // First what is made of the record's values, then, from these few columns, what is made of other fields.
  const fromRecord = new Map<Field, string>()
  for (const field of storedFields) {
    const sql =
      field === 'event.dataset'
        ? perSource(sources.map((source, index) => mapped[index]?.get(field) ?? text(source.id)))
        : column(field)
    fromRecord.set(field, sql === 'NULL' ? `NULL::${columnType[fields[field].type]}` : sql)
  }
  const made = (field: Field) => `f${storedFields.indexOf(field)}`
  const stored = storedFields.map((field): string => {
    switch (field) {
      case 'source.ip':
        return 'ip'
      case 'source.address':
        return `coalesce(${made(field)}, CASE WHEN ip IS NULL THEN address END)`
      case 'event.category':
        return `coalesce(${made(field)}, ${patterns('categories')})`
      case 'event.type':
        return `coalesce(${made(field)}, ${patterns('types')})`
      case 'event.outcome':
        return `coalesce(${made(field)}, ${patterns('outcomes')})`
      case 'event.user_action':
        return `coalesce(${made(field)}, ${made('user.type')} = 'person')`
      default:
        return made(field)
    }
  })

  const which = one
    ? '0'
    : `CASE ${sources.map((source, index) => `WHEN ${recognised(record, source)} THEN ${index}`).join(' ')} END`
  const keys = [...new Set(sources.flatMap((source) => changeKeys(record, source.change)))]
  const { tops, values } = record.columns()
  const parsed = `SELECT ${place}, TRY(from_json(${object}, ${record.structure()})) AS d FROM ${rows}`
  const apart = `SELECT ${place}, d IS NULL AS unreadable, ${tops.join(', ')} FROM (${parsed})`
  const taken = `SELECT ${place}, unreadable, ${values.join(', ')} FROM (${apart})`
  const routed = `SELECT *, ${[`CASE WHEN NOT unreadable THEN ${which} END AS s`, ...keys].join(', ')} FROM (${taken})`
  const mappedRows = `SELECT ${place}, unreadable, s, CAST(${column('address')} AS VARCHAR) AS address,
    ${[...fromRecord].map(([field, sql]) => `${sql} AS ${made(field)}`).join(',\n    ')} FROM (${routed})`
  const status = `CASE WHEN flag = 'blank' THEN 'blank' WHEN unreadable${one ? '' : ' OR s IS NULL'} THEN 'unreadable'
    WHEN ${made('@timestamp')} IS NULL THEN 'undated' ELSE 'event' END`
  const why = `CASE WHEN flag = 'blank' THEN NULL WHEN flag IS NOT NULL THEN flag WHEN unreadable THEN 'not a JSON object'
    ${one ? '' : `WHEN s IS NULL THEN 'no source of this file recognises it'`} END`
  const withAction = `SELECT *, lower(${made('event.action')}) AS act, ${addressOf('address')} AS ip, ${status} AS status
    FROM (${mappedRows})`
  const id = made('event.id')
  return `SELECT ${evidence}, status::status, status IN ('event', 'undated'),
    CASE WHEN ${id} IS NOT NULL THEN part::UBIGINT WHEN part IS NULL THEN hash(raw) ELSE hash(raw, part) END,
    ${stored.map((sql, index) => `${sql} AS ${identifier(storedFields[index] as string)}`).join(',\n    ')},
    line, "offset", length, ${why}, raw, document FROM (${withAction})`
}
