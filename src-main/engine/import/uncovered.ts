import type { DuckDBConnection } from '@duckdb/node-api'
import { comparable, key } from './duplicates'

/**
 * Within the transaction in which an evidence was read again: shows those duplicates of what it held before (table `uncovered`) that
 * nothing in the case covers any more, and corrects the books of the files they stand in.
 */
export async function showUncovered(writer: DuckDBConnection): Promise<void> {
  // Differing white space is not differing content.
  const content = `coalesce(hash(TRY(json(raw))::VARCHAR), hash(raw))`
  // The rows read just now have other numbers yet than those that pairs name them by.
  const numbered = `(SELECT id, first_row - begins AS move FROM evidence JOIN (SELECT evidence AS of, min(rowid) AS begins FROM entry GROUP BY ALL) ON of = id)`
  await writer.run(`CREATE OR REPLACE TEMP TABLE free AS
    SELECT entry.rowid AS row, evidence, shown, ${key} AS k, ${content} AS c FROM entry JOIN ${numbered} ON id = evidence
    WHERE ${comparable} AND ${key} IN (SELECT k FROM uncovered) AND entry.rowid + move NOT IN (SELECT request FROM paired)`)
  await writer.run(`CREATE OR REPLACE TEMP TABLE bared AS SELECT min(row) AS row, arg_min(evidence, row) AS evidence FROM free
    GROUP BY k, c HAVING NOT bool_or(shown)`)
  await writer.run('UPDATE entry SET shown = true WHERE rowid IN (SELECT row FROM bared)')
  await writer.run(`UPDATE evidence v SET ledger = json_merge_patch(ledger, json_object('duplicates', (ledger->>'duplicates')::BIGINT - b.bared))
    FROM (SELECT evidence, count(*) AS bared FROM bared GROUP BY ALL) b WHERE v.id = b.evidence`)
  for (const table of ['free', 'bared', 'uncovered']) await writer.run(`DROP TABLE IF EXISTS temp.${table}`)
}
