import type { EventRow } from '../../../src-main/contract/event'
import { allOf, type Filter, oneOf } from '../../../src-main/contract/filter'
import { isoTime } from '../../../src-main/contract/instant'
import { type OnTrack, type Position, type Track, tracksOf } from '../../../src-main/contract/track'
import type { App } from '../../state/app.svelte'
import { LiveQuery } from '../../state/live-query.svelte'
import { newTicket } from '../../state/ticket'
import { type ClockUnit, unitAround } from './clock-unit'

/** Events run through faster than this are not counted among their like. */
const rest = 250
const slowAfter = 400
const mostWaiting = 4

/** How a track is spoken of. */
export const trackTitles: Readonly<Record<Track, { readonly short: string; readonly of: string }>> = {
  user: { short: 'User', of: 'by this user' },
  session: { short: 'Session', of: 'in this session' },
  trace: { short: 'Request', of: 'of this request' },
  target: { short: 'Target', of: 'on this target' },
  address: { short: 'Address', of: 'from this address' }
}

/** From the event shown to the next of its like, in the whole case; or of the search, to the next failure, minute, hour, day. */
export class EventSteps {
  readonly #app: App
  readonly #event: () => EventRow | null
  readonly #positions: LiveQuery<{ select: 'positions'; event: string; of: readonly Filter[] }>
  #settled = $state<string | null>(null)
  #waiting = 0
  #ticket = ''
  #queue: Promise<void> = Promise.resolve()
  /** A step takes longer than a moment: time to say so. */
  slow = $state(false)
  /** The track that the two step keys lead along. */
  followed = $state<Track>('user')

  readonly tracks: readonly OnTrack[] = $derived.by(() => {
    const event = this.#event()
    return event ? tracksOf(event) : []
  })

  constructor(app: App, event: () => EventRow | null) {
    this.#app = app
    this.#event = event
    $effect(() => {
      const id = event()?._id ?? null
      const timer = setTimeout(() => (this.#settled = id), rest)
      return () => clearTimeout(timer)
    })
    this.#positions = new LiveQuery(app, () => {
      const id = event()?._id
      if (!id || id !== this.#settled || this.tracks.length === 0) return null
      return { select: 'positions', event: id, of: this.tracks.map(({ filter }) => filter) }
    })
  }

  /** Where the event stands on one of its tracks; null while that is counted. */
  position(track: Track): Position | null {
    const query = this.#positions.answeredQuery
    if (query?.event !== this.#event()?._id) return null
    return this.#positions.answer?.positions[this.tracks.findIndex((each) => each.track === track)] ?? null
  }

  /** The one the keys lead along: the one chosen, or the event's first where it has none such. */
  get along(): OnTrack | undefined {
    return this.tracks.find(({ track }) => track === this.followed) ?? this.tracks[0]
  }

  /** Follows the next of the event's tracks. */
  followNext(): void {
    const at = this.tracks.findIndex(({ track }) => track === this.along?.track)
    this.followed = this.tracks[(at + 1) % Math.max(1, this.tracks.length)]?.track ?? this.followed
  }

  async step(track: Track, forward: boolean): Promise<void> {
    const on = this.tracks.find((each) => each.track === track)
    if (!on) return
    this.followed = track
    const missing = `No ${forward ? 'later' : 'earlier'} event ${trackTitles[track].of} in the case.`
    await this.#go(on.filter, forward, missing)
  }

  async stepToFailure(forward: boolean): Promise<void> {
    const filter = allOf(this.#app.selection.filter, oneOf('event.outcome', 'failure'))
    await this.#go(filter, forward, `No ${forward ? 'later' : 'earlier'} failure in the search.`)
  }

  /** To the first event after this minute, hour, day, or to the last one before it. */
  async stepInTime(unit: ClockUnit, forward: boolean): Promise<void> {
    const { selection, zone, notices } = this.#app
    const event = this.#event()
    // The detail is on its way: from when the step would go is not known yet.
    if (!event || event._id !== selection.selectedId) return
    const moment = event['@timestamp']
    if (typeof moment !== 'string') {
      notices.done('This event has no time to step from.')
      return
    }
    const { from, to } = unitAround(Date.parse(moment), unit, zone)
    const text = (ms: number) => isoTime(BigInt(ms) * 1000n)
    const beyond: Filter = {
      kind: 'range',
      field: '@timestamp',
      ...(forward ? { from: text(to) } : { to: text(from) })
    }
    const missing = `Nothing in the search ${forward ? 'after' : 'before'} this ${unit === 'ten minutes' ? 'stretch of ten minutes' : unit}.`
    await this.#go(allOf(selection.filter, beyond), forward, missing)
  }

  /** Gives up the step under way. */
  cancel(): void {
    this.#app.engine.cancel(this.#ticket).catch(() => {})
  }

  /** One after the other, so that a key pressed twice goes two steps; one that is held down leaves no queue behind. */
  #go(filter: Filter, forward: boolean, missing: string): Promise<void> {
    if (this.#waiting >= mostWaiting) return this.#queue
    this.#waiting++
    this.#queue = this.#queue.then(() => this.#take(filter, forward, missing)).finally(() => this.#waiting--)
    return this.#queue
  }

  async #take(filter: Filter, forward: boolean, missing: string): Promise<void> {
    const { engine, selection, notices } = this.#app
    const event = selection.selectedId
    const timer = setTimeout(() => (this.slow = true), slowAfter)
    try {
      this.#ticket = newTicket()
      const query = { select: 'step', filter, forward, ...(event !== null && { event }) } as const
      const answer = await engine.ask(query, this.#ticket)
      // A step that was overtaken by a click leads nowhere.
      if (selection.selectedId !== event || !('event' in answer)) return
      if (answer.event === null) notices.done(missing)
      else selection.selectedId = answer.event
    } catch (error) {
      notices.failed('The step could not be made', error)
    } finally {
      clearTimeout(timer)
      this.slow = false
    }
  }
}
