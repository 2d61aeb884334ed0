const minute = 60_000
const day = 24 * 60 * minute

/** The month the exports cover: a Monday to a Tuesday. */
export const from = Date.UTC(2026, 9, 12)
export const to = Date.UTC(2026, 10, 10, 16)

/** `2026-11-05 08:41:07.120` in UTC, as epoch milliseconds. */
export const at = (utc) => Date.parse(`${utc.replace(' ', 'T')}Z`)

export const millis = (time) => new Date(time).toISOString()
export const seconds = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`
/** ISO with microseconds; the last three digits come from the generator of the product. */
export const micros = (time, random) => `${new Date(time).toISOString().slice(0, -1)}${random.digits(3)}Z`

/** Midnights in UTC of every day the exports cover. */
export const days = Array.from({ length: Math.ceil((to - from) / day) }, (_, n) => from + n * day)
export const isWorkday = (midnight) => ![0, 6].includes(new Date(midnight).getUTCDay())
export const dateOf = (time) => new Date(time).toISOString().slice(0, 10)

/** What a wall clock's minute of the day in a zone is in UTC, summer time included. */
export function wallClock(midnight, minutes, zone) {
  const guess = midnight + minutes * minute
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(guess)
  const [, sign, hours, rest] = parts
    .find((part) => part.type === 'timeZoneName')
    .value.match(/GMT([+-])(\d\d):(\d\d)/) ?? ['', '+', '0', '0']
  return guess - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest)) * minute
}
