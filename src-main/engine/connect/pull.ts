import type { PullReport, PullState } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { AppError, type ErrorCode, isCancel } from '../../contract/errors'
import { type Asking, newAsking } from './asking'
import type { Books } from './books'
import { runChecks } from './checks'
import { iso } from './event-time'
import { Gate } from './gate'
import type { BeginLine } from './journal-lines'
import { Keeper } from './keeper'
import { Pace } from './pace'
import { type PullOptions, partName } from './pull-options'
import { type PullMoment, pullProgress } from './pull-progress'
import { answerText, requestLine } from './request-line'
import { SeenStreams } from './seen-streams'
import { pullStream, type StreamOptions } from './stream-pull'
import { Stretches } from './stretches'

/** What a server that is followed may get over. */
const comesBack: ReadonlySet<ErrorCode> = new Set(['unreachable', 'answer_refused', 'rate_limited'])

const over: ReadonlySet<PullState> = new Set(['complete', 'canceled', 'failed', 'interrupted'])

/** One pull: asks for streams until they are at their end, keeps what comes, and knows what did not. */
export class Pull {
  readonly #options: PullOptions
  readonly #gate = new Gate()
  readonly #keeper: Keeper
  readonly #asking: Asking
  readonly #seen: SeenStreams
  readonly #stretches: Stretches
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
    this.#seen = new SeenStreams(options, this.#keeper)
    this.#stretches = new Stretches(options, this.#keeper)
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
      if (lines.length) {
        this.#keeper.add({ resumed: { at: iso(this.#options.now()), by: this.#options.begin.by } })
        await this.#seen.resume(lines)
      } else this.#begin()
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
    const { begin, request, connected, reached } = this.#options
    const { streams = Object.keys(connected.streams), since, until, follow } = request
    const held = streams.flatMap((name) => {
      const last = since === undefined ? reached(name) : undefined
      return last ? [[name, iso(last.reached)] as const] : []
    })
    const asked = {
      streams,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(follow === undefined ? {} : { follow }),
      ...(held.length > 0 ? { held: Object.fromEntries(held) } : {})
    }
    this.#keeper.add({ begin: { ...begin, asked } })
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
    const stream = this.#options.connected.streams[name] as Stream
    this.#stream = name
    this.#set(following ? 'following' : 'pulling')
    if (!following && this.books.done(name)) return
    // It came to its last page, and the application ended before it could say so.
    if (!following && this.books.isThrough(name)) return this.#stretches.done(name, undefined)
    const cursor = await this.#ask(name, stream, following)
    this.#stretches.done(name, stream.continues ? cursor : undefined)
  }

  async #ask(name: string, stream: Stream, following: boolean): Promise<string | number | undefined> {
    const { connected, size } = this.#options
    const options: Omit<StreamOptions, 'seen'> = {
      ...this.#asking,
      connected,
      name,
      size,
      books: this.books,
      contents: following ? this.#seen.contentsOf(name) : null,
      add: (line, body, of) => this.#keeper.add(line, body, of),
      room: this.#keeper.room,
      came: ({ count }) => {
        this.#pace.came(count.fresh)
        this.#at = stream.order === 'newest' ? (count.oldest ?? this.#at) : (count.newest ?? this.#at)
        this.#tell()
      }
    }
    for (let at = this.books.position(name) ?? this.#stretches.begin(name, this.#asked, following); ; ) {
      try {
        return await pullStream({ ...options, seen: this.#seen.of(name) }, at)
      } catch (error) {
        const anew = this.#stretches.anew(name, error)
        if (!anew) throw error
        await this.#seen.again(name)
        this.#tell(true)
        at = anew
      }
    }
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
    }
    if (this.#options.isIdle?.() ?? true) await this.#keeper.endPart()
  }

  async #end(state: 'complete' | 'canceled' | 'failed', fault?: string): Promise<void> {
    const at = iso(this.#options.now())
    this.#set(await this.#keeper.end({ at, state, ...(fault === undefined ? {} : { fault }) }))
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
