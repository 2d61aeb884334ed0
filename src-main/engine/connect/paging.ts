import type { IncomingHttpHeaders } from 'node:http'
import type { Paging, Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { atPath } from './at-path'
import { unitOf } from './event-time'
import type { Page, PageCount } from './page'

/** Where in a stream a request asks: what of it is set depends on how it is paged. Times are epoch milliseconds. */
export interface At {
  readonly since?: number
  readonly until?: number
  readonly cursor?: string | number
  readonly offset?: number
  readonly page?: number
  readonly url?: string
  /** How many events are asked for, where that is more than usual. */
  readonly size?: number
  /** Asked once more, since what came had all come before. */
  readonly again?: true
}

/** Where a stream begins. */
export function firstAt(paging: Paging, { since, until, cursor }: At): At {
  const window = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
  switch (paging.kind) {
    case 'offset':
    case 'time':
      return { ...window, offset: 0 }
    case 'page':
      return { ...window, page: paging.first ?? 1 }
    case 'cursor':
    case 'last':
      return cursor === undefined ? window : { ...window, cursor }
    case 'link':
    case 'url':
    case 'none':
      return window
  }
}

export interface Answered {
  readonly page: Page
  readonly count: PageCount
  readonly headers: IncomingHttpHeaders
  readonly url: string
  /** How many events were asked for. */
  readonly size?: number
}

/** Where to ask next; null at the end. */
export function nextAt(
  paging: Paging,
  stream: Pick<Stream, 'order' | 'window' | 'title' | 'id' | 'size'>,
  at: At,
  answered: Answered
): At | null {
  const { page, count, headers, url } = answered
  switch (paging.kind) {
    case 'none':
      return null
    case 'cursor': {
      const cursor = atPath(page.document, paging.next)
      if (paging.more !== undefined && atPath(page.document, paging.more) === false) return null
      if ((typeof cursor !== 'string' && typeof cursor !== 'number') || cursor === '') return null
      if (cursor === at.cursor) return standing(count.events, stream.title)
      return { ...at, cursor }
    }
    case 'link':
      return following(at, linked(headers.link), url, count, stream.title)
    case 'url': {
      const next = atPath(page.document, paging.next)
      return following(at, typeof next === 'string' ? next : undefined, url, count, stream.title)
    }
    case 'offset':
      if (isBehind(answered)) return null
      return isDoubtful(at, count) ? { ...at, again: true } : { ...sure(at), offset: (at.offset ?? 0) + count.events }
    case 'page': {
      const next = paging.next === undefined ? undefined : atPath(page.document, paging.next)
      const isLast = paging.next === undefined ? isBehind(answered) : !next
      if (isLast) return null
      return isDoubtful(at, count) ? { ...at, again: true } : { ...sure(at), page: (at.page ?? paging.first ?? 1) + 1 }
    }
    case 'time':
      return count.events === 0 ? null : beyond(at, stream, answered)
    case 'last': {
      const cursor = stream.id === undefined ? undefined : atPath(page.list.at(-1), stream.id)
      const isPast = at.until !== undefined && (count.oldest ?? 0) > at.until
      if (typeof cursor !== 'string' && typeof cursor !== 'number') return null
      if (cursor === at.cursor) return standing(count.fresh, stream.title)
      return isPast ? null : { ...at, cursor }
    }
  }
}

/**
 * Whether a page lies behind all there is. It need not be empty: where new events push the others on, what came last comes again, and would
 * for as long as new ones arrive. A page that came before says so only where it is known to hold fewer than were asked for.
 */
const isBehind = ({ count: { events, fresh }, size }: Answered): boolean =>
  events === 0 || (fresh === 0 && size !== undefined && events < size)

/** A whole page that came before: either the others were pushed on by so many new ones, or the server gave a wrong page. */
const isDoubtful = ({ again }: At, { events, fresh }: PageCount): boolean => !again && events > 0 && fresh === 0

const sure = ({ again: _, ...at }: At): At => at

/**
 * Past the events that came, by their time. A moment that has more of them than a page holds is asked for in a larger page, and only
 * behind the largest by their number: of one moment a server may give them in another order each time, so that counting past some
 * would leave others off.
 */
function beyond(
  { size: larger, ...at }: At,
  { order, window = 'iso', title, size: sizes }: Pick<Stream, 'order' | 'window' | 'title' | 'size'>,
  { count, size }: Answered
): At | null {
  if (count.oldest === undefined || count.newest === undefined)
    throw new AppError(
      'answer_refused',
      `${title}: events without a time that can be read, by which the next ones would be asked for. Check where the time is.`
    )
  // A moment is asked for twice, so that none of its events is left off, whichever side of it the server counts in.
  const unit = unitOf[window]
  const isCut = size !== undefined && sizes !== undefined && count.events >= size && size < sizes.most
  const more = isCut
    ? { ...at, offset: 0, size: Math.min(size * 4, sizes.most) }
    : { ...at, offset: (at.offset ?? 0) + count.events, ...(larger === undefined ? {} : { size: larger }) }
  // What is counted past and comes all the same is all there is of the moment, or of a server that does not count.
  const isStuck = (at.offset ?? 0) > 0 && count.fresh === 0
  if (order === 'newest') {
    const until = count.oldest + unit
    if (at.until === undefined || until < at.until) return { ...at, until, offset: 0 }
    return isStuck ? unlessEmpty({ ...at, until: count.oldest - unit, offset: 0 }) : more
  }
  const since = count.newest - unit
  if (at.since === undefined || since > at.since) return { ...at, since, offset: 0 }
  return isStuck ? unlessEmpty({ ...at, since: count.newest + unit, offset: 0 }) : more
}

const unlessEmpty = (at: At): At | null =>
  at.since !== undefined && at.until !== undefined && at.since > at.until ? null : at

function following(at: At, next: string | undefined, url: string, { events }: PageCount, title: string): At | null {
  if (next === undefined || next === '') return null
  const address = URL.canParse(next, url) ? new URL(next, url).href : next
  if (address === url) return standing(events, title)
  return { ...at, url: address }
}

/** A server that leads to where we are: at the end of what there is it may, but not with events. */
function standing(events: number, title: string): null {
  if (events === 0) return null
  throw new AppError(
    'answer_refused',
    `${title}: the server leads from a page to the same page again, so what comes behind it cannot be reached.`
  )
}

/** The address that a Link header calls the next: RFC 8288. */
export function linked(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '')
  for (const [, address, parameters] of text.matchAll(/<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s";,]*))*)/g))
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s|;|$))/i.test(parameters ?? '')) return address
  return undefined
}
