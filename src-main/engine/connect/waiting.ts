import type { IncomingHttpHeaders } from 'node:http'

/** Milliseconds to wait after so many attempts: doubled each time, and never the same for two who were turned away together. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(60_000, 1000 * 2 ** (attempt - 1))
  return Math.round(most / 2 + (random() * most) / 2)
}

/** Milliseconds that an answer tells to wait: Retry-After, or until its limit is set back. */
export function toldToWait(headers: IncomingHttpHeaders, now: number): number | undefined {
  const after = text(headers['retry-after'])
  if (after !== undefined) {
    const seconds = Number(after)
    const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - now
    return Number.isFinite(wait) ? bounded(wait) : undefined
  }
  return remainingIn(headers) === 0 ? resetIn(headers, now) : undefined
}

/** No one waits longer, and a moment further off may be none that a clock can show. */
const longest = 400 * 86_400_000
const bounded = (wait: number): number => Math.min(longest, Math.max(0, wait))

const limits = ['x-rate-limit', 'x-ratelimit', 'ratelimit'] as const

/** How many more requests an answer allows; undefined where it does not say. */
export function remainingIn(headers: IncomingHttpHeaders): number | undefined {
  for (const limit of limits) {
    const said = text(headers[`${limit}-remaining`])
    if (said !== undefined && said.trim() !== '' && Number.isFinite(Number(said))) return Number(said)
  }
  return undefined
}

/** Some give the second in which the limit is set back, others how many seconds are left. */
function resetIn(headers: IncomingHttpHeaders, now: number): number | undefined {
  for (const limit of limits) {
    const reset = Number(text(headers[`${limit}-reset`]))
    if (!Number.isFinite(reset)) continue
    return bounded(reset > 1e9 ? reset * 1000 - now : reset * 1000)
  }
  return undefined
}

/** The headers of an answer that say how it limits who asks. */
export function rateHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> | undefined {
  const found = Object.entries(headers).filter(([name]) => /rate-?limit|^retry-after$/.test(name))
  return found.length ? Object.fromEntries(found.map(([name, value]) => [name, String(value)])) : undefined
}

const text = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)
