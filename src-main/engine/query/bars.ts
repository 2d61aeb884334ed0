import { clockIn, instantIn } from '../../contract/instant'
import { type Interval, intervals } from '../../contract/query'

const second = 1_000
const widths: Partial<Record<Interval, number>> = {
  '1s': second,
  '5s': 5 * second,
  '15s': 15 * second,
  '30s': 30 * second,
  '1m': 60 * second,
  '5m': 300 * second,
  '15m': 900 * second,
  '30m': 1_800 * second,
  '1h': 3_600 * second,
  '3h': 10_800 * second,
  '6h': 21_600 * second,
  '12h': 43_200 * second
}

/** More bars than any screen has points. */
export const mostBars = 10_000

/** The bars of a histogram: where each starts, and by what number the database knows it. */
export interface Bars {
  readonly every: Interval
  /** Epoch milliseconds, ascending, without gaps. */
  readonly starts: readonly number[]
  readonly end: number
  /** The width where it is the same for all bars; else they begin at midnights of the zone. */
  readonly width?: number
  /** What clocks show where a bar starts, as if they showed UTC. */
  readonly walls: readonly number[]
}

/** Bars of the width asked for, or the narrowest that are at most `most`; wider than asked for rather than endless. */
export function barsOver(first: number, last: number, zone: string, every: Interval | undefined, most: number): Bars {
  for (const interval of intervals.slice(every ? intervals.indexOf(every) : 0)) {
    const bars = barsOf(interval, first, last, zone, every ? mostBars : Math.min(most, mostBars))
    if (bars) return bars
  }
  return barsOf('1y', first, last, zone, Number.POSITIVE_INFINITY) as Bars
}

function barsOf(every: Interval, first: number, last: number, zone: string, most: number): Bars | undefined {
  // Days of UTC are all as long, so that they need not be made of quarters of an hour.
  const width = every === '1d' && zone === 'UTC' ? 24 * 3_600 * second : widths[every]
  if (width === undefined) return calendarBars(every, first, last, zone, most)
  const start = Math.floor(first / width) * width
  const count = Math.floor(last / width) - Math.floor(first / width) + 1
  if (count > most) return undefined
  const starts = Array.from({ length: count }, (_, index) => start + index * width)
  return { every, starts, end: start + count * width, width, walls: starts }
}

function calendarBars(every: Interval, first: number, last: number, zone: string, most: number): Bars | undefined {
  const [year, month, day] = clockIn(zone, first)
  const monday = day - ((new Date(Date.UTC(2000 + (year % 400), month - 1, day)).getUTCDay() + 6) % 7)
  const wall = (index: number): [number, number, number] => {
    if (every === '1y') return [year + index, 1, 1]
    if (every === '1M') return [year + Math.floor((month - 1 + index) / 12), ((month - 1 + index) % 12) + 1, 1]
    return every === '1w' ? [year, month, monday + 7 * index] : [year, month, day + index]
  }
  const starts: number[] = []
  const walls: number[] = []
  for (let index = 0; ; index++) {
    const start = instantIn(zone, ...wall(index))
    if (start > last) return { every, starts, end: start, walls }
    if (starts.length >= most) return undefined
    starts.push(start)
    walls.push(instantIn('UTC', ...wall(index)))
  }
}

/** The index of the bar that begins at this wall time, or of the one before it where zone tables disagree. */
export function barAt({ walls }: Bars, wall: number): number {
  let [low, high] = [0, walls.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((walls[middle] as number) <= wall) low = middle
    else high = middle - 1
  }
  return low
}
