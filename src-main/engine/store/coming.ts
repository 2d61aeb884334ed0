import { setTimeout as pause } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { transaction } from './transactions'

/**
 * Files of which the case shows what has come so far. Their rows are committed, the last of all, and are taken out again unless the rest
 * comes: `coming` names their evidence for as long as that may be necessary. `came` keeps what they were called by meanwhile, beside the
 * SHA-256 they turned out to have: so records were named in marks, in links and in the chain of custody.
 */
export const comingTables = `CREATE TABLE IF NOT EXISTS coming (evidence INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS came (was VARCHAR NOT NULL, sha256 VARCHAR NOT NULL);
`

/** Takes out of the case whatever came of files whose import did not end. */
export async function takeOut(writer: DuckDBConnection): Promise<void> {
  const all = `DELETE FROM entry WHERE evidence IN (FROM coming);
    DELETE FROM stretch WHERE evidence IN (FROM coming);
    DELETE FROM evidence WHERE id IN (FROM coming);
    UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'revision'`
  await transaction(writer, () => writer.run(all))
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
 * tried again for so long (ms), or until that is `canceled`. Answers whether there is no gap.
 */
export async function closeGap(
  writer: DuckDBConnection,
  patience: number,
  canceled: () => boolean = () => false
): Promise<boolean> {
  const left = await writer.runAndReadAll('SELECT min(evidence) FROM coming')
  const evidence = left.getRows()[0]?.[0]
  if (evidence === null) return true
  const closed = async () => (await checkpointed(writer)) && (await isWithoutGap(writer))
  for (const until = performance.now() + patience; ; await pause(50)) {
    const done = (await closed()) || (await pushed(writer, evidence as number, closed))
    if (done)
      await writer.run(`BEGIN; UPDATE entry SET evidence = 0 WHERE evidence = ${evidence}; DELETE FROM coming; COMMIT`)
    if (done || canceled() || performance.now() > until) return done
  }
}

/**
 * Has DuckDB close a gap that it passes over: it looks only at what changed since the last checkpoint, so a row that is no record comes
 * behind it. That one stays, of no evidence.
 */
async function pushed(writer: DuckDBConnection, evidence: number, closed: () => Promise<boolean>): Promise<boolean> {
  await writer.run(`DELETE FROM entry WHERE evidence = ${evidence};
    INSERT INTO entry (evidence, status, shown, raw, length) VALUES (${evidence}, 'blank', false, '', 0)`)
  return closed()
}

async function checkpointed(writer: DuckDBConnection): Promise<boolean> {
  try {
    await writer.run('CHECKPOINT')
    return true
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('Cannot CHECKPOINT')) throw error
    return false
  }
}

/** Whether DuckDB holds no other rows than those that are there. */
async function isWithoutGap(writer: DuckDBConnection): Promise<boolean> {
  const found = await writer.runAndReadAll(
    `SELECT estimated_size = (SELECT count(*) FROM entry) FROM duckdb_tables()
     WHERE table_name = 'entry' AND database_name = current_database()`
  )
  return found.getRows()[0]?.[0] as boolean
}
