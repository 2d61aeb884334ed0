import type { Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { jsonOf } from './answer-fault'
import { atPath } from './at-path'
import { eventTime } from './event-time'
import type { Outgoing } from './fill-request'
import type { Answer } from './line'
import type { Seen } from './seen'

/** An answer with its events. */
export interface Page {
  readonly document: unknown
  readonly list: readonly unknown[]
}

/** What the events of a page come to. */
export interface PageCount {
  readonly events: number
  /** Those that came for the first time. */
  readonly fresh: number
  /** Epoch milliseconds; absent where no event says when it was. */
  readonly oldest?: number
  readonly newest?: number
  readonly said?: number
}

/** The events of an answer. One without its list is none of this stream. */
export function pageOf(answer: Answer, outgoing: Outgoing, { list, title, sparse }: Stream): Page {
  const document = jsonOf(answer, outgoing)
  const found = list === undefined || list === '' ? document : atPath(document, list)
  if (Array.isArray(found)) return { document, list: found }
  const isObject = document !== null && typeof document === 'object'
  if (sparse && isObject && (found === undefined || found === null)) return { document, list: [] }
  const { host } = new URL(outgoing.url)
  const where = list ? `no list at ${list}` : 'no list'
  const has =
    document !== null && typeof document === 'object' && !Array.isArray(document)
      ? `; it has ${Object.keys(document).slice(0, 8).join(', ') || 'nothing'}`
      : ''
  throw new AppError(
    'answer_refused',
    `${title}: the answer of ${host} holds ${where}${has}. Check the address, and where the list of events is.`
  )
}

export function countPage(
  { document, list }: Page,
  { id, time, total }: Stream,
  seen: Seen,
  headers: Answer['headers'] = {}
): PageCount {
  let [fresh, oldest, newest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const event of list) {
    const named = id === undefined ? undefined : atPath(event, id)
    if (seen.add(named === undefined || named === null ? JSON.stringify(event) : String(named))) fresh++
    const at = time === undefined ? undefined : eventTime(atPath(event, time))
    if (at === undefined) continue
    if (at < oldest) oldest = at
    if (at > newest) newest = at
  }
  const told =
    total === undefined
      ? undefined
      : typeof total === 'string'
        ? atPath(document, total)
        : headers[total.header.toLowerCase()]
  const said = told === undefined ? undefined : Number(told ?? Number.NaN)
  return {
    events: list.length,
    fresh,
    ...(oldest <= newest ? { oldest, newest } : {}),
    ...(said !== undefined && Number.isFinite(said) ? { said } : {})
  }
}
