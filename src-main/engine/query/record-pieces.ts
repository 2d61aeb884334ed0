import type { Filter } from '../../contract/filter'
import { periodOf } from '../../contract/period'
import type { Run } from './statement'

/** Rows that are searched at once: from one row number to another, both included. */
export interface Piece {
  readonly first: number
  readonly last: number
}

/** And when their events were, in microseconds since 1970; null where none has a time. */
export interface DatedPiece extends Piece {
  readonly oldest: number | null
  readonly newest: number | null
}

/** A row group of DuckDB: small enough that the first events are there at once, and none is read twice. */
export const pieceRows = 122_880

/** The shown records of the case in pieces: those with the newest events first, for those are what is looked at first. */
export async function newestPieces(run: Run): Promise<DatedPiece[]> {
  const rows = await run({
    sql: `SELECT rowid // ${pieceRows} AS piece, max(rowid) AS last, epoch_us(min("@timestamp")) AS oldest,
      epoch_us(max("@timestamp")) AS newest FROM entry WHERE shown GROUP BY 1 ORDER BY newest DESC NULLS LAST, 1`,
    values: []
  })
  return rows.map(({ piece, last, oldest, newest }) => ({
    first: (piece as number) * pieceRows,
    last: last as number,
    oldest: oldest as number | null,
    newest: newest as number | null
  }))
}

/** The pieces in which events may pass a filter, by the time it asks for. */
export function piecesWithin(pieces: readonly DatedPiece[], filter: Filter): readonly Piece[] {
  const { from, to } = times(filter, pieces[0]?.newest ?? 0)
  if (from === undefined && to === undefined) return pieces
  return pieces.filter(
    ({ oldest, newest }) => newest !== null && oldest !== null && newest >= (from ?? newest) && oldest <= (to ?? oldest)
  )
}

/** The rows of these pieces. */
export const within = (pieces: readonly Piece[]): string =>
  pieces.length === 0 ? 'FALSE' : pieces.map(({ first, last }) => `rowid BETWEEN ${first} AND ${last}`).join(' OR ')

/** Bounds of time, both included, in microseconds since 1970. */
interface Bounds {
  readonly from?: number
  readonly to?: number
}

const units = { minutes: 60e6, hours: 3600e6, days: 86_400e6 } as const

/** A stretch of time outside of which nothing passes the filter. */
function times(filter: Filter, newest: number): Bounds {
  if (filter.kind === 'last') return { from: newest - Math.round(filter.amount) * units[filter.unit] }
  if (filter.kind === 'range' && filter.field === '@timestamp') {
    const [from, to] = [filter.from, filter.to].map((bound) =>
      bound === undefined ? undefined : periodOf(String(bound))?.from
    )
    return { ...(from !== undefined && { from: Number(from) }), ...(to !== undefined && { to: Number(to) }) }
  }
  if (filter.kind !== 'and') return {}
  return filter.of
    .map((one) => times(one, newest))
    .reduce((a, b) => {
      const from = Math.max(a.from ?? b.from ?? Number.NaN, b.from ?? a.from ?? Number.NaN)
      const to = Math.min(a.to ?? b.to ?? Number.NaN, b.to ?? a.to ?? Number.NaN)
      return { ...(!Number.isNaN(from) && { from }), ...(!Number.isNaN(to) && { to }) }
    }, {})
}
