import type { Value } from '../../contract/event'
import { duckdb } from './dialect'
import type { Bind } from './field-sql'
import { type Listing, listingSql, orderSql, sortKeys, timeDescends } from './listing-sql'
import { type Run, type Statement, statement } from './statement'

type Where = (bind: Bind) => string

/** Events of a listing that stand together in it, and by what they are told apart next. */
export interface Piece {
  readonly listing: Listing
  /** Conditions on the columns of `listingSql`. */
  readonly where: readonly Where[]
  /** Tells this piece from others of the listing. */
  readonly name: string
  /** How many of the sort keys have one value in all of it; then come time and, at the same time, the row. */
  readonly settled: number
  readonly count: number
  /** Nothing tells its events apart any further. */
  readonly last?: true
}

/** Sizes that keep a page fast: a piece of so many rows is sorted in milliseconds. */
export const usualSize = 5_000
const timeSlots = 4096n
const rowsTogether = 16_384

const from = ({ listing, where }: Piece, bind: Bind): string => {
  const conditions = where.map((each) => each(bind))
  return `${listingSql(listing, bind)}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`
}
const counted = (select: string, piece: Piece, rest: string): Statement =>
  statement((bind) => `SELECT ${select} FROM ${from(piece, bind)} ${rest}`)

/** The rows of a piece from one on. */
export const piecePage = (piece: Piece, offset: number, limit: number): Statement =>
  statement(
    (bind) => `SELECT row FROM ${from(piece, bind)} ORDER BY ${orderSql(piece.listing.sort)}
      LIMIT ${bind(BigInt(limit))} OFFSET ${bind(BigInt(offset))}`
  )

/** The pieces that a piece consists of, in their order. */
export async function piecesOf(piece: Piece, run: Run, size = usualSize): Promise<readonly Piece[]> {
  const keys = sortKeys(piece.listing.sort).length
  if (piece.settled < keys) return byValue(piece, run, size)
  return piece.settled === keys ? byTime(piece, run, size) : byRow(piece, run)
}

const part = (piece: Piece, name: string, where: Where, count: number, settles = 0): Piece => ({
  ...piece,
  name: `${piece.name} ${name}`,
  where: [...piece.where, where],
  settled: piece.settled + settles,
  count
})

/** A value that many events have is a piece of its own; the others are cut after about `size` events. */
async function byValue(piece: Piece, run: Run, size: number): Promise<readonly Piece[]> {
  const key = sortKeys(piece.listing.sort)[piece.settled]
  if (!key) return [piece]
  const { name, descending, bound } = key
  const rows = await run(
    statement(
      (bind) => `WITH counted AS MATERIALIZED (SELECT ${name} AS k, count(*) AS n FROM ${from(piece, bind)} GROUP BY 1),
        summed AS (SELECT k, n, (sum(n) OVER (ORDER BY k ${descending ? 'DESC' : 'ASC'}))::BIGINT AS upto FROM counted WHERE k IS NOT NULL)
        SELECT k, n, upto FROM summed WHERE upto // ${size} <> (upto - n) // ${size} OR upto = (SELECT max(upto) FROM summed)
        UNION ALL SELECT NULL, n, NULL FROM counted WHERE k IS NULL ORDER BY upto NULLS LAST`
    )
  )
  const pieces: Piece[] = []
  const [after, upto] = descending ? ['<', '>='] : ['>', '<=']
  let last: Value | undefined
  let before = 0
  const between = (at: Value, inclusive: boolean, count: number) => {
    const above = last
    const condition: Where = (bind) => {
      const end = `${name} ${inclusive ? upto : upto?.replace('=', '')} ${bound(at, bind)}`
      return above === undefined ? end : `${name} ${after} ${bound(above, bind)} AND ${end}`
    }
    if (count > 0) pieces.push(part(piece, `${name} ${above}..${at}`, condition, count))
  }
  for (const row of rows) {
    const [value, n, sum] = [row['k'] as Value | null, row['n'] as number, row['upto'] as number]
    if (value === null) pieces.push(part(piece, `${name} absent`, () => `${name} IS NULL`, n, 1))
    else if (n < size) between(value, true, sum - before)
    else {
      between(value, false, sum - n - before)
      pieces.push(part(piece, `${name}=${value}`, (bind) => `${name} = ${bound(value, bind)}`, n, 1))
    }
    if (value !== null) [last, before] = [value, sum]
  }
  return pieces
}

/** Stretches of time with about as many events each; what has no time comes last. */
async function byTime(piece: Piece, run: Run, size: number): Promise<readonly Piece[]> {
  const [extent = {}] = await run(
    counted('count(*) AS n, count(t) AS dated, epoch_us(min(t)) AS a, epoch_us(max(t)) AS b', piece, '')
  )
  const [n, dated] = [extent['n'] as number, extent['dated'] as number]
  const pieces = dated === 0 ? [] : await byInstant(piece, [micros(extent['a']), micros(extent['b'])], dated, run, size)
  return n === dated ? pieces : [...pieces, part(piece, 'undated', () => 't IS NULL', n - dated, 1)]
}

// Far from now they do not fit a JavaScript number.
const micros = (value: unknown): bigint => BigInt(value as number | string)

async function byInstant(
  piece: Piece,
  [first, last]: readonly [bigint, bigint],
  dated: number,
  run: Run,
  size: number
): Promise<readonly Piece[]> {
  if (first === last) return [part(piece, `at ${first}`, () => 't IS NOT NULL', dated, 1)]
  const width = (last - first) / timeSlots + 1n
  const order = timeDescends(piece.listing.sort) ? 'DESC' : 'ASC'
  const slots = await run(
    counted(
      `(epoch_us(t) - (${first})) // ${width} AS slot, count(t) AS n`,
      piece,
      `GROUP BY slot HAVING slot IS NOT NULL ORDER BY slot ${order}`
    )
  )
  const together: { slots: bigint[]; count: number }[] = []
  for (const row of slots) {
    const [slot, count] = [micros(row['slot']), row['n'] as number]
    const last = together.at(-1)
    if (!last || last.count + count > size) together.push({ slots: [slot], count })
    else together[together.length - 1] = { slots: [...last.slots.slice(0, 1), slot], count: last.count + count }
  }
  return together.map(({ slots: [one = 0n, other = one], count }) => {
    const [lower, upper] = one < other ? [one, other] : [other, one]
    const [low, high] = [lower * width + first, (upper + 1n) * width + first]
    const within: Where = (bind) => `t >= ${duckdb.instant(bind(low))} AND t < ${duckdb.instant(bind(high))}`
    return part(piece, `${low}..${high}`, within, count)
  })
}

/** Events of the same instant, or of none, stand as they were logged: those without a time from the first on. */
async function byRow(piece: Piece, run: Run): Promise<readonly Piece[]> {
  const blocks = await run(
    counted(`row // ${rowsTogether} AS block, count(*) AS n, count(t) AS dated`, piece, 'GROUP BY block ORDER BY block')
  )
  const pieces = blocks.map((row) => {
    const low = (row['block'] as number) * rowsTogether
    const within: Where = () => `row >= ${low} AND row < ${low + rowsTogether}`
    return { ...part(piece, `rows ${low}`, within, row['n'] as number), last: true as const }
  })
  return timeDescends(piece.listing.sort) && blocks.some((row) => row['dated'] !== 0) ? pieces.reverse() : pieces
}
