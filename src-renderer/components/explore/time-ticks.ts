import { clockIn, instantIn } from '../../../src-main/contract/instant'
import type { Interval, Timeline } from '../../../src-main/contract/query'
import { clockAt } from '../../state/zone'
import { intervalMs } from './histogram-shape'

/** A mark on the axis of time. */
export interface Tick {
  readonly ms: number
  /** Where it stands, counted in bars from the left. */
  readonly bar: number
  readonly text: string
  /** Where a day begins among hours, a month among days, a year among months. */
  readonly strong: boolean
}

type Clock = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]

/** From one mark to the next: so many of a unit of the clock or the calendar. */
interface Step {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'
  readonly by: number
}

const unitMs = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
const lengthOf = ({ unit, by }: Step): number =>
  by * (unit === 'month' ? intervalMs['1M'] : unit === 'year' ? intervalMs['1y'] : unitMs[unit])

const of = (unit: Step['unit'], ...sizes: number[]): Step[] => sizes.map((by) => ({ unit, by }))
/** Each at most two and a half times the one before, so that one of them gives from four to ten marks. */
const steps: readonly Step[] = [
  ...of('second', 1, 2, 5, 10, 15, 30),
  ...of('minute', 1, 2, 5, 10, 15, 30),
  ...of('hour', 1, 2, 3, 6, 12),
  ...of('day', 1, 2, 5, 10, 15),
  ...of('month', 1, 2, 3, 6),
  ...of('year', 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
]
/** Bars of weeks begin on Mondays, and so do their marks, till months are marked. */
const weekSteps: readonly Step[] = [
  ...of('week', 1, 2),
  ...steps.slice(steps.findIndex(({ unit }) => unit === 'month'))
]
const stepsFor = (every: Interval): readonly Step[] => (every === '1w' ? weekSteps : steps)

const most = 10
const few = 4
/** A figure of the axis, and the room between two labels. */
const figure = 6.6
const gap = 14

/** Four to ten marks under the bars, at round moments on the clock of the zone; fewer only where there is no room or no time. */
export function ticksOf(timeline: Timeline, zone: string, width: number): Tick[] {
  const { starts, end, every } = timeline
  const start = starts[0]
  if (start === undefined) return []
  const fitting = stepsFor(every)
    .filter((step) => (end - start) / lengthOf(step) <= most + 1)
    .map((step) => ({
      step,
      ...labelled(ticksAt(step, timeline, zone), width / starts.length, width - zone.length * 7)
    }))
    // The first label, which names its day, may take the room of the next.
    .filter(({ ticks, crowded }) => ticks.length <= most && crowded <= 1)
  // Marks stand where bars begin, if they are few enough then.
  const onBars = fitting.find(({ step, ticks }) => ticks.length >= few && lengthOf(step) >= intervalMs[every])
  return (onBars ?? fitting[0])?.ticks ?? []
}

/** The marks whose labels have room beside those before them and the zone's name at the right end; and how many have none between. */
function labelled(
  ticks: readonly Tick[],
  bar: number,
  room: number
): { readonly ticks: Tick[]; readonly crowded: number } {
  const kept: Tick[] = []
  let [free, crowded] = [0, 0]
  for (const tick of ticks) {
    const left = tick.bar * bar
    const right = left + tick.text.length * figure + gap
    if (right > room) break
    if (left < free) crowded++
    else kept.push(tick)
    free = Math.max(free, right)
  }
  return { ticks: kept, crowded }
}

function ticksAt(step: Step, { starts, end }: Timeline, zone: string): Tick[] {
  const start = starts[0] ?? 0
  const ticks: Tick[] = []
  let bar = 0
  let before: string | undefined
  for (const ms of moments(step, start, end, zone)) {
    while (ms >= (starts[bar + 1] ?? end)) bar++
    const from = starts[bar] ?? start
    const { date, time } = clockAt(ms, zone)
    const text = tickText(step, date, time, before)
    const place = bar + (ms - from) / ((starts[bar + 1] ?? end) - from)
    ticks.push({ ms, bar: place, text, strong: begins(step, date, time) })
    before = date
  }
  return ticks
}

/** The round moments from one time to before another. */
function moments({ unit, by }: Step, start: number, end: number, zone: string): number[] {
  const found: number[] = []
  const add = (ms: number) => {
    if (ms >= start && ms < end && ms !== found.at(-1)) found.push(ms)
  }
  const [year, month, day, ...clock] = clockIn(zone, start) as Clock
  const down = (value: number) => Math.floor(value / by) * by
  const last = clockIn(zone, end)
  switch (unit) {
    case 'year':
      for (let each = down(year); each <= last[0]; each += by) add(instantIn(zone, each, 1, 1))
      return found
    case 'month':
      for (let each = down(month - 1); year + Math.floor(each / 12) <= last[0]; each += by)
        add(instantIn(zone, year + Math.floor(each / 12), (each % 12) + 1, 1))
      return found
    case 'day':
    case 'week':
      for (let each = 0; ; each++) {
        const midnight = instantIn(zone, year, month, day + each)
        if (midnight >= end) return found
        if (unit === 'week' ? isMonday(midnight, zone, by) : isRoundDay(clockIn(zone, midnight)[2], by)) add(midnight)
      }
    default: {
      // Seconds and minutes run on as they are; hours are those of each day, so that a day always begins at a mark.
      const step = by * unitMs[unit]
      const sinceMidnight = ((clock[0] ?? 0) * 60 + (clock[1] ?? 0)) * 60_000 + (clock[2] ?? 0) * 1000
      if (unit !== 'hour') {
        for (let ms = Math.floor(start / 1000) * 1000 - (sinceMidnight % step); ms < end; ms += step) add(ms)
        return found
      }
      for (let each = 0; ; each += by) {
        const ms = instantIn(zone, year, month, day + Math.floor(each / 24), each % 24)
        if (ms >= end) return found
        add(ms)
      }
    }
  }
}

const isMonday = (ms: number, zone: string, every: number): boolean => {
  const [year, month, day] = clockIn(zone, ms)
  // The first of January of the year 1 was a Monday.
  const days = instantIn('UTC', year, month, day) / unitMs.day + 719_162
  return days % (7 * every) === 0
}

/** The 1st, 6th, 11th, … of a month: never one so near its end that it would stand by the next 1st. */
const isRoundDay = (day: number, every: number): boolean =>
  (day - 1) % every === 0 && (every === 1 || day + every / 2 <= 31)

const begins = ({ unit }: Step, date: string, time: string): boolean =>
  unit === 'year' ||
  (unit === 'month'
    ? date.endsWith('-01-01')
    : unit === 'day' || unit === 'week'
      ? date.endsWith('-01')
      : /^00:00(:00)?$/.test(time))

/** As short as tells it from its neighbours: the clock; the day where one begins; the year where one begins. */
function tickText({ unit }: Step, date: string, time: string, before: string | undefined): string {
  if (unit === 'year') return date.slice(0, 4)
  if (unit === 'month') return date.slice(0, 7)
  const day = before !== undefined && date.slice(0, 4) === before.slice(0, 4) ? date.slice(5) : date
  if (unit === 'day' || unit === 'week') return day
  const clock = unit === 'second' ? time : time.slice(0, 5)
  if (date === before) return clock
  return time === '00:00:00' ? day : `${day} ${clock}`
}
