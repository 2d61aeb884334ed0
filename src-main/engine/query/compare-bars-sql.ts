import type { Compare, ComparedBars } from '../../contract/compare'
import { periodOf } from '../../contract/period'
import { filterSql } from './filter-sql'
import { type Run, statement } from './statement'
import { stretch } from './time-sql'

/** First and last microsecond of a set. */
export interface Span {
  readonly first: number
  readonly last: number
}

const second = 1_000
const [minute, hour, day] = [60 * second, 3_600 * second, 86_400 * second]
const widths = [
  ...[1, 5, 15, 30].map((seconds) => seconds * second),
  ...[1, 5, 15, 30].map((minutes) => minutes * minute),
  ...[1, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 7, 30, 365, 3650].map((days) => days * day)
]

/** Both sets in bars of one width: from the beginning of each one's own stretch of time, else from one beginning for both. */
export async function barsAnswer(
  { a, b, times, bins = 60 }: Compare,
  spans: readonly [Span | undefined, Span | undefined],
  run: Run
): Promise<ComparedBars> {
  if (bins === 0) return { width: 0, a: { start: 0, counts: [] }, b: { start: 0, counts: [] } }
  const own = times
    ? [times.a, times.b].map(({ from, to }) => ({ start: millis(from), end: millis(to) }))
    : common(spans)
  const longest = Math.max(...own.map(({ start, end }) => end - start))
  const width = widths.find((one) => longest / one <= bins) ?? (widths.at(-1) as number)
  const [ofA, ofB] = own.map(({ start, end }) => {
    // On one axis the bars begin at full hours and days.
    const at = times ? start : Math.floor(start / width) * width
    return { start: at, counts: Array.from({ length: Math.max(1, Math.ceil((end - at - 1) / width)) }, () => 0) }
  }) as [Side, Side]
  const rows = await run(
    statement((bind) =>
      [
        { side: 0, filter: a, start: ofA.start },
        { side: 1, filter: b, start: ofB.start }
      ]
        .map(({ side, filter, start }) => {
          const bar = stretch(BigInt(width) * 1_000n, BigInt(start) * 1_000n)
          return `SELECT ${side} AS side, ${bar} AS bar, count(*) AS n FROM entry
            WHERE shown AND "@timestamp" IS NOT NULL AND (${filterSql(filter, bind)}) GROUP BY bar`
        })
        .join(' UNION ALL ')
    )
  )
  for (const row of rows) {
    const { counts } = row['side'] === 0 ? ofA : ofB
    // Stretches are exact to the microsecond, bars to the millisecond.
    const at = Math.min(row['bar'] as number, counts.length - 1)
    if (at >= 0) counts[at] = (counts[at] ?? 0) + (row['n'] as number)
  }
  return { width, a: ofA, b: ofB }
}

interface Side {
  readonly start: number
  readonly counts: number[]
}

const millis = (time: string): number => Number((periodOf(time)?.from ?? 0n) / 1_000n)

/** One axis for both, from the first event of either to the last. */
function common(spans: readonly (Span | undefined)[]): { start: number; end: number }[] {
  const held = spans.flatMap((span) => span ?? [])
  const start = Math.floor(Math.min(...held.map(({ first }) => first)) / 1_000)
  const end = Math.floor(Math.max(...held.map(({ last }) => last)) / 1_000) + 1
  const both = held.length > 0 ? { start, end } : { start: 0, end: 1 }
  return [both, both]
}
