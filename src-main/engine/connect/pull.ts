import type { PullProgress, PullReport, PullRequest, PullState } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { AppError, type ErrorCode, isCancel } from '../../contract/errors'
import { type Asking, newAsking } from './asking'
import type { Books } from './books'
import type { CallerOptions } from './caller'
import { runChecks } from './checks'
import type { Connected } from './connected'
import { Gate } from './gate'
import type { PartLimits } from './journal'
import type { BeginLine, DoneLine, JournalLine, PartLine } from './journal-lines'
import { Keeper } from './keeper'
import { Pace } from './pace'
import { firstAt } from './paging'
import { type PullMoment, pullProgress } from './pull-progress'
import { answerText, requestLine } from './request-line'
import { Seen } from './seen'
import { seenIn } from './seen-in'
import { pullStream } from './stream-pull'
import { chosen } from './template'
import { windowOf } from './window'

export interface PullOptions {
  readonly connected: Connected
  /** Where its evidence grows. */
  readonly folder: string
  /** Where the case has what was imported of it. */
  readonly evidence?: string
  readonly begin: Omit<BeginLine, 'asked'>
  readonly request: Omit<PullRequest, 'connection'>
  /** Comes to its end once all that was asked for is there, though it was asked to follow. */
  readonly settles?: boolean
  /** How many events are asked for at once, where the connection says. */
  readonly size?: number
  /** Up to where earlier pulls of this connection came. */
  readonly reached: (stream: string) => Pick<DoneLine, 'reached' | 'cursor'> | undefined
  readonly now: () => number
  readonly progress: (progress: Omit<PullProgress, 'imported'>) => void
  /** A part is whole and can be imported. */
  readonly partEnded: (part: PartLine) => void
  /** Whether the parts before are in: into a case of many events each takes its time, however few it brings. */
  readonly isIdle?: () => boolean
  /** Requests that were made, for the chain of custody; answered when they stand in it. */
  readonly told: (lines: readonly JournalLine[]) => Promise<void>
  readonly limits?: PartLimits
  readonly pause?: CallerOptions['pause']
}

/** What a server that is followed may get over. */
const comesBack: ReadonlySet<ErrorCode> = new Set(['unreachable', 'answer_refused', 'rate_limited'])

const over: ReadonlySet<PullState> = new Set(['complete', 'canceled', 'failed', 'interrupted'])

/** One pull: asks for streams until they are at their end, keeps what comes, and knows what did not. */
export class Pull {
  readonly #options: PullOptions
  readonly #gate = new Gate()
  readonly #keeper: Keeper
  readonly #asking: Asking
  readonly #seen = new Map<string, Seen>()
  readonly #pace: Pace
  #interrupted = false
  #state: PullState = 'checking'
  #stream: string | undefined
  #wait: PullMoment['wait'] = null
  #at: number | undefined
  #asksAt: number | undefined

