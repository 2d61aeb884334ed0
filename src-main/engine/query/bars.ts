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
  '12h': 43_200 * second,
  '1d': 86_400 * second
}

/** More bars than any screen has points. */
export const mostBars = 10_000

/** The bars of a histogram, which begin at full hours and midnights of a zone, and how the database finds an event's bar. */
export interface Bars {
  readonly every: Interval
  /** Epoch milliseconds, ascending, without gaps. */
  readonly starts: readonly number[]
  readonly end: number
  /** The width where it is the same for all bars: then an event's bar follows by division. */
  readonly width?: number
  /** Else what clocks show where a bar starts, as if they showed UTC. */
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

const wallOf = (zone: string, instant: number): number => instantIn('UTC', ...clockIn(zone, instant))

function barsOf(every: Interval, first: number, last: number, zone: string, most: number): Bars | undefined {
  const width = widths[every]
  if (width === undefined) return clockBars(every, first, last, zone, most)
  // One more than there are, where clocks are set forward.
  if ((last - first) / width > most + 1) return undefined
  const offset = wallOf(zone, first) - Math.floor(first / second) * second
  const start = Math.floor((first + offset) / width) * width - offset
  const count = Math.floor((last - start) / width) + 1
  const starts = Array.from({ length: count }, (_, index) => start + index * width)
  const end = start + count * width
  if (![...starts, end].every((each) => onClock(each, width, zone))) return clockBars(every, first, last, zone, most)
  return count > most ? undefined : { every, starts, end, width, walls: [] }
}

/** Whether clocks in the zone show a whole number of widths since midnight. Every zone keeps to quarters of an hour. */
const onClock = (instant: number, width: number, zone: string): boolean =>
  zone === 'UTC' || width <= 900 * second || wallOf(zone, instant) % width === 0

/** Bars between marks of the clock: longer or shorter where clocks are set, and by month and year. */
function clockBars(every: Interval, first: number, last: number, zone: string, most: number): Bars | undefined {
  const [year, month, day, hour, minute] = clockIn(zone, first)
  const monday = day - ((new Date(Date.UTC(2000 + (year % 400), month - 1, day)).getUTCDay() + 6) % 7)
  const width = (widths[every] ?? 0) / (60 * second)
  const before = Math.floor((hour * 60 + minute) / width) * width
  const wall = (index: number): [number, number, number, ...number[]] => {
    if (every === '1y') return [year + index, 1, 1]
    if (every === '1M') return [year + Math.floor((month - 1 + index) / 12), ((month - 1 + index) % 12) + 1, 1]
    if (every === '1w') return [year, month, monday + 7 * index]
    const minutes = before + index * width
    return [year, month, day + Math.floor(minutes / 1440), 0, minutes % 1440]
  }
  const starts: number[] = []
  const walls: number[] = []
  for (let index = 0; ; index++) {
    const [start, shown] = [instantIn(zone, ...wall(index)), instantIn('UTC', ...wall(index))]
    if (start > last) return { every, starts, end: start, walls }
    // A stretch that clocks jump over has no length.
    if (start === starts.at(-1)) walls[walls.length - 1] = shown
    else if (starts.length >= most) return undefined
    else {
      starts.push(start)
      walls.push(shown)
    }
  }
}

/** The index of a bar by what the database knows it by: its number, or the wall time in it where zone tables may disagree. */
export function barAt({ width, starts, walls }: Bars, bar: number): number {
  if (width !== undefined) return Math.min(starts.length - 1, Math.max(0, bar))
  let [low, high] = [0, walls.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((walls[middle] as number) <= bar) low = middle
    else high = middle - 1
  }
  return low
}
