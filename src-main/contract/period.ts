import { clockIn, instantIn, isoTime, type Micros } from './instant'

/** A stretch of time as people write it: a year, a month, a day, a minute. `to` is the first instant after it. */
export interface Period {
  readonly from: Micros
  readonly to: Micros
}

const form =
  /^(\d{4}|[+-]\d{6})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?)?)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/

/** What a written time means, `2026`, `2026-03`, `2026-03-09T09:41:07.120Z`; without an offset it is the clock of the zone. */
export function periodOf(text: string, zone = 'UTC'): Period | undefined {
  const found = form.exec(text)
  if (!found) return undefined
  const [, ...parts] = found
  const [year = 0, month, day, hour, minute, second] = parts.slice(0, 6).map((p) => (p ? Number(p) : undefined))
  const [fraction, offset] = [parts[6], parts[7]]
  if (offset && day === undefined) return undefined
  if ((month ?? 1) < 1 || (month ?? 1) > 12 || (hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return
  if (day !== undefined && (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month ?? 1, 0)).getUTCDate()))
    return
  const shift = offset ? minutesOf(offset) * 60_000 : 0
  const at = (y: number, m: number, d: number, ...time: number[]) =>
    BigInt(instantIn(offset ? 'UTC' : zone, y, m, d, ...time) - shift) * 1000n
  if (hour === undefined || day === undefined) {
    const from = at(year, month ?? 1, day ?? 1)
    if (month === undefined) return { from, to: at(year + 1, 1, 1) }
    if (day === undefined) return { from, to: at(year + Math.floor(month / 12), (month % 12) + 1, 1) }
    return { from, to: at(year, month, day + 1) }
  }
  const start = at(year, month ?? 1, day, hour, minute ?? 0, second ?? 0)
  if (minute === undefined) return { from: start, to: start + 3_600_000_000n }
  if (second === undefined) return { from: start, to: start + 60_000_000n }
  if (fraction === undefined) return { from: start, to: start + 1_000_000n }
  const unit = 10n ** BigInt(6 - fraction.length)
  const from = start + BigInt(fraction) * unit
  return { from, to: from + unit }
}

function minutesOf(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0)
  return offset.startsWith('-') ? -minutes : minutes
}

const two = (value: number) => String(value).padStart(2, '0')

/** The shortest text that begins at this instant: a date where the zone's clocks show midnight, else ISO 8601 in UTC. */
export function instantText(instant: Micros, zone = 'UTC'): string {
  const [year, month, day] = clockIn(zone, Number(instant / 1000n))
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  if (periodOf(date, zone)?.from === instant) return date
  return isoTime(instant).replace(/\.000Z$/, 'Z')
}

/** An instant that reads the same in any zone: ISO 8601 in UTC, without seconds where they are zero. */
export const momentText = (instant: Micros): string => isoTime(instant).replace(/(?::00)?\.000Z$/, 'Z')

/** The year, month, day, minute or second that is exactly this stretch, as text; undefined where there is none. Zone null: with its offset. */
export function periodText({ from, to }: Period, zone: string | null = 'UTC'): string | undefined {
  const date = zone === null ? isoTime(from).replace(/\.000Z$/, 'Z') : instantText(from, zone)
  const dates = zone === null ? [] : [date.slice(0, 4), date.slice(0, 7)]
  const texts = [...dates, date, date.replace(/:\d\dZ$/, 'Z')]
  return texts.find((text) => {
    const period = periodOf(text, zone ?? 'UTC')
    return period?.from === from && period.to === to
  })
}
