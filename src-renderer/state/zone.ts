/** The zone this machine is set to. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Every zone that can be chosen. */
export const zoneNames = (): readonly string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((z) => z !== 'UTC')
]

/** A moment's calendar and clock in a zone. */
export interface Clock {
  readonly date: string
  readonly time: string
  /** Minutes east of UTC. */
  readonly offset: number
}

const minute = 60_000
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA-u-hc-h23', {
    timeZone: zone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit'
  })
  clocks.set(zone, made)
  return made
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Minutes east of UTC at a moment. */
export function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC') return 0
  const part: Record<string, number> = {}
  for (const { type, value } of clockOf(zone).formatToParts(ms)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = part
  const wall = Date.UTC(year, month - 1, day, hour, minutes, second)
  return Math.round((wall - Math.floor(ms / 1000) * 1000) / minute)
}

/** What the calendar and the clock show in a zone at a moment, to the second. */
export function clockAt(ms: number, zone: string): Clock {
  const offset = offsetAt(ms, zone)
  const wall = new Date(ms + offset * minute)
  const date = `${String(wall.getUTCFullYear()).padStart(4, '0')}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`
  const time = `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())}`
  return { date, time, offset }
}

/** `Z`, `+02:00`, `-03:30`. */
export function offsetText(offset: number, zone: string): string {
  if (zone === 'UTC') return 'Z'
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** The moment a wall clock in a zone means; of a time that the clock shows twice, the first. */
export function momentOf(wall: { readonly date: string; readonly time: string }, zone: string): number {
  const asUtc = Date.parse(`${wall.date}T${wall.time}Z`)
  const guesses = [-1440, 0, 1440].map((shift) => asUtc - offsetAt(asUtc + shift * minute, zone) * minute)
  const exact = guesses.filter((guess) => guess + offsetAt(guess, zone) * minute === asUtc)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...guesses)
}
