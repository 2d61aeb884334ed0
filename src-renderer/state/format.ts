import { clockAt, offsetText } from './zone'

/** Shown where a value is absent, dimmed. */
export const absentText = '–'

const grouped = new Intl.NumberFormat('en-US')
const milliseconds = /\.(\d{1,9})/

/** A count, grouped and never abbreviated: `2,481,098`. */
export const count = (value: number): string => grouped.format(value)

/** A count and its noun: `1 event`, `2,481,098 events`. */
export const counted = (value: number, one: string, many: string = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** A share of a whole; a small part is never shown as none of it, nor almost all as all. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return absentText
  const share = (100 * part) / whole
  if (part > 0 && share < 0.1) return '<0.1%'
  if (part < whole && share > 99.9) return '>99.9%'
  return `${share < 10 && share !== Math.round(share) ? share.toFixed(1) : Math.round(share)}%`
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** `812 B`, `3.2 GiB`. */
export function bytes(value: number): string {
  let size = value
  let unit = 0
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}

/** The two largest parts of a stretch of time: `2d 5h`, `3m 20s`, `1.25 s`, `840 ms`. */
export function duration(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(2))} s`
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's']
  ] as const
  const first = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ')
}

/** The pieces of a time, so that a table can dim what repeats. */
export interface TimeParts {
  readonly date: string
  readonly time: string
  /** `.120` or `.120456`; empty where the second is whole. */
  readonly fraction: string
  /** `Z`, or the numeric offset. */
  readonly offset: string
}

/** An event's time (ISO 8601 in UTC, or epoch milliseconds) on the clock of a zone. */
export function timeParts(moment: string | number, zone: string): TimeParts {
  const ms = typeof moment === 'number' ? moment : Date.parse(moment)
  if (Number.isNaN(ms)) return { date: String(moment), time: '', fraction: '', offset: '' }
  const { date, time, offset } = clockAt(ms, zone)
  return { date, time, fraction: fractionOf(moment), offset: offsetText(offset, zone) }
}

/** `2026-03-09 09:41:07.120 Z`, `2026-03-09 11:41:07.120 +02:00`. */
export function time(moment: string | number, zone: string): string {
  const { date, time, fraction, offset } = timeParts(moment, zone)
  return time === '' ? date : `${date} ${time}${fraction} ${offset}`
}

/** As `time`, in one word that any program reads: `2026-03-09T11:41:07.120+02:00`. */
export function isoTime(moment: string | number, zone: string): string {
  const { date, time, fraction, offset } = timeParts(moment, zone)
  return time === '' ? date : `${date}T${time}${fraction}${offset}`
}

/** To the minute, for ranges and axes: `2026-03-09 09:41`. */
export function minuteTime(moment: string | number, zone: string): string {
  const { date, time } = timeParts(moment, zone)
  return `${date} ${time.slice(0, 5)}`.trim()
}

function fractionOf(moment: string | number): string {
  const digits =
    typeof moment === 'number'
      ? String(((moment % 1000) + 1000) % 1000).padStart(3, '0')
      : milliseconds.exec(moment)?.[1]
  if (!digits || /^0*$/.test(digits)) return ''
  const six = digits.padEnd(6, '0').slice(0, 6)
  return six.endsWith('000') ? `.${six.slice(0, 3)}` : `.${six}`
}
