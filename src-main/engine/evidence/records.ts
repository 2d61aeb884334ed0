import type { DuckDBConnection } from '@duckdb/node-api'
import type { RecordRow } from '../../contract/evidence'
import type { Evidence } from '../store/case'
import { text } from '../store/sql'
import type { RecordsAsked } from './directory-records'
import { placeOf } from './place'

/** Records of a log, with their text and place. */
export async function logRecords(
  connection: DuckDBConnection,
  evidence: Evidence,
  { status, limit, offset }: RecordsAsked
): Promise<readonly RecordRow[]> {
  const found = await connection.runAndReadAll(
    `SELECT rowid::DOUBLE, status::VARCHAR, raw, why FROM entry WHERE evidence = ${evidence.id}
     ${status ? `AND status = ${text(status)}` : ''} ORDER BY rowid LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`
  )
  const rows: RecordRow[] = []
  for (const [row, of, raw, why] of found.getRows() as [number, RecordRow['status'], string, string | null][]) {
    const place = await placeOf(connection, evidence, row)
    const _id = `${evidence.sha256.slice(0, 12)}-${place.record}`
    rows.push({ _id, status: of, place, text: raw, ...(why === null ? {} : { why }) })
  }
  return rows
}
