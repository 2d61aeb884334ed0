import type { PullProgress, PullState } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import type { Books } from './books'
import { iso } from './event-time'
import type { BeginLine } from './journal-lines'

/** What a pull is about, beside its books. */
export interface PullMoment {
  readonly state: PullState
  readonly eventsPerSecond: number
  /** The stream at hand, and the time of the event that came last. */
  readonly name: string | undefined
  readonly stream: Stream | undefined
  readonly at: number | undefined
  readonly wait: { readonly until: number; readonly why: string } | null
  /** While it follows: when it asks again. */
  readonly asksAt: number | undefined
}

/** How far a pull is, for whoever watches it. */
export function pullProgress(
  { id, connection, name }: Pick<BeginLine, 'id' | 'connection' | 'name'>,
  books: Books,
  moment: PullMoment
): Omit<PullProgress, 'imported'> {
  const { state, eventsPerSecond, name: of, stream, at, wait, asksAt } = moment
  const { since, until } = (of === undefined ? undefined : books.window(of)) ?? {}
  const said = of === undefined ? undefined : books.of(of).said
  return {
    pull: id,
    connection,
    name,
    state,
    ...(of === undefined ? {} : { stream: of }),
    requests: books.requests,
    events: books.events,
    repeated: books.repeated,
    bytes: books.bytes,
    eventsPerSecond,
    ...(at === undefined ? {} : { at: iso(at) }),
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
    ...(stream ? { order: stream.order } : {}),
    ...(said === undefined ? {} : { said }),
    ...(wait ? { waitsUntil: iso(wait.until), why: wait.why } : {}),
    ...(asksAt === undefined ? {} : { asksAt: iso(asksAt) })
  }
}
