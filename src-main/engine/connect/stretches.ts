import type { Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import type { Connected } from './connected'
import { iso } from './event-time'
import type { BeginLine, DoneLine } from './journal-lines'
import type { Keeper } from './keeper'
import { type At, firstAt } from './paging'
import { chosen } from './template'
import { usualOverlap, windowOf } from './window'

export interface StretchesOptions {
  readonly connected: Connected
  /** Up to where earlier pulls of this connection came. */
  readonly reached: (stream: string) => Pick<DoneLine, 'reached' | 'cursor'> | undefined
  readonly now: () => number
}

/** What an address or a cursor that a server gave is refused with once it knows it no more. */
const forgotten: ReadonlySet<number | undefined> = new Set([400, 404, 410, 412, 422])

/** The stretches of time that a pull asks its streams for: where each begins, goes on, and is done. */
export class Stretches {
  readonly #options: StretchesOptions
  readonly #keeper: Keeper
  /** How many events a stream had when it was last begun anew. */
  readonly #anew = new Map<string, number>()

  constructor(options: StretchesOptions, keeper: Keeper) {
    this.#options = options
    this.#keeper = keeper
  }

  /** Begins the next stretch of a stream; answers where to ask first. */
  begin(name: string, asked: BeginLine['asked'], following: boolean): At {
    const { now, reached } = this.#options
    const { books } = this.#keeper
    const { stream, paging } = this.#of(name)
    const before = following ? books.done(name) : undefined
    const last = before ?? (asked.since === undefined ? reached(name) : undefined)
    const window = windowOf(stream, { asked, last, following, now: now(), ahead: books.ahead })
    if (window.missing) this.#keeper.add({ missing: { stream: name, ...window.missing } })
    const from = firstAt(paging, window.at)
    this.#keeper.add({ window: { stream: name, order: stream.order, at: iso(now()), from } })
    return from
  }

  /**
   * Where to go on with a stretch when the server refuses the place that it gave itself: from the last time that is known, a little
   * earlier, since events may come late. Undefined where that is of no use.
   */
  anew(name: string, error: unknown): At | undefined {
    const { books } = this.#keeper
    const { events } = books.of(name)
    const { cursor, url } = books.position(name) ?? {}
    const isForgotten =
      error instanceof AppError && error.code === 'answer_refused' && forgotten.has(error.detail.status)
    if (!isForgotten || (cursor === undefined && url === undefined) || this.#anew.get(name) === events) return undefined
    this.#anew.set(name, events)
    const { stream, paging } = this.#of(name)
    const { since, until } = books.window(name) ?? {}
    const edge = edgeOf(stream, books.extent(name))
    const isNewest = stream.order === 'newest'
    const from = edge === undefined || isNewest ? since : Math.max(since ?? edge, edge)
    const upTo = edge === undefined || !isNewest ? until : Math.min(until ?? edge, edge)
    const stretch = { ...(from === undefined ? {} : { since: from }), ...(upTo === undefined ? {} : { until: upTo }) }
    const to = firstAt(paging, stretch)
    const where = edge === undefined ? 'from its beginning' : `from ${iso(edge)} ${isNewest ? 'back' : 'on'}`
    this.#keeper.add({ anew: { stream: name, to } })
    this.#keeper.add({
      note: `${stream.title}: the server knows the place no more at which the pull was to go on, so it was asked again ${where}; what came before is not counted twice. ${error.message}`
    })
    return to
  }

  /** The stretch at hand has come to its end. */
  done(name: string, cursor: string | number | undefined): void {
    const { books } = this.#keeper
    const now = this.#options.now()
    const { since } = books.window(name) ?? {}
    const from = since === undefined ? {} : { since }
    const on = cursor === undefined ? {} : { cursor }
    this.#keeper.add({ done: { stream: name, at: iso(now), ...from, reached: books.reached(name, now), ...on } })
  }

  #of(name: string) {
    const { connected } = this.#options
    const stream = connected.streams[name] as Stream
    const paging = chosen(stream.paging, connected.values)
    if (paging) return { stream, paging }
    throw new AppError('settings_invalid', `${stream.title}: no way to page through it fits these settings.`)
  }
}

/** The last time that is known, as far as a stretch of time can be asked for. */
function edgeOf(
  { order, window, overlap = usualOverlap }: Stream,
  { oldest, newest }: { readonly oldest?: number; readonly newest?: number }
): number | undefined {
  if (window === undefined || oldest === undefined || newest === undefined) return undefined
  return order === 'newest' ? oldest + overlap * 1000 : newest - overlap * 1000
}
