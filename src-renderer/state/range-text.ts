import { isoTime } from '../../src-main/contract/instant'
import { periodOf } from '../../src-main/contract/period'
import { minuteTime, time } from './format'
import { quickRanges, type TimeRange } from './time-range'

/** A range in words: `Last 7 days`, `2026-03-09 09:00 – 11:30`. */
export function rangeTitle(range: TimeRange, zone: string): string {
  if (range.kind === 'between') return betweenTitle(range.from, range.to, zone)
  const known = quickRanges.find((quick) => JSON.stringify(quick.range) === JSON.stringify(range))
  return known?.title ?? (range.kind === 'last' ? `Last ${range.amount} ${range.unit}` : 'All time')
}

function betweenTitle(from: string | undefined, to: string | undefined, zone: string): string {
  if (from === undefined) return to === undefined ? 'All time' : `Until ${minuteTime(to, zone)}`
  if (to === undefined) return `Since ${minuteTime(from, zone)}`
  const [start, end] = [wallText(from, zone), wallText(to, zone)]
  const sameDay = start.slice(0, 10) === end.slice(0, 10)
  return `${start} – ${sameDay ? end.slice(11) : end}`
}

/** A moment as it is typed: `2026-03-09 09:41`, with seconds where it has some. */
export function wallText(moment: string, zone: string): string {
  const text = time(moment, zone).split(' ').slice(0, 2).join(' ')
  return text.replace(/:00$/, '')
}

export type ReadMoment = { readonly moment: string } | { readonly problem: string }

/**
 * A moment as an analyst types it, on the clock of the zone; null where nothing is typed.
 * A range to a day, or to a month, takes in all of it.
 */
export function readMoment(text: string, zone: string, side: 'start' | 'end'): ReadMoment | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const period = periodOf(trimmed, zone)
  if (!period) return { problem: `“${trimmed}” is not a time. Write it like 2026-03-09 or 2026-03-09 09:41.` }
  const named = trimmed.includes(':') ? period.from : period.to
  return { moment: isoTime(side === 'end' ? named : period.from) }
}
