import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { SqlResult } from '../../contract/sql-result'
import { plainValue } from './plain'
import { onlyReading } from './sql-check'
import { sqlFault } from './sql-fault'

/** An answer is held whole, here and in the window: this many characters of it at most. */
const mostText = 32_000_000

/** Runs one statement that only reads, and answers up to `limit` of its rows. One that takes `mostMemory` bytes more than there were is ended. */
export async function readOnly(
  connection: DuckDBConnection,
  text: string,
  limit: number,
  mostMemory = 4_000_000_000
): Promise<SqlResult> {
  const start = performance.now()
  const watch = watchMemory(connection, mostMemory)
  // Whatever gets past the check below still cannot write a table.
  await connection.run('BEGIN TRANSACTION READ ONLY')
  try {
    const result = await connection.stream(await onlyReading(connection, text))
    const columns = result
      .deduplicatedColumnNames()
      .map((name, index) => ({ name, type: result.columnType(index).toString() }))
    const rows: unknown[][] = []
    let size = 0
    reading: while (rows.length <= limit && size <= mostText) {
      const chunk = await result.fetchChunk()
      if (!chunk || chunk.rowCount === 0) break
      for (let at = 0; at < chunk.rowCount; at++) {
        const row = chunk.getRowValues(at).map(plainValue)
        size += row.reduce((sum: number, value) => sum + sizeOf(value), 0)
        if (rows.push(row) > limit || size > mostText) break reading
      }
    }
    const cut = size > mostText && rows.length <= limit
    return {
      columns,
      rows: rows.slice(0, limit),
      more: rows.length > limit || cut,
      ...(cut && { cut: true as const }),
      seconds: (performance.now() - start) / 1000
    }
  } catch (error) {
    throw watch.exceeded ? tooMuch(mostMemory) : sqlFault(text, error)
  } finally {
    watch.end()
    await connection.run('ROLLBACK')
  }
}

const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : typeof value === 'object' ? (JSON.stringify(value)?.length ?? 0) : 8

const tooMuch = (bytes: number) =>
  new AppError(
    'sql_refused',
    `The statement took more than ${bytes / 1e9} GB of memory and was ended. Narrow it with WHERE or LIMIT.`
  )

/** What functions build, such as one endless list, is not in DuckDB's own count of memory. */
function watchMemory(connection: DuckDBConnection, most: number) {
  const before = process.memoryUsage.rss()
  const watch = { exceeded: false, end: () => clearInterval(timer) }
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() - before < most) return
    watch.exceeded = true
    connection.interrupt()
  }, 100)
  return watch
}
