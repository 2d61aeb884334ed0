import type { Filter } from '../../contract/filter'
import { duckdb } from './dialect'
import { eventField } from './field-sql'
import { type Listing, listingSql, orderSql } from './listing-sql'
import { type Piece, piecePage, piecesOf, usualSize } from './pieces'
import { type Run, statement } from './statement'

/** So many listings are remembered, and where their pieces stand. */
const most = 40
/** Of more events than these, the newest are looked through first. */
const newestEvents = 200_000

/**
 * The rows of long listings at any place. Sorting all that stands before a page would take the longer the deeper it lies; so the events
 * are counted once, piece by piece, and then only the piece a page lies in is sorted.
 */
export class DeepRows {
  private readonly pieces = new Map<string, Promise<readonly Piece[]>>()
  /** The order of events by what stands in their records, which takes long to read: of one listing, in blocks of `size` rows. */
  private sorted: { readonly name: string; readonly blocks: Promise<readonly string[]> } | undefined
  private since: Promise<bigint | null> | undefined
  private readonly size: number
  private readonly newest: number

  constructor(size = usualSize, newest = newestEvents) {
    this.size = size
    this.newest = newest
  }

  /** The case is no longer what it was; or only what filters of a `kind` find is not. */
  forget(kind?: Filter['kind']): void {
    const old = (name: string) => kind === undefined || name.includes(`"kind":"${kind}"`)
    for (const name of this.pieces.keys()) if (old(name)) this.pieces.delete(name)
    if (this.sorted && old(this.sorted.name)) this.sorted = undefined
    if (kind === undefined) this.since = undefined
  }

  async rowsAt(listing: Listing, offset: number, limit: number, run: Run): Promise<readonly number[]> {
    const name = JSON.stringify(listing)
    const whole: Piece = { listing, where: [], name, settled: 0, count: Number.POSITIVE_INFINITY }
    if (offset + limit <= this.size) return this.firstRows(whole, offset, limit, run)
    if (limit > this.size) return rowsOf(whole, offset, limit, run)
    if (!eventField(listing.sort.field)) return this.sortedRows(name, listing, offset, limit, run)
    return this.page(whole, offset, limit, run)
  }

  /** The first of all are found by keeping the best ones while all are read; the newest are nearly always among the newest of the case. */
  private async firstRows(whole: Piece, offset: number, limit: number, run: Run): Promise<readonly number[]> {
    const { field, descending } = whole.listing.sort
    const since = field === '@timestamp' && descending ? await this.recent(run) : null
    if (since === null) return rowsOf(whole, offset, limit, run)
    const newest: Piece = { ...whole, where: [(bind) => `t >= ${duckdb.instant(bind(since))}`] }
    const rows = await rowsOf(newest, offset, limit, run)
    return rows.length === limit ? rows : rowsOf(whole, offset, limit, run)
  }

  /** The time since which so many events came that most listings begin with some of them; null where there are not many more. */
  private async recent(run: Run): Promise<bigint | null> {
    this.since ??= run({
      sql: `SELECT epoch_us("@timestamp") AS t FROM entry WHERE shown AND "@timestamp" IS NOT NULL ORDER BY "@timestamp" DESC
        LIMIT 1 OFFSET ${this.newest}`,
      values: []
    }).then(([row]) => (row ? BigInt(row['t'] as number | string) : null))
    const asked = this.since
    // Who asked first may have given up: the next one asks again.
    return asked.catch(() => {
      if (this.since === asked) this.since = undefined
      return null
    })
  }

  private async page(piece: Piece, offset: number, limit: number, run: Run): Promise<readonly number[]> {
    const rows: number[] = []
    let before = 0
    for (const known of await this.piecesIn(piece, run)) {
      // The filter as it is resolved now: what words stood for when the piece was counted may have been let go.
      const each = { ...known, listing: piece.listing }
      const first = Math.max(0, offset - before)
      const wanted = Math.min(limit - rows.length, each.count - first)
      before += each.count
      if (wanted <= 0) continue
      const isShort = each.last || each.count <= 4 * this.size || first + wanted <= this.size
      rows.push(...(await (isShort ? rowsOf(each, first, wanted, run) : this.page(each, first, wanted, run))))
      if (rows.length >= limit) break
    }
    return rows
  }

  private piecesIn(piece: Piece, run: Run): Promise<readonly Piece[]> {
    return remembered(this.pieces, piece.name, () => piecesOf(piece, run, this.size))
  }

  private async sortedRows(name: string, listing: Listing, offset: number, limit: number, run: Run) {
    const known = this.sorted?.name === name ? await this.sorted.blocks.catch(() => undefined) : undefined
    const blocks = known ?? (await this.sort(name, listing, run))
    const first = Math.floor(offset / this.size)
    const last = Math.floor((offset + limit - 1) / this.size)
    return blocks
      .slice(first, last + 1)
      .flatMap((block) => block.split(',').map(Number))
      .slice(offset - first * this.size, offset - first * this.size + limit)
  }

  private sort(name: string, listing: Listing, run: Run): Promise<readonly string[]> {
    const blocks = run(
      statement(
        (bind) => `SELECT string_agg(CAST(row AS VARCHAR), ',' ORDER BY place) AS rows FROM (
          SELECT row, row_number() OVER (ORDER BY ${orderSql(listing.sort)}) AS place FROM ${listingSql(listing, bind)})
        GROUP BY (place - 1) // ${this.size} ORDER BY min(place)`
      )
    ).then((rows) => rows.map((row) => String(row['rows'])))
    this.sorted = { name, blocks }
    return blocks
  }
}

const rowsOf = async (piece: Piece, offset: number, limit: number, run: Run): Promise<readonly number[]> =>
  (await run(piecePage(piece, offset, limit))).map((row) => row['row'] as number)

/** What was found once; not if it failed, for then whoever asked may have been cancelled. */
async function remembered<T>(known: Map<string, Promise<T>>, name: string, find: () => Promise<T>): Promise<T> {
  const before = known.get(name)
  if (before) {
    const found = await before.catch(() => undefined)
    if (found !== undefined) return found
  }
  const finding = find()
  known.delete(name)
  known.set(name, finding)
  for (const oldest of known.keys()) if (known.size > most) known.delete(oldest)
  finding.catch(() => known.get(name) === finding && known.delete(name))
  return finding
}
