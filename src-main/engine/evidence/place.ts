import type { DuckDBConnection } from '@duckdb/node-api'
import type { Place } from '../../contract/evidence'
import type { Evidence } from '../store/case'

/** Where records stand in their evidence: as stored, or counted on from the last place noted before them. */
export async function placeOf(connection: DuckDBConnection, evidence: Evidence, row: number): Promise<Place> {
  const base = { evidence: evidence.sha256, name: evidence.name, record: row - evidence.firstRow + 1 }
  const stored = await connection.runAndReadAll(
    `SELECT line::DOUBLE, "offset"::DOUBLE, length::DOUBLE FROM entry WHERE rowid = ${row}`
  )
  const [line, offset, length] = stored.getRows()[0] as [number | null, number | null, number]
  if (line !== null && offset !== null) return { ...base, line, offset, length }
  const number = row - evidence.firstRow
  const noted = await connection.runAndReadAll(
    `SELECT record::DOUBLE, line::DOUBLE, "offset"::DOUBLE FROM stretch WHERE evidence = ${evidence.id} AND record <= ${number}
     ORDER BY record DESC LIMIT 1`
  )
  const [from, fromLine, fromOffset] = noted.getRows()[0] as [number, number, number]
  const between = await connection.runAndReadAll(
    `SELECT coalesce(sum(length + 1), 0)::DOUBLE FROM entry WHERE rowid >= ${evidence.firstRow + from} AND rowid < ${row}`
  )
  return {
    ...base,
    line: fromLine + number - from,
    offset: fromOffset + (between.getRows()[0]?.[0] as number),
    length
  }
}
