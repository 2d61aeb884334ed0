import type { DuckDBConnection } from '@duckdb/node-api'
import type { Source } from '../../contract/source'
import { rowsMove } from '../store/row-numbers'
import { identifier, text } from '../store/sql'

/**
 * Within the import's transaction: hides the requests whose response is in the case, whichever of the two files came first, and answers
 * how many of this evidence those are. The books of earlier evidence whose requests found their response only now are brought up to date.
 */
export async function pairUp(
  writer: DuckDBConnection,
  evidence: number,
  firstRow: number,
  sources: readonly Source[]
): Promise<number | undefined> {
  if (!sources.some(({ pair }) => pair)) return undefined
  for (const { id, pair } of sources) {
    if (!pair) continue
    const key = identifier(pair.key)
    const when = pair.when.startsWith('labels.')
      ? `json_extract_string(labels, ${text(`$.${JSON.stringify(pair.when.slice(7))}`)})`
      : `${identifier(pair.when)}::VARCHAR`
    const half = (value: string) => `SELECT rowid AS row, evidence, ${key} AS k FROM entry
      WHERE "event.dataset" = ${text(id)} AND shown AND ${when} = ${text(value)} AND ${key} IS NOT NULL`
    await writer.run(`CREATE OR REPLACE TEMP TABLE met AS
      SELECT q.row AS request, min(r.row) AS response FROM (${half(pair.request)}) q JOIN (${half(pair.response)}) r USING (k)
      WHERE q.evidence = ${evidence} OR r.evidence = ${evidence} GROUP BY ALL`)
    await writer.run('UPDATE entry SET shown = false WHERE rowid IN (SELECT request FROM met)')
    await writer.run('INSERT INTO paired SELECT request, response FROM met')
    await writer.run(`UPDATE evidence v SET ledger = json_merge_patch(ledger, json_object('paired', c.paired)) FROM (
      SELECT e.evidence, count(*) AS paired FROM paired JOIN entry e ON e.rowid = paired.request
      WHERE e.evidence IN (SELECT evidence FROM entry WHERE rowid IN (SELECT request FROM met)) GROUP BY ALL) c
      WHERE v.id = c.evidence`)
  }
  await writer.run('DROP TABLE IF EXISTS temp.met')
  const own = await writer.runAndReadAll(
    `SELECT count(*)::DOUBLE FROM paired JOIN entry e ON e.rowid = paired.request WHERE e.evidence = ${evidence}`
  )
  const moved = await rowsMove(writer, evidence, firstRow)
  for (const half of ['request', 'response'])
    await writer.run(
      `UPDATE paired SET ${half} = ${half} + (${moved}) WHERE ${half} IN (SELECT rowid FROM entry WHERE evidence = ${evidence})`
    )
  return own.getRows()[0]?.[0] as number
}
