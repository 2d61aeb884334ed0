import type { MissingStretch, StreamBooks } from '../../contract/connect'
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

const iso = (time: number): string => new Date(time).toISOString()

/** What came of a stream, and once its pull is over what did not. */
export function streamBooks(
  stream: string,
  { title, source }: { readonly title: string; readonly source?: string },
  { since, until, events, repeated, said, oldest, newest, missing, ...open }: OpenStream,
  begin: BeginLine | undefined,
  end: EndLine | undefined
): StreamBooks {
  const asked = askedOf(stream, begin)
  const rest = restOf(open, asked, end)
  const all = rest ? [...missing, rest] : missing
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
    ...(open.done ? { reached: iso(open.done.reached) } : {}),
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

/** What of the stretch at hand did not come, once no more comes. */
function restOf(
  { window, done, windowOldest, windowNewest }: Pick<OpenStream, 'window' | 'done' | 'windowOldest' | 'windowNewest'>,
  asked: Asked,
  end: EndLine | undefined
): MissingStretch | null {
  if (!end || end.state === 'complete' || done) return null
  const { since, until } = window ? isoOf(window.from) : asked
  const [oldest, newest] = [windowOldest, windowNewest].map((time) => (time === undefined ? undefined : iso(time)))
  const [from, to] = window?.order === 'oldest' ? [newest ?? since, until] : [since, oldest ?? until]
  const why = end.state === 'canceled' ? 'the pull was canceled' : 'the pull failed'
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), why }
}

const isoOf = ({ since, until }: WindowLine['from']): Asked => ({
  since: since === undefined ? undefined : iso(since),
  until: until === undefined ? undefined : iso(until)
})
