import type { DuckDBConnection } from '@duckdb/node-api'
import type { EvidenceBytes, EvidenceWindow, RecordRow, RecordStatus } from '../../contract/evidence'
import type { Evidence } from '../store/case'
import { text } from '../store/sql'

/** Of a record that is longer, the beginning is shown. */
const longest = 64 << 10

export interface RecordsAsked {
  readonly status?: RecordStatus
  readonly limit: number
  readonly offset: number
}

/** Records of a directory, with their text as it lies in the evidence. */
export async function directoryRecords(
  connection: DuckDBConnection,
  { id, sha256, name }: Evidence,
  { status, limit, offset }: RecordsAsked,
  look: (window: EvidenceWindow) => Promise<EvidenceBytes>
): Promise<readonly RecordRow[]> {
  const found = await connection.runAndReadAll(
    `SELECT record::DOUBLE, status, why, line::DOUBLE, "offset"::DOUBLE, length::DOUBLE FROM directory WHERE evidence = ${id}
     ${status ? `AND status = ${text(status)}` : ''} ORDER BY record LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`
  )
  type Row = [record: number, status: RecordStatus, why: string | null, line: number, at: number, length: number]
  const rows: RecordRow[] = []
  for (const [record, of, why, line, at, length] of found.getRows() as Row[]) {
    const seen = await look({ evidence: sha256, at: { offset: at }, length: Math.min(length, longest) })
    rows.push({
      _id: `${sha256.slice(0, 12)}-${record}`,
      status: of,
      place: { evidence: sha256, name, record, line, offset: at, length },
      text: new TextDecoder(seen.encoding).decode(Buffer.from(seen.bytes, 'base64')),
      ...(why === null ? {} : { why })
    })
  }
  return rows
}
