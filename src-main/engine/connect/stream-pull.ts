import { setImmediate } from 'node:timers/promises'
import type { Paging, Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { atPath } from './at-path'
import type { Books } from './books'
import type { Called, Caller } from './caller'
import { Circle } from './circle'
import type { Connected } from './connected'
import { iso, writtenTime } from './event-time'
import { fillRequest, type Outgoing } from './fill-request'
import type { JournalLine } from './journal-lines'
import { countPage, type Page, type PageCount, pageOf } from './page'
import { type Answered, type At, nextAt } from './paging'
import { answerText, requestLine, shownAt } from './request-line'
import type { Seen } from './seen'
import type { SignIn } from './sign-in'
import { chosen, type Values } from './template'

export interface StreamOptions {
  readonly connected: Connected
  readonly name: string
  readonly caller: Caller
  readonly signIn: SignIn
  readonly books: Books
  readonly seen: Seen
  /** While it follows: the contents that came. A page that tells nothing new by them either is not kept once more. */
  readonly contents: Seen | null
  readonly size: number | undefined
  readonly add: (line: JournalLine, body?: Buffer, stream?: string) => void
  readonly room: () => Promise<void>
  readonly came: (at: { readonly count: PageCount; readonly stream: Stream }) => void
}

/** Pages given up on, one after the other, before the stream is. */
const mostSkipped = 3

/**
 * Asks for a stream from where it stands to its end, page by page. Answers where the server goes on. While a page is written down the
 * server is at work on the next.
 */
export async function pullStream(options: StreamOptions, from: At): Promise<string | number | undefined> {
  const { connected, name, books, add, came } = options
  const stream = connected.streams[name] as Stream
  const paging = chosen(stream.paging, connected.values) as Paging
  const usual = sizeOf(options, stream)
  let cursor = from.cursor
  let skipped: Skipped | undefined
  /** How far it came in time. */
  let edge: number | undefined
  const circle = new Circle(stream.title, paging, books.of(name).pages, options.contents !== null)
  for (let asking: Promise<Outcome> | null = ask(options, stream, paging, from); asking; ) {
    const asked: Outcome = await asking
    const at: At = asked.at
    if ('error' in asked) {
      const over = edge === undefined ? undefined : beyondPage(paging, at, usual, asked.error)
      if (!over || (skipped?.count ?? 0) >= mostSkipped) throw asked.error
      skipped = { after: skipped ? skipped.after : edge, count: (skipped?.count ?? 0) + 1 }
      asking = ask(options, stream, paging, over)
      continue
    }
    const { called, page } = asked as Asked
    const { headers } = called.answer
    const count = comparable(countPage(page, stream, options.seen, headers), stream, from)
    const size = at.size ?? usual
    const answered: Answered = {
      page,
      count,
      headers,
      url: called.outgoing.url,
      ...(size === undefined ? {} : { size })
    }
    const { turned, events, said = count.said } = books.of(name)
    const led = isPast(stream, at, count) ? null : nextAt(paging, stream, at, answered)
    const { next, note, fault } = circle.onward({ page, count, next: led, turned, events, said })
    asking = next ? ask(options, stream, paging, next) : null
    // So that the request is on its way.
    await setImmediate()
    if (skipped) add(gapLine(name, skipped, count, stream.order))
    skipped = undefined
    // Of one that goes in a circle the end is not known: resumed, it goes on from here.
    write(options, called, page, count, at, fault ? led : next)
    edge = further(stream, edge, count)
    if (note) add({ note })
    came({ count, stream })
    if (fault) throw fault
    const told = paging.kind === 'cursor' ? atPath(page.document, paging.next) : lastId(paging, stream, page)
    cursor = typeof told === 'string' || typeof told === 'number' ? told : (at.cursor ?? cursor)
  }
  return cursor
}

function further({ order }: Stream, edge: number | undefined, { oldest, newest }: PageCount): number | undefined {
  if (oldest === undefined || newest === undefined) return edge
  return order === 'newest' ? Math.min(edge ?? oldest, oldest) : Math.max(edge ?? newest, newest)
}

interface Skipped {
  readonly after: number | undefined
  readonly count: number
}

/** A page that was asked for, or why it did not come. */
type Outcome = { readonly at: At } & (Asked | { readonly error: unknown })

async function ask(options: StreamOptions, stream: Stream, paging: Paging, at: At): Promise<Outcome> {
  try {
    await options.room()
    return { at, ...(await askPage(options, stream, paging, at)) }
  } catch (error) {
    return { at, error }
  }
}

/** How many events are asked for at once: what the connection says, as far as the product goes along. */
const sizeOf = ({ size }: Pick<StreamOptions, 'size'>, { size: own }: Stream): number | undefined =>
  own && Math.min(size ?? own.usual, own.most)

const lastId = ({ kind }: Paging, { id }: Stream, { list }: Page): unknown =>
  kind === 'last' && id !== undefined ? atPath(list.at(-1), id) : undefined

interface Asked {
  readonly called: Called
  readonly page: Page
}

async function askPage(
  { connected, name, caller, signIn, size }: StreamOptions,
  stream: Stream,
  paging: Paging,
  at: At
): Promise<Asked> {
  const { values, connector, hidden } = connected
  const { window = 'iso' } = stream
  const most = at.size ?? sizeOf({ size }, stream)
  const paged = {
    ...at,
    ...(at.since === undefined ? {} : { since: writtenTime(at.since, window, 'since') }),
    ...(at.until === undefined ? {} : { until: writtenTime(at.until, window, 'until') }),
    ...(most === undefined ? {} : { size: most })
  }
  const asking: Values = (key) => own(paged, key) ?? values(key)
  const isBehind = paging.kind === 'last' && at.cursor !== undefined
  const request = (isBehind ? paging.request : undefined) ?? stream.request
  const outgoing = fillRequest(request, asking, connector.headers, at.url)
  let page: Page | undefined
  const accept = (answer: Called['answer'], of: Outgoing) => {
    if (hidden.stands(answer.body))
      throw new AppError(
        'secret_echoed',
        `${stream.title}: ${new URL(of.url).host} says a secret of this connection in its answer, which was not kept.`
      )
    page = pageOf(answer, of, stream)
  }
  const called = await caller.call({ what: name, outgoing, signIn, faults: connector.faults ?? [], accept })
  return { called, page: page as Page }
}

const own = (of: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(of, key) ? of[key] : undefined

function write(
  { name, add, books, contents, connected }: StreamOptions,
  called: Called,
  page: Page,
  count: PageCount,
  from: At,
  to: At | null
): void {
  const { hidden } = connected
  const line = {
    ...requestLine(books.requests + 1, name, called, hidden),
    ...count,
    from: shownAt(from, hidden),
    to: to && shownAt(to, hidden)
  }
  const fresh = contents ? page.list.filter((event) => contents.add(JSON.stringify(event))).length : count.events
  if (count.events > 0 && (count.fresh > 0 || fresh > 0)) add({ request: line }, called.answer.body, name)
  else add({ request: count.events === 0 ? { ...line, text: answerText(called.answer.body, hidden) } : line })
}

/** Where no stretch of time can be asked for, a provider counts all it has, which is more than what is wanted of it. */
function comparable({ said, ...count }: PageCount, { window }: Stream, { since }: At): PageCount {
  return said === undefined || (isCoarse(window) && since !== undefined) ? count : { ...count, said }
}

/** Whether a stretch cannot be asked for, or by whole days only. */
const isCoarse = (window: Stream['window']): boolean => window === undefined || window === 'date'

/** Where newest come first and more than is wanted has to be asked for: whether all from now on is older than that. */
function isPast({ order, window }: Stream, { since }: At, { oldest }: PageCount): boolean {
  return order === 'newest' && isCoarse(window) && since !== undefined && oldest !== undefined && oldest < since
}

/** Behind a page that the server fails to give, where pages are counted. */
function beyondPage({ kind }: Paging, at: At, size: number | undefined, error: unknown): At | undefined {
  if (!(error instanceof AppError) || error.code !== 'answer_refused') return undefined
  if (kind === 'page' && at.page !== undefined) return { ...at, page: at.page + 1 }
  if (kind === 'offset' && at.offset !== undefined && size !== undefined) return { ...at, offset: at.offset + size }
  return undefined
}

function gapLine(
  stream: string,
  { after }: { readonly after: number | undefined },
  { oldest, newest }: PageCount,
  order: Stream['order']
): JournalLine {
  const [from, to] = order === 'newest' ? [newest, after] : [after, oldest]
  const why = 'pages that the server could not give'
  return {
    missing: {
      stream,
      ...(from === undefined ? {} : { from: iso(from) }),
      ...(to === undefined ? {} : { to: iso(to) }),
      why
    }
  }
}
