import type { Filter } from '../../contract/filter'
import { filterSql } from './filter-sql'
import { type Run, statement } from './statement'

/** Rows that are searched at once: from one row number to another, both included. */
export interface Piece {
  readonly first: number
  readonly last: number
}

/** Half a row group of DuckDB: small enough that the first events are there at once, large enough to cost nothing by its number. */
const pieceRows = 61_440

/** The rows that may pass a filter, in pieces: those with the newest events first, for those are what is looked at first. */
export async function newestPieces(filter: Filter, run: Run): Promise<Piece[]> {
  const rows = await run(
    statement(
      (
        bind
      ) => `SELECT rowid // ${pieceRows} AS piece, max(rowid) AS last FROM entry WHERE shown AND (${filterSql(filter, bind)})
      GROUP BY 1 ORDER BY max("@timestamp") DESC NULLS LAST, 1`
    )
  )
  return rows.map(({ piece, last }) => ({ first: (piece as number) * pieceRows, last: last as number }))
}

/** The rows of these pieces. */
export const within = (pieces: readonly Piece[]): string =>
  pieces.length === 0 ? 'FALSE' : pieces.map(({ first, last }) => `rowid BETWEEN ${first} AND ${last}`).join(' OR ')
