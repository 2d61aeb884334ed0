import type { DuckDBConnection } from '@duckdb/node-api'

/**
 * What is to be added to the row numbers of an evidence, so that they are those it will have: until the transaction that inserts its rows
 * has ended, they have others. A number that is kept in another table must be this one.
 */
export async function rowsMove(writer: DuckDBConnection, evidence: number, firstRow: number): Promise<bigint> {
  const now = await writer.runAndReadAll(`SELECT min(rowid) FROM entry WHERE evidence = ${evidence}`)
  return BigInt(firstRow) - (now.getRows()[0]?.[0] as bigint)
}
