import { type DuckDBConnection, StatementType } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { SqlResult } from '../../contract/rpc'
import { plainValue } from './plain'

const refused = (why: string) =>
  new AppError('sql_refused', `${why} Write one SELECT on event or record; nothing in a case can be changed from here.`)

/** Runs one statement that only reads, and answers up to `limit` of its rows. */
export async function readOnly(connection: DuckDBConnection, text: string, limit: number): Promise<SqlResult> {
  const start = performance.now()
  // Whatever gets past the check below still cannot write.
  await connection.run('BEGIN TRANSACTION READ ONLY')
  try {
    const statement = await prepared(connection, text)
    const result = await statement.stream()
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

/** DuckDB's own parser says what a statement is; its words are not searched for. */
async function prepared(connection: DuckDBConnection, text: string) {
  const statements = await connection.extractStatements(text)
  if (statements.count === 0) throw refused('There is no statement.')
  if (statements.count > 1) throw refused(`These are ${statements.count} statements.`)
  const statement = await statements.prepare(0)
  const type = statement.statementType
  if (type !== StatementType.SELECT && type !== StatementType.EXPLAIN)
    throw refused(`This is a statement of the kind ${StatementType[type]}, and only reading is allowed.`)
  return statement
}

/** What DuckDB says of a statement is for its author; a wrong one is no bug of ours. */
function sqlError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || /^INTERRUPT/.test(error.message)) return error
  return new AppError('sql_refused', error.message)
}
