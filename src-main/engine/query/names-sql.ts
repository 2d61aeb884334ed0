import type { Filter } from '../../contract/filter'
import type { IdCounts } from '../../contract/names'
import { type IdAsked, type IdField, idFieldNames, idFields, type NameOf } from '../../contract/names'
import { nameKey, nameKeySql } from '../store/names'
import { identifier, text } from '../store/sql'
import type { Bind } from './field-sql'
import { likePattern } from './like-pattern'
import { type Run, statement } from './statement'

const isUuid = `regexp_full_match(n.key, '[0-9a-f]{32}')`
const isNumber = `regexp_full_match(n.key, '[0-9]+')`

/** Whether a name in `name_of n` may be that of an id in the field: a UUID is of one thing, a number of as many as there are kinds. */
function fitsSql(field: IdField, type: string): string {
  const kind = idFields[field]
  return kind === 'any'
    ? `(${isUuid} OR NOT ${isNumber} OR n.kind = lower(${type}))`
    : `(${isUuid} OR n.kind IN (${text(kind)}, 'object'))`
}

function fits({ field, type }: IdAsked, key: string, kind: string): boolean {
  if (/^[0-9a-f]{32}$/.test(key)) return true
  const wanted = idFields[field]
  return wanted === 'any' ? !/^[0-9]+$/.test(key) || kind === type?.toLowerCase() : kind === wanted || kind === 'object'
}

/** What directories call these ids, in the order of the files: each name once per file. */
export async function namesAnswer(asked: readonly IdAsked[], run: Run): Promise<readonly (readonly NameOf[])[]> {
  const keys = [...new Set(asked.map(({ id }) => nameKey(id)))]
  if (keys.length === 0) return []
  const rows = await run(
    statement(
      (bind) => `SELECT n.key, n.kind, n.name, n.email, v.name AS file, v.sha256 AS evidence, n.record
        FROM name_of n JOIN evidence v ON v.id = n.evidence WHERE n.key IN (${keys.map(bind).join(', ')})
        ORDER BY n.evidence, n.record`
    )
  )
  const by = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) by.set(String(row['key']), [...(by.get(String(row['key'])) ?? []), row])
  return asked.map((one) => {
    const key = nameKey(one.id)
    const names = (by.get(key) ?? []).filter((row) => fits(one, key, String(row['kind'])))
    return [...new Map(names.map((row) => [`${row['name']}\n${row['evidence']}`, nameOf(row)])).values()]
  })
}

const nameOf = (row: Readonly<Record<string, unknown>>): NameOf => ({
  name: String(row['name']),
  ...(row['email'] === null || row['email'] === undefined ? {} : { email: String(row['email']) }),
  kind: String(row['kind']),
  file: String(row['file']),
  evidence: String(row['evidence']),
  record: Number(row['record'])
})

/** The field beside an id in which the log itself may name it. */
const besides = (field: IdField): string => identifier(field.replace(/\.id$/, '.name'))

/**
 * The ids of shown events. Named: all that a directory names. Else: those that stand without a name in their event, and that no
 * directory names.
 */
export async function idsAnswer(named: boolean, limit: number, offset: number, run: Run): Promise<IdCounts> {
  const fields = named ? idFieldNames : idFieldNames.filter((field) => field.endsWith('.id'))
  const typeOf = (field: IdField) => (idFields[field] === 'any' ? '"resource.type"' : 'NULL::VARCHAR')
  const counted = fields.map((field) => {
    const column = identifier(field)
    const bare = named ? '' : ` AND ${besides(field)} IS NULL`
    return `SELECT ${text(field)} AS field, ${column} AS id, ${typeOf(field)} AS type, count(*) AS n
      FROM entry WHERE shown AND ${column} IS NOT NULL${bare} GROUP BY ALL`
  })
  const fitting = fields.map((field) => `WHEN ${text(field)} THEN ${fitsSql(field, 'i.type')}`)
  const rows = await run(
    statement(
      (bind) => `WITH ids AS MATERIALIZED (SELECT *, ${nameKeySql('id')} AS key FROM (${counted.join(' UNION ALL ')})),
        told AS (SELECT * FROM ids i WHERE ${named ? '' : 'NOT '}EXISTS (
          SELECT 1 FROM name_of n WHERE n.key = i.key AND CASE i.field ${fitting.join(' ')} END))
        SELECT *, count(*) OVER () AS total FROM told ORDER BY n DESC, field, id, type
        LIMIT ${bind(BigInt(limit))} OFFSET ${bind(BigInt(offset))}`
    )
  )
  const ids = rows.map((row): IdAsked & { readonly events: number } => ({
    field: row['field'] as IdField,
    id: String(row['id']),
    ...(row['type'] === null || row['type'] === undefined ? {} : { type: String(row['type']) }),
    events: Number(row['n'])
  }))
  const names = named ? await namesAnswer(ids, run) : []
  return {
    total: Number(rows[0]?.['total'] ?? 0),
    ids: ids.map((one, index) => ({ ...one, names: names[index] ?? [] }))
  }
}

type Named = Extract<Filter, { kind: 'named' }>

/** Events that hold an id which a directory calls so, by name or e-mail address. */
export function namedSql({ pattern, field }: Named, bind: Bind): string {
  const bound = `lower(${bind(likePattern(pattern))}) ESCAPE '\\'`
  const called = `(lower(n.name) LIKE ${bound} OR lower(n.email) LIKE ${bound})`
  const dashed = `regexp_replace(n.key, '^(.{8})(.{4})(.{4})(.{4})', '\\1-\\2-\\3-\\4-')`
  // As logs may write a UUID; a list that a hash can be made of beats taking every id apart.
  const written = `unnest(CASE WHEN ${isUuid} THEN [n.key, upper(n.key), ${dashed}, upper(${dashed})] ELSE [n.id] END)`
  const of = (field: IdField) => {
    const column = identifier(field)
    if (idFields[field] !== 'any')
      return `${column} IN (SELECT ${written} FROM name_of n WHERE ${called} AND ${fitsSql(field, 'NULL')})`
    const numbers = `SELECT n.id, n.kind FROM name_of n WHERE ${called} AND ${isNumber} AND NOT ${isUuid}`
    return `${column} IN (SELECT ${written} FROM name_of n WHERE ${called} AND (${isUuid} OR NOT ${isNumber}))
      OR (${column}, lower("resource.type")) IN (${numbers})`
  }
  return (field ? [field] : idFieldNames).map((one) => `(${of(one)})`).join(' OR ')
}
