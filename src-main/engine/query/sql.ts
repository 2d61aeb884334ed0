import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { SqlResult } from '../../contract/rpc'
import { plainValue } from './plain'

const refused = (why: string) =>
  new AppError('sql_refused', `${why} Write one SELECT on event or record; nothing in a case can be changed from here.`)

/** Runs one statement that only reads, and answers up to `limit` of its rows. */
export async function readOnly(connection: DuckDBConnection, text: string, limit: number): Promise<SqlResult> {
  const start = performance.now()
  // Whatever gets past the check below still cannot write a table.
  await connection.run('BEGIN TRANSACTION READ ONLY')
  try {
    const result = await connection.stream(await onlyReading(connection, text))
    const columns = result
      .deduplicatedColumnNames()
      .map((name, index) => ({ name, type: result.columnType(index).toString() }))
    const rows: unknown[][] = []
    while (rows.length <= limit) {
      const chunk = await result.fetchChunk()
      if (!chunk || chunk.rowCount === 0) break
      for (const row of chunk.getRows()) if (rows.push(row.map(plainValue)) > limit) break
    }
    return {
      columns,
      rows: rows.slice(0, limit),
      more: rows.length > limit,
      seconds: (performance.now() - start) / 1000
    }
  } catch (error) {
    throw sqlError(error)
  } finally {
    await connection.run('ROLLBACK')
  }
}

/** What DuckDB's parser makes of a text, without binding it: binding alone can already act (COPY opens its file, IMPORT runs one). */
interface Parsed {
  readonly error: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly statements?: readonly unknown[]
}

const gap = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)`
const explain = new RegExp(`^${gap}*explain\\b(${gap}+analyze\\b)?`, 'i')

/** The statement to run: one SELECT, or the plan of one. */
async function onlyReading(connection: DuckDBConnection, text: string): Promise<string> {
  const asked = explain.exec(text)
  const select = asked ? text.slice(asked[0].length) : text
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)::VARCHAR', [select])
  const parsed = JSON.parse(reader.getRows()[0]?.[0] as string) as Parsed
  if (parsed.error_type === 'parser') throw new AppError('sql_refused', parsed.error_message ?? 'A syntax error.')
  if (parsed.error) throw refused('This is no SELECT, and only reading is allowed.')
  const { statements = [] } = parsed
  if (statements.length === 0) throw refused('There is no statement.')
  if (statements.length > 1) throw refused(`These are ${statements.length} statements.`)
  for (const name of tableFunctions(statements)) {
    if (!reading.test(name)) throw refused(`${name}() does more than read, or could.`)
  }
  return asked ? `EXPLAIN${asked[1] ? ' ANALYZE' : ''} ${select}` : text
}

// Some table functions act: enable_profiling(save_location = …) writes a file. So the ones known to read are named, and no other is run.
const reading = new RegExp(
  `^(${[
    'range|generate_series|unnest|repeat|repeat_row|json_each|json_tree|histogram|histogram_values|summary|query_table',
    'read_(csv|csv_auto|json|json_auto|json_objects|json_objects_auto|ndjson|ndjson_auto|ndjson_objects|text|blob|parquet)',
    'glob|sniff_csv|parquet_(scan|metadata|schema|file_metadata|kv_metadata|full_metadata)|pg_timezone_names',
    'duckdb_\\w+|pragma_(table_info|version|show|database_size|storage_info|collations|platform)'
  ].join('|')})$`,
  'i'
)

/** The names of all table functions of a statement, however deep they stand. */
function* tableFunctions(node: unknown): Generator<string> {
  if (node === null || typeof node !== 'object') return
  const { type, function: call } = node as { type?: unknown; function?: { function_name?: unknown } }
  if (type === 'TABLE_FUNCTION') yield String(call?.function_name)
  for (const value of Object.values(node)) yield* tableFunctions(value)
}

/** What DuckDB says of a statement is for its author; a wrong one is no bug of ours. */
function sqlError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || /^INTERRUPT/.test(error.message)) return error
  return new AppError('sql_refused', error.message)
}