  constructor(options: PullOptions) {
    this.#options = options
    const { connected, begin, now, pause } = options
    this.#pace = new Pace(now)
    this.#keeper = new Keeper({ ...options, partName: (stream, number) => partName(begin, stream, number) })
    const waits = (wait: PullMoment['wait']) => {
      this.#wait = wait
      this.#tell(true)
    }
    this.#asking = newAsking(connected, this.#keeper, {
      signal: this.#gate.signal,
      passed: () => this.#gate.passed(),
      now,
      waits,
      ...(pause ? { pause } : {})
    })
  }

  get id(): string {
    return this.#options.begin.id
  }

  get books(): Books {
    return this.#keeper.books
  }

  /** Pulls until all is there, or until it is canceled; a pull of which the folder holds the beginning goes on where that ended. */
  async run(): Promise<void> {
    const lines = await this.#keeper.open()
    try {
      if (lines.length) this.#resume(lines)
      else this.#begin()
      const streams = await this.#check()
      for (const name of streams) await this.#pullOne(name, false)
      await this.#keeper.endPart()
      const follow = this.#options.settles ? undefined : this.#asked.follow
      while (follow !== undefined) await this.#poll(streams, follow)
      await this.#end('complete')
    } catch (error) {
      if (this.#interrupted) {
        await this.#keeper.endPart()
        await this.#keeper.tellRequests()
        return this.#set('interrupted')
      }
      if (isCancel(error)) await this.#end(this.#isFollowed() ? 'complete' : 'canceled')
      else await this.#end('failed', (error as Error).message)
      if (!(error instanceof AppError)) throw error
    } finally {
      await this.#keeper.close()
      this.#options.connected.line.close()
    }
  }

  hold(): void {
    this.#gate.hold()
    this.#tell(true)
  }

  release(): void {
    this.#gate.release()
    this.#tell(true)
  }

  cancel(): void {
    this.#gate.cancel()
  }

  /** Stops so that it can be resumed. */
  interrupt(): void {
    this.#interrupted = true
    this.#gate.cancel()
  }

  report(): Omit<PullReport, 'refused' | 'journal'> {
    const { streams } = this.#options.connected
    const titles = (stream: string) => {
      const { title = stream, source } = streams[stream] ?? {}
      return { title, ...(source === undefined ? {} : { source }) }
    }
    return this.books.report(titles, this.books.end ? undefined : this.#now())
  }

  /** Whether nothing is missing though it was ended: all had come, and what came later was waited for. */
  #isFollowed(): boolean {
    const { streams } = this.books
    return this.#asked.follow !== undefined && streams.length > 0 && streams.every((name) => this.books.done(name))
  }

  get #asked(): BeginLine['asked'] {
    return this.books.begin?.asked ?? { streams: [] }
  }

  #begin(): void {
    const { begin, request, connected } = this.#options
    const { streams = Object.keys(connected.streams), since, until, follow } = request
    const asked = {
      streams,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(follow === undefined ? {} : { follow })
    }
    this.#keeper.add({ begin: { ...begin, asked } })
  }

  #resume(lines: readonly JournalLine[]): void {
    const { connected, folder, evidence = folder, begin, now } = this.#options
    this.#keeper.add({ resumed: { at: iso(now()), by: begin.by } })
    for (const [name, stream] of Object.entries(connected.streams))
      this.#seen.set(name, seenIn({ folder, evidence }, lines, name, stream))
  }

  /** The streams that have something to give. */
  async #check(): Promise<readonly string[]> {
    const { connected } = this.#options
    const { streams: asked } = this.#asked
    const unknown = asked.find((name) => !connected.streams[name])
    if (unknown !== undefined) {
      const known = Object.keys(connected.streams).join(', ')
      throw new AppError('usage', `${connected.connector.title} has no stream ${unknown}. There are: ${known}.`)
    }
    this.#set('checking')
    const { caller, signIn } = this.#asking
    const { stopped, notes } = await runChecks(connected, caller, signIn, asked, ({ title }, called) => {
      const text = answerText(called.answer.body, connected.hidden)
      this.#keeper.add({
        request: { ...requestLine(this.books.requests + 1, title, called, connected.hidden), text }
      })
    })
    for (const note of notes) this.#keeper.add({ note })
    for (const [stream, why] of stopped) this.#keeper.add({ stopped: { stream, why } })
    const open = asked.filter((name) => !stopped.has(name))
    if (open.length === 0 && stopped.size) throw new AppError('events_off', [...stopped.values()].join(' '))
    return open
  }

  async #pullOne(name: string, following: boolean): Promise<void> {
    const { connected, size } = this.#options
    const stream = connected.streams[name] as Stream
    this.#stream = name
    this.#set(following ? 'following' : 'pulling')
    if (!following && this.books.done(name)) return
    // It came to its last page, and the application ended before it could say so.
    if (!following && this.books.isThrough(name)) return this.#done(name, undefined)
    const at = this.books.position(name) ?? this.#newWindow(name, stream, following)
    const cursor = await pullStream(
      {
        ...this.#asking,
        connected,
        name,
        size,
        books: this.books,
        seen: this.#seenOf(name),
        contents: following ? this.#seenOf(`${name}\n`) : null,
        add: (line, body, of) => this.#keeper.add(line, body, of),
        room: this.#keeper.room,
        came: ({ count }) => {
          this.#pace.came(count.fresh)
          this.#at = stream.order === 'newest' ? (count.oldest ?? this.#at) : (count.newest ?? this.#at)
          this.#tell()
        }
      },
      at
    )
    this.#done(name, stream.continues ? cursor : undefined)
  }

  #newWindow(name: string, stream: Stream, following: boolean) {
    const { connected, now, reached } = this.#options
    const paging = chosen(stream.paging, connected.values)
    if (!paging)
      throw new AppError('settings_invalid', `${stream.title}: no way to page through it fits these settings.`)
    const asked = this.#asked
    const before = following ? this.books.done(name) : undefined
    const last = before ?? (asked.since === undefined ? reached(name) : undefined)
    const window = windowOf(stream, { asked, last, following, now: now(), ahead: this.books.ahead })
    if (window.missing) this.#keeper.add({ missing: { stream: name, ...window.missing } })
    const from = firstAt(paging, window.at)
    this.#keeper.add({ window: { stream: name, order: stream.order, at: iso(now()), from } })
    return from
  }

  #done(name: string, cursor: string | number | undefined): void {
    const now = this.#options.now()
    const { since } = this.books.window(name) ?? {}
    const from = since === undefined ? {} : { since }
    const on = cursor === undefined ? {} : { cursor }
    this.#keeper.add({
      done: { stream: name, at: iso(now), ...from, reached: this.books.reached(name, now), ...on }
    })
  }

  async #poll(streams: readonly string[], seconds: number): Promise<void> {
    this.#asksAt = this.#options.now() + seconds * 1000
    this.#set('following')
    await this.#asking.caller.rest(seconds * 1000)
    this.#asksAt = undefined
    await this.#gate.passed()
    try {
      for (const name of streams) await this.#pullOne(name, true)
    } catch (error) {
      // A server that is away for a while is asked again; where it went on is known.
      if (!(error instanceof AppError) || !comesBack.has(error.code)) throw error
      this.#keeper.add({ note: error.message })
      if (error.code === 'answer_refused' && this.#stream !== undefined) this.#beginAnew(this.#stream)
    }
    if (this.#options.isIdle?.() ?? true) await this.#keeper.endPart()
  }

  /** What a server gave to go on by ends some day, and would be refused for ever: the stretch is asked for from its beginning. */
  #beginAnew(name: string): void {
    const { connected, now } = this.#options
    const { cursor, url } = this.books.position(name) ?? {}
    const stream = connected.streams[name]
    const paging = stream && chosen(stream.paging, connected.values)
    if (!paging || (cursor === undefined && url === undefined)) return
    const { since, until } = this.books.window(name) ?? {}
    const stretch = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
    const from = firstAt(paging, stretch)
    this.#keeper.add({ window: { stream: name, order: stream.order, at: iso(now()), from } })
  }

  async #end(state: 'complete' | 'canceled' | 'failed', fault?: string): Promise<void> {
    const at = iso(this.#options.now())
    this.#set(await this.#keeper.end({ at, state, ...(fault === undefined ? {} : { fault }) }))
  }

  #seenOf(name: string): Seen {
    const seen = this.#seen.get(name) ?? new Seen()
    this.#seen.set(name, seen)
    return seen
  }

  #set(state: PullState): void {
    this.#state = state
    this.#tell(true)
  }

  #now(): PullState {
    if (over.has(this.#state)) return this.#state
    return this.#gate.isHeld ? 'paused' : this.#wait ? 'waiting' : this.#state
  }

  #tell(always = false): void {
    if (!this.#pace.isTime(always)) return
    const { begin, connected, progress } = this.#options
    const name = this.#stream
    progress(
      pullProgress(begin, this.books, {
        state: this.#now(),
        eventsPerSecond: this.#pace.perSecond,
        name,
        stream: name === undefined ? undefined : connected.streams[name],
        at: this.#at,
        wait: this.#wait,
        asksAt: this.#asksAt
      })
    )
  }
}

/** `keycloak-events-20261121-081500-0001.json`: whose, what, when. */
export const partName = (
  { id, connection }: Pick<BeginLine, 'id' | 'connection'>,
  stream: string,
  number: string
): string => `${connection}-${stream}${id.slice(connection.length)}-${number}.json`

const iso = (time: number): string => new Date(time).toISOString()
