import { setTimeout as pause } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'

/**
 * Files of which the case shows what has come so far. Their rows are committed, the last of all, and are taken out again unless the rest
 * comes: `coming` names their evidence for as long as that may be necessary.
 */
export const comingTables = `CREATE TABLE IF NOT EXISTS coming (evidence INTEGER NOT NULL);
`

/** Takes out of the case whatever came of files whose import did not end. */
export async function takeOut(writer: DuckDBConnection): Promise<void> {
  await writer.run(`BEGIN;
    DELETE FROM entry WHERE evidence IN (FROM coming);
    DELETE FROM stretch WHERE evidence IN (FROM coming);
    DELETE FROM evidence WHERE id IN (FROM coming);
    UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'revision';
    COMMIT;`)
}

/** Takes out of a case that is being opened what an import left that was killed half way; answers the files. */
export async function takeOutUnfinished(writer: DuckDBConnection): Promise<readonly string[]> {
  const found = await writer.runAndReadAll('SELECT path FROM evidence WHERE id IN (FROM coming)')
  const files = found.getRows().map(([path]) => path as string)
  if (files.length) await takeOut(writer)
  await closeGap(writer, 10_000)
  return files
}

/**
 * Closes the gap that rows leave which were taken out. DuckDB does so by itself some time, and what stands behind the gap then gets other
 * row numbers, by which everything is found; so nothing may be added before. While somebody reads the case it cannot be done, and is
 * tried again for so long (ms). Answers whether there is no gap.
 */
export async function closeGap(writer: DuckDBConnection, patience: number): Promise<boolean> {
  const left = await writer.runAndReadAll('SELECT min(evidence) FROM coming')
  const evidence = left.getRows()[0]?.[0]
  if (evidence === null) return true
  for (const until = performance.now() + patience; ; await pause(50)) {
    try {
      await writer.run('CHECKPOINT')
      if (await endsWithLastRow(writer)) {
        await writer.run('DELETE FROM coming')
        return true
      }
      // A table in which nothing changed since the last checkpoint is passed over by the next.
      await writer.run(
        `INSERT INTO entry (evidence) VALUES (${evidence}); DELETE FROM entry WHERE evidence = ${evidence}`
      )
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('Cannot CHECKPOINT')) throw error
    }
    if (performance.now() > until) return false
  }
}

/** Whether the next row gets the number behind the last. */
async function endsWithLastRow(writer: DuckDBConnection): Promise<boolean> {
  const found = await writer.runAndReadAll(
    `SELECT estimated_size = (SELECT coalesce(max(rowid) + 1, 0) FROM entry) FROM duckdb_tables() WHERE table_name = 'entry' AND database_name = current_database()`
  )
  return found.getRows()[0]?.[0] as boolean
}
