import type { TimeFormat } from '../../contract/connector'

/** When an event was, epoch milliseconds; undefined where it does not say so that it can be read. */
export function eventTime(value: unknown): number | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,19}$/.test(value))) {
    const number = Number(value)
    // Seconds until the year 5138, then milliseconds, microseconds, nanoseconds.
    const unit = number < 1e11 ? 1000 : number < 1e14 ? 1 : number < 1e17 ? 1e-3 : 1e-6
    return told(Math.floor(number * unit))
  }
  if (typeof value !== 'string') return undefined
  // A time without a zone is one of the server's, which keeps UTC.
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`
  return told(Date.parse(zoned))
}

/** From the year 1 to 9999: what lies beyond is no time that anyone could be asked for. */
const told = (time: number): number | undefined =>
  time >= -62_135_596_800_000 && time <= 253_402_300_799_999 ? time : undefined

/** How finely a server is asked, in milliseconds. */
export const unitOf: Readonly<Record<TimeFormat, number>> = {
  iso: 1,
  iso_s: 1000,
  epoch_ms: 1,
  epoch_s: 1000,
  date: 86_400_000
}

/** A time as a server wants it; what is finer than it asks for is rounded to the side on which nothing is left off. */
export function writtenTime(time: number, format: TimeFormat, side: 'since' | 'until'): string | number {
  const unit = unitOf[format]
  const rounded = (side === 'since' ? Math.floor(time / unit) : Math.ceil(time / unit)) * unit
  switch (format) {
    case 'iso':
      return new Date(rounded).toISOString()
    case 'iso_s':
      return new Date(rounded).toISOString().replace('.000Z', 'Z')
    case 'epoch_ms':
      return rounded
    case 'epoch_s':
      return rounded / 1000
    case 'date':
      return new Date(rounded).toISOString().slice(0, 10)
  }
}

/** A time in epoch milliseconds as journals and reports write it. */
export const iso = (time: number): string => new Date(time).toISOString()
