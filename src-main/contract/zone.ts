import { AppError } from './errors'

/** Whether this is the name of a time zone: `Europe/Berlin`, `UTC`. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // An offset is no zone: it knows no summer time.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** The zone of this name, or an error that names it. */
export function zoneNamed(name: string): string {
  if (isZone(name)) return name
  throw new AppError('usage', `${name} is no time zone. Zones are named like Europe/Berlin, America/New_York or UTC.`)
}
