import type { Rhythm } from '../../contract/coverage'

/** Quarters of an hour, numbered, with how many events lie in each; only those that hold any, ascending. */
export interface Quarters {
  readonly numbers: readonly number[]
  readonly counts: readonly number[]
}

/** A run of quarters without events, both ends included. */
export interface Run {
  readonly from: number
  readonly to: number
  /** How many events are usual in these quarters. */
  readonly expected: number
}

export interface Silences {
  readonly rhythm: Rhythm | null
  readonly runs: readonly Run[]
  /** From the last event to the end of the case. */
  readonly tail?: Run
}

const day = 96
const week = 7 * day
/** So many weeks, or days, to each side are compared with. */
const neighbours = 6
/** The chance that so long a silence comes about anywhere in what a source covers, below which it is told. */
const chance = 1 / 1000

/**
 * The silences that are not usual for a source. Each silent quarter of an hour is compared with the same one of the weeks around: how
 * many of them had events gives the chance that this one has none, and a silence is told where the product of these is small.
 * What covers less than three weeks is compared with the days around, working days and weekends each among themselves.
 */
export function silencesOf({ numbers, counts }: Quarters, end: number): Silences {
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined || last === undefined) return { rhythm: null, runs: [] }
  const covered = last - first + 1
  const rhythm: Rhythm | null = covered >= 3 * week ? 'week' : covered >= 2 * day ? 'day' : null
  if (!rhythm) return { rhythm, runs: [] }
  const events = new Uint32Array(covered)
  for (const [index, number] of numbers.entries()) events[number - first] = counts[index] ?? 0

  const runs: { from: number; to: number }[] = []
  for (let index = 1; index < numbers.length; index++) {
    const [before, after] = [numbers[index - 1] as number, numbers[index] as number]
    if (after - before > 1) runs.push({ from: before + 1, to: after - 1 })
  }
  // Among many silences one is long by chance alone.
  const enough = -Math.log(chance) + Math.log(runs.length + 1)
  const told = (run: { from: number; to: number }): Run[] => {
    const { surprise, expected } = weigh(run, first, events, rhythm)
    return surprise >= enough ? [{ ...run, expected }] : []
  }
  const [tail] = end > last ? told({ from: last + 1, to: end }) : []
  return { rhythm, runs: runs.flatMap(told), ...(tail && { tail }) }
}

/** How surprising a silence is, as the negative logarithm of its chance, and how many events are usual in it. */
function weigh(run: { from: number; to: number }, first: number, events: Uint32Array, rhythm: Rhythm) {
  let [surprise, usual, compared] = [0, 0, 0]
  for (let quarter = run.from; quarter <= run.to; quarter++) {
    let [others, active, sum] = [0, 0, 0]
    for (const other of alike(quarter, rhythm)) {
      if (other < first || other >= first + events.length || (other >= run.from && other <= run.to)) continue
      const count = events[other - first] ?? 0
      others++
      sum += count
      if (count > 0) active++
    }
    if (others === 0) continue
    // As if one more of them had been silent: a few that were not prove little.
    surprise -= Math.log(1 - active / (others + 1))
    usual += sum / others
    compared++
  }
  const length = run.to - run.from + 1
  return { surprise, expected: compared === 0 ? 0 : Math.round((usual / compared) * length) }
}

/** The same quarter of the hour and the week, or of the hour and a day of the same kind, nearby. */
function* alike(quarter: number, rhythm: Rhythm): Generator<number> {
  const step = rhythm === 'week' ? week : day
  for (let away = 1; away <= neighbours; away++) {
    for (const other of [quarter - away * step, quarter + away * step]) {
      if (rhythm === 'week' || isWeekend(other) === isWeekend(quarter)) yield other
    }
  }
}

/** Quarters are counted from the first of January of the year 1, which was a Monday. */
const isWeekend = (quarter: number): boolean => Math.floor(quarter / day) % 7 >= 5
