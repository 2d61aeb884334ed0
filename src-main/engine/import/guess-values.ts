import { isIP } from 'node:net'
import type { Conversion } from '../../contract/source'
import type { Seen } from './guess-paths'
import { outcomeWords } from './guess-words'

const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)?)?$/i
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const written = [
  iso,
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/,
  new RegExp(`^\\w{3}, \\d\\d? ${month} \\d{4} \\d\\d:\\d\\d:\\d\\d (GMT|[+-]\\d{4})$`),
  new RegExp(`^\\d\\d/${month}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}$`),
  new RegExp(`^\\d\\d? ${month} \\d{4} \\d\\d:\\d\\d:\\d\\d$`),
  new RegExp(`^${month} \\d\\d?, \\d{4},? \\d\\d?:\\d\\d:\\d\\d( [AP]M)?$`),
  // Three numbers in one order or another, as date-order.ts tells them apart.
  /^\d\d?([/.-])\d\d?\1(\d{4}|\d\d),? \d\d?:\d\d(:\d\d(\.\d{1,6})?)?( [AP]M)?$/i
]

// 2000-01-01 to 2100-01-01 in seconds: what lies in it, times a thousand or not, is an epoch.
const [first, last] = [946_684_800, 4_102_444_800]
const epochs = [
  ['epoch_s', 1],
  ['epoch_ms', 1e3],
  ['epoch_us', 1e6],
  ['epoch_ns', 1e9]
] as const

const texts = ({ values }: Seen) => values.filter((value) => typeof value !== 'object').map(String)

/** How much of what stands there is of a kind, 0 to 1. An object is of none. */
function share(seen: Seen, fits: (text: string) => boolean): number {
  if (!seen.values.length) return 0
  return texts(seen).filter(fits).length / seen.values.length
}

const unmapped = (text: string) =>
  text.replace(/^\[([^\]]+)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
const isAddress = (text: string) => isIP(unmapped(text)) > 0
const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text)
const isUuid = (text: string) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text)
const isTime = (text: string) => written.some((form) => form.test(text))
const agents =
  /^(Mozilla|curl|Wget|python|Go-http|okhttp|Java|PostmanRuntime|Dalvik|axios|node|aws-|Boto|kubectl|git|[A-Za-z][\w.-]*)\/v?\d/i
const outcomes =
  /^(success(ful)?|succeeded|ok|true|allow(ed)?|granted|pass(ed)?|completed|fail(ure|ed)?|error|false|denied|deny|forbidden|unauthorized|rejected|refused|blocked|timeout)$/i
const methods = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE)$/

/** The conversion that reads a path's values as times, if one does; numbers count as times only where the name says so. */
export function timeForm(seen: Seen, named: boolean): Conversion | undefined {
  if (share(seen, isTime) >= 0.9) return 'time'
  if (!named) return undefined
  for (const [conversion, scale] of epochs) {
    const within = (text: string) => isNumber(text) && Number(text) >= first * scale && Number(text) < last * scale
    if (share(seen, within) >= 0.9) return conversion
  }
  const stamps = seen.values.filter((value) => typeof value === 'object' && Object.hasOwn(value as object, 'seconds'))
  return stamps.length && stamps.length === seen.values.length ? 'seconds_nanos' : undefined
}

const distinct = (seen: Seen) => new Set(texts(seen)).size
/** Words that recur: an action, a type. Never addresses, times, ids. */
const isWord = (text: string) =>
  text.length <= 80 && /\p{L}/u.test(text) && !isAddress(text) && !isEmail(text) && !isTime(text) && !isUuid(text)

/** What the values of a path must be for it to be mapped to a field of a kind. */
export const kinds = {
  address: (seen: Seen) => share(seen, isAddress) >= 0.5,
  email: (seen: Seen) => share(seen, isEmail) >= 0.9,
  agent: (seen: Seen) => share(seen, (text) => agents.test(text)) >= 0.5,
  // Where the name says it: words that are neither (pending, expired) leave the outcome open, and take it from no other.
  outcome: (seen: Seen, named = true) => (named ? share(seen, isOutcome) >= 0.5 : share(seen, isVerdict) >= 0.9),
  method: (seen: Seen) => share(seen, (text) => methods.test(text)) >= 0.9,
  path: (seen: Seen) => share(seen, (text) => /^(\/|https?:\/\/)/.test(text)) >= 0.9,
  status: (seen: Seen) => share(seen, (text) => /^[1-5]\d\d$/.test(text)) >= 0.9,
  verb: (seen: Seen) =>
    share(seen, isWord) >= 0.9 && (seen.values.length < 10 || distinct(seen) <= seen.values.length / 2),
  name: (seen: Seen) =>
    share(
      seen,
      (text) => text.length <= 200 && /\p{L}/u.test(text) && !isTime(text) && !isAddress(text) && !isUuid(text)
    ) >= 0.9,
  id: (seen: Seen) => share(seen, (text) => text.length <= 200 && !/\s/.test(text) && !isTime(text)) >= 0.9,
  unique: (seen: Seen) =>
    share(seen, (text) => !/\s/.test(text) && !isTime(text)) >= 0.9 && distinct(seen) >= seen.values.length * 0.95,
  prose: (seen: Seen) => share(seen, (text) => /\p{L}/u.test(text) && !isTime(text) && !isAddress(text)) >= 0.9,
  number: (seen: Seen) => share(seen, isNumber) >= 0.9,
  requestLine: (seen: Seen) => share(seen, (text) => /^[A-Z]+ \S+( HTTP\/[\d.]+)?$/.test(text)) >= 0.9,
  boolean: (seen: Seen) => share(seen, (text) => /^(true|false|yes|no|0|1)$/i.test(text)) >= 0.9
} satisfies Record<string, (seen: Seen, named?: boolean) => boolean>

export type Kind = keyof typeof kinds

/** A word for success or failure, ours or another language's. */
const isOutcome = (text: string) => outcomes.test(text) || Object.hasOwn(outcomeWords, text.toLowerCase())

// Words that may be the answer to any question.
const answers = /^(true|false|yes|no|ok|error|pass|passed|timeout|completed)$/i
const isVerdict = (text: string) => isOutcome(text) && !answers.test(text)

/** The distinct values of a path in lower case, if they are few. */
export const vocabulary = (seen: Seen): string[] => [...new Set(texts(seen).map((text) => text.toLowerCase()))]
