import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import { syntaxFault } from './sql-fault'

const refused = (why: string) =>
  new AppError('sql_refused', `${why} Write one SELECT on event or record; nothing in a case can be changed from here.`)

/** What DuckDB's parser makes of a text, without binding it: binding alone can already act (COPY opens its file, IMPORT runs one). */
interface Parsed {
  readonly error: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly position?: string
  readonly statements?: readonly unknown[]
}

const gap = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)`
const explain = new RegExp(
  String.raw`^${gap}*explain\b(?:${gap}*\(${gap}*analyze${gap}*,${gap}*format${gap}+json${gap}*\)|(${gap}+analyze\b)|(?!${gap}*\())`,
  'i'
)

/** The statement to run: one SELECT that reads nothing but the case's tables, or the plan of one. */
export async function onlyReading(connection: DuckDBConnection, text: string): Promise<string> {
  const asked = explain.exec(text)
  const select = asked ? text.slice(asked[0].length) : text
  const parsed = await parse(connection, select)
  if (parsed.error_type === 'parser') throw syntaxFault(text, parsed, text.length - select.length)
  if (parsed.error) throw refused('This is no SELECT, and only reading is allowed.')
  const { statements = [] } = parsed
  if (statements.length === 0) throw refused('There is no statement.')
  if (statements.length > 1) throw refused(`These are ${statements.length} statements.`)
  for (const node of nodes(statements)) {
    if (node.type === 'TABLE_FUNCTION') {
      const name = String(node.function?.function_name)
      if (!reading.test(name)) throw refused(`${name}() does more than read the case, or could.`)
    }
    if (node.type === 'BASE_TABLE' && !(await isTable(connection, node)))
      throw refused(
        `${[node.schema_name, node.table_name].filter(Boolean).join('.')} is no table, and no file is read.`
      )
  }
  return text
}

/** Whether a statement reads tables of the case, and not only what the database says of itself. */
export async function readsTables(connection: DuckDBConnection, text: string): Promise<boolean> {
  const { statements = [] } = await parse(connection, text)
  return [...nodes(statements)].some(({ type }) => type === 'BASE_TABLE')
}

async function parse(connection: DuckDBConnection, text: string): Promise<Parsed> {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)::VARCHAR', [text])
  return JSON.parse(reader.getRows()[0]?.[0] as string)
}

// Some table functions act: enable_profiling(save_location = …) writes a file; others read one. So the ones known to do neither are
// named, and no other is run. The case's folder, which DuckDB itself may reach, is thereby out of reach of an analyst's SQL.
const reading = new RegExp(
  `^(${[
    'range|generate_series|unnest|repeat|repeat_row|json_each|json_tree|histogram|histogram_values|summary',
    'pg_timezone_names|duckdb_\\w+|pragma_(table_info|version|show|database_size|storage_info|collations|platform)'
  ].join('|')})$`,
  'i'
)

interface Node {
  readonly type?: unknown
  readonly function?: { readonly function_name?: unknown }
  readonly catalog_name?: string
  readonly schema_name?: string
  readonly table_name?: string
}

/** All nodes of a parsed statement, however deep they stand. */
function* nodes(node: unknown): Generator<Node> {
  if (node === null || typeof node !== 'object') return
  yield node as Node
  for (const value of Object.values(node)) yield* nodes(value)
}

/** DuckDB takes a name that is no table for a file where it has a dot or a slash: `FROM 'x.csv'`, `FROM data.json`. */
async function isTable(connection: DuckDBConnection, { catalog_name, schema_name, table_name = '' }: Node) {
  // A table, or what WITH calls so: no file.
  if (!catalog_name && !schema_name && /^[\p{L}\p{N}_ $-]+$/u.test(table_name)) return true
  const known = 'SELECT table_name AS name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()'
  const reader = await connection.runAndReadAll(`SELECT 1 FROM (${known}) WHERE lower(name) = lower($1) LIMIT 1`, [
    table_name
  ])
  return reader.currentRowCount > 0
}
