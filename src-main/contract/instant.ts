/** Microseconds since 1970 in UTC: what the log can tell apart. */
export type Micros = bigint

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  })
  formats.set(zone, made)
  return made
}

const utc = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number => {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second))
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime()
}

function localOf(milliseconds: number, zone: string): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of format(zone).formatToParts(milliseconds)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return utc(year, month, day, hour, minute, second)
}

/** The instant at which clocks in the zone show this date and time; the first one where they show it twice, the next they show where never. */
export function instantIn(zone: string, year: number, month: number, day: number, ...time: number[]): number {
  const wall = utc(year, month, day, ...(time as [number?, number?, number?]))
  if (zone === 'UTC') return wall
  const whole = Math.floor(wall / 1000) * 1000
  const offset = (at: number) => localOf(at, zone) - at
  const earlier = wall - offset(whole - 86_400_000)
  if (localOf(earlier, zone) === whole) return earlier
  const later = wall - offset(whole - offset(whole))
  return localOf(later, zone) === whole ? later : earlier
}

/** The date that clocks in the zone show at an instant, as year, month, day, hour, minute, second. */
export function clockIn(zone: string, milliseconds: number): readonly [number, number, number, number, number, number] {
  const wall = new Date(zone === 'UTC' ? milliseconds : localOf(Math.floor(milliseconds / 1000) * 1000, zone))
  return [
    wall.getUTCFullYear(),
    wall.getUTCMonth() + 1,
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds()
  ]
}

/** ISO 8601 in UTC with three fraction digits, six where microseconds are not zero. */
export function isoTime(instant: Micros): string {
  const rest = ((instant % 1000n) + 1000n) % 1000n
  const iso = new Date(Number((instant - rest) / 1000n)).toISOString()
  return rest === 0n ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
