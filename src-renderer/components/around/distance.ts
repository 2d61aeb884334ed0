import { duration } from '../../state/format'

/** How long before or after another time: `−2.31 s`, `+1m 5s`, `0`. */
export function distanceText(time: string, middle: string): string {
  const [one, other] = [micros(time), micros(middle)]
  const apart = one - other
  if (apart === 0) return '0'
  return `${apart < 0 ? '−' : '+'}${duration(Math.abs(apart) / 1000)}`
}

/** Microseconds since 1970, as ISO 8601 in UTC writes them. */
function micros(time: string): number {
  const fraction = /\.(\d{1,6})/.exec(time)?.[1] ?? ''
  return Math.floor(Date.parse(time) / 1000) * 1_000_000 + Number(fraction.padEnd(6, '0'))
}
