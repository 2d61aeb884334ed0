import type { Settings } from '../../contract/connect'
import { AppError } from '../../contract/errors'

/** As a browser reads it, so with slashes either way; placeholders may stand in it, where a setting is a template. */
const withCredentials = /^\s*https?:[/\\]*[^/\\?#]*@([^/\\?#\s]*)/i

/** Refuses an address with a user or a password in it. */
export function refuseCredentials(address: string): void {
  const host = withCredentials.exec(address)?.[1]
  if (host === undefined) return
  const sentence = `The address of ${host} has a user or a password in it, which would stand readable in many a place. Give the address without, and those in their own fields.`
  throw new AppError('settings_invalid', sentence)
}

/** The same of settings, however deep: they are kept readable. */
export function refuseCredentialsIn(settings: Settings): void {
  for (const value of Object.values(settings))
    if (typeof value === 'string') refuseCredentials(value)
    else if (value !== null && typeof value === 'object') refuseCredentialsIn(value as Settings)
}
