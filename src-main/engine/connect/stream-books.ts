import type { MissingStretch, StreamBooks } from '../../contract/connect'
import { iso } from './event-time'
import type { BeginLine, DoneLine, EndLine, WindowLine } from './journal-lines'
import type { At } from './paging'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
/** A stream as the lines of a journal tell of it. */
export type OpenStream = Writable<Omit<StreamBooks, 'stream' | 'title' | 'missing' | 'complete'>> & {
  missing: StreamBooks['missing'][number][]
  window?: WindowLine
  /** Where it goes on: null when all of the window has come. */
  to?: At | null
  done?: DoneLine
  oldest?: number
  newest?: number
  /** Pages with events that came. */
  pages: number
  /** Of the window at hand: those that brought something new, and the times of what came. */
  turned: number
  windowOldest?: number
  windowNewest?: number
}

/** How a pull ended, or that it was cut off. */
export type Ended = EndLine['state'] | 'interrupted'

/** What came of a stream, and once nothing more comes of its pull what did not. */
export function streamBooks(
  stream: string,
  { title, source }: { readonly title: string; readonly source?: string },
  { since, until, events, repeated, said, oldest, newest, missing, ...open }: OpenStream,
  begin: BeginLine | undefined,
  ended: Ended | undefined
): StreamBooks {
  const asked = askedOf(stream, begin)
  const rest = restOf(open, asked, ended)
  const all = rest ? [...missing, rest] : missing
  const reached = open.done && reachedOf(open.done, all, since)
  return {
    stream,
    title,
    ...(source === undefined ? {} : { source }),
    ...stretchOf(open.window ? { since, until } : asked),
    events,
    repeated,
    ...(said === undefined ? {} : { said }),
    ...(oldest === undefined ? {} : { first: iso(oldest) }),
    ...(newest === undefined ? {} : { last: iso(newest) }),
    complete: open.done !== undefined && all.length === 0,
    ...(reached === undefined ? {} : { reached: iso(reached) }),
    missing: all
  }
}

interface Asked {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** What of a stream was to be asked for, before anything was. */
const askedOf = (stream: string, begin: BeginLine | undefined): Asked => ({
  since: begin?.asked.since ?? begin?.asked.held?.[stream],
  until: begin?.asked.until ?? begin?.at
})

const stretchOf = ({ since, until }: Asked): Pick<StreamBooks, 'since' | 'until'> => ({
  ...(since === undefined ? {} : { since }),
  ...(until === undefined ? {} : { until })
})

/** To the first gap, so that the next pull asks for that again; undefined where nobody knows when it begins. */
function reachedOf({ reached }: DoneLine, missing: readonly MissingStretch[], since = ''): number | undefined {
  // What lies before all that can be asked for is missing for good.
  const gaps = missing.filter(({ to }) => to === undefined || to > since)
  const first = Math.min(...gaps.map(({ from }) => Date.parse(from ?? '')), reached)
  return Number.isNaN(first) ? undefined : first
}

const whys: Readonly<Record<Exclude<Ended, 'complete'>, string>> = {
  canceled: 'the pull was canceled',
  failed: 'the pull failed',
  interrupted: 'the pull was interrupted, and can be resumed'
}

/** What of the stretch at hand did not come, once no more comes. */
function restOf(
  { window, done, windowOldest, windowNewest }: Pick<OpenStream, 'window' | 'done' | 'windowOldest' | 'windowNewest'>,
  asked: Asked,
  ended: Ended | undefined
): MissingStretch | null {
  if (!ended || ended === 'complete' || done) return null
  const { since, until } = window ? isoOf(window.from) : asked
  // What is listened for has no end that anyone could wait for.
  if (ended === 'interrupted' && until === undefined) return null
  const [oldest, newest] = [windowOldest, windowNewest].map((time) => (time === undefined ? undefined : iso(time)))
  const [from, to] = window?.order === 'oldest' ? [newest ?? since, until] : [since, oldest ?? until]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), why: whys[ended] }
}

const isoOf = ({ since, until }: WindowLine['from']): Asked => ({
  since: since === undefined ? undefined : iso(since),
  until: until === undefined ? undefined : iso(until)
})
