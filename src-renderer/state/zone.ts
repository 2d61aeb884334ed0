import { clockIn } from '../../src-main/contract/instant'

/** The zone this machine is set to. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

// Browsers list these places by an older name only, which nobody there would look for.
const renamed = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Cordoba',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei'
]

/** Every zone that can be chosen. */
export function zoneNames(): readonly string[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...renamed])
  names.delete('UTC')
  return ['UTC', ...[...names].sort()]
}

/** What the calendar and the clock show in a zone at a moment, to the second. */
export interface Clock {
  readonly date: string
  readonly time: string
  /** Minutes east of UTC. */
  readonly offset: number
}

const two = (value: number): string => String(value).padStart(2, '0')

export function clockAt(ms: number, zone: string): Clock {
  const [year, month, day, hour, minute, second] = clockIn(zone, ms)
  const wall = new Date(0)
  wall.setUTCFullYear(year, month - 1, day)
  wall.setUTCHours(hour, minute, second)
  return {
    date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
    time: `${two(hour)}:${two(minute)}:${two(second)}`,
    offset: Math.round((wall.getTime() - Math.floor(ms / 1000) * 1000) / 60_000)
  }
}

/** Minutes east of UTC at a moment. */
export const offsetAt = (ms: number, zone: string): number => clockAt(ms, zone).offset

/** `Z`, `+02:00`, `-03:30`. */
export function offsetText(offset: number, zone: string): string {
  if (zone === 'UTC') return 'Z'
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
