import type { PullProgress, PullReport, PullRequest, PullState } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { AppError, type ErrorCode, isCancel } from '../../contract/errors'
import { Books } from './books'
import { Caller, type CallerOptions } from './caller'
import { runChecks } from './checks'
import type { Connected } from './connected'
import { Gate } from './gate'
import { Journal, type PartLimits } from './journal'
import type { BeginLine, DoneLine, JournalLine, PartLine } from './journal-lines'
import { Pace } from './pace'
import { type At, firstAt } from './paging'
import { answerText, requestLine } from './request-line'
import { Seen } from './seen'
import { seenIn } from './seen-in'
import { SignIn } from './sign-in'
import { pullStream } from './stream-pull'
import { chosen } from './template'

export interface PullOptions {
  readonly connected: Connected
  /** Where its evidence grows. */
  readonly folder: string
  readonly begin: Omit<BeginLine, 'asked'>
  readonly request: Omit<PullRequest, 'connection'>
  /** How many events are asked for at once, where the connection says. */
  readonly size?: number
  /** Up to where earlier pulls of this connection came. */
  readonly reached: (stream: string) => Pick<DoneLine, 'reached' | 'cursor'> | undefined
  readonly now: () => number
  readonly progress: (progress: Omit<PullProgress, 'imported'>) => void
  /** A part is whole and can be imported. */
  readonly partEnded: (part: PartLine) => void
  /** Requests that were made, for the chain of custody; answered when they stand in it. */
  readonly told: (lines: readonly JournalLine[]) => Promise<void>
  readonly limits?: PartLimits
  readonly pause?: CallerOptions['pause']
}

const comesBack: ReadonlySet<ErrorCode> = new Set(['unreachable', 'answer_refused', 'rate_limited'])

const over: ReadonlySet<PullState> = new Set(['complete', 'canceled', 'failed', 'interrupted'])

const usualOverlap = 600
/** While it follows, what comes late is asked for so many seconds longer. */
const followOverlap = 60
const toldTogether = 100

/** One pull: asks for streams until they are at their end, keeps what comes, and knows what did not. */
export class Pull {
  readonly #options: PullOptions
  readonly #gate = new Gate()
  readonly #books = new Books()
  readonly #caller: Caller
  readonly #signIn: SignIn
  readonly #seen = new Map<string, Seen>()
  readonly #pace: Pace
  #journal: Journal | undefined
  #interrupted = false
  #state: PullState = 'checking'
  #stream: string | undefined
  #wait: { readonly until: number; readonly why: string } | null = null
  #at: number | undefined
  #asksAt: number | undefined
  #untold: JournalLine[] = []
  #telling: Promise<void> = Promise.resolve()

  constructor(options: PullOptions) {
    this.#options = options
    this.#pace = new Pace(options.now)
    const { connected, now, pause } = options
    const { line, hidden, values, auth } = connected
    this.#caller = new Caller({
      line,
      hidden,
      values,
      signal: this.#gate.signal,
      now,
      waits: (wait) => {
        this.#wait = wait
        this.#tell(true)
      },
      failed: (what, failed) => {
        const text = failed.answer ? { text: answerText(failed.answer.body, hidden) } : {}
        this.#add({ request: { ...requestLine(this.#books.requests + 1, what, failed, hidden), ...text } })
      },
      ...(pause ? { pause } : {})
    })
    const call = async (outgoing: Parameters<ConstructorParameters<typeof SignIn>[3]>[0]) => {
      const faults = 'faults' in auth ? (auth.faults ?? []) : []
      const called = await this.#caller.call({ what: 'sign-in', outgoing, faults: [...faults, ...signInFaults] })
      this.#add({ request: requestLine(this.#books.requests + 1, 'sign-in', called, hidden) })
      return called.answer
    }
    this.#signIn = new SignIn(auth, values, hidden, call, now)
  }

  get id(): string {
    return this.#options.begin.id
  }

  /** Pulls until all is there, or until it is canceled; a pull of which the folder holds the beginning goes on where that ended. */
  async run(): Promise<void> {
    const { folder, now, limits, partEnded, begin, request } = this.#options
    const journaled = {
      folder,
      partName: (stream: string, number: string) => partName(begin, stream, number),
      now,
      partEnded: (part: PartLine) => this.#partEnded(part, partEnded),
      ...(limits ? { limits } : {})
    }
    const { journal, lines } = await Journal.open(journaled)
    this.#journal = journal
    for (const line of lines) this.#books.take(line)
    try {
      if (lines.length) this.#resume(lines)
      else {
        const { streams = Object.keys(this.#options.connected.streams), since, until, follow } = request
        const asked = {
          streams,
          ...(since === undefined ? {} : { since }),
          ...(until === undefined ? {} : { until }),
          ...(follow === undefined ? {} : { follow })
        }
        this.#add({ begin: { ...begin, asked } })
      }
      const streams = await this.#check()
      for (const name of streams) await this.#pullOne(name, false)
      await journal.endPart()
      const { follow } = this.#books.begin?.asked ?? {}
      while (follow !== undefined) await this.#poll(streams, follow)
      await this.#end('complete')
    } catch (error) {
      if (this.#interrupted) {
        await journal.endPart()
        await this.#tellRequests()
        return this.#set('interrupted')
      }
      await this.#end(isCancel(error) ? 'canceled' : 'failed', isCancel(error) ? undefined : (error as Error).message)
      if (!(error instanceof AppError)) throw error
    } finally {
      await journal.close()
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
    return this.#books.report((name) => this.#titleOf(name), this.#books.end ? undefined : this.#now())
  }

  get books(): Books {
    return this.#books
  }

  #resume(lines: readonly JournalLine[]): void {
    this.#untold = lines.filter((line) => 'request' in line && line.request.n > this.#books.told)
    const at = new Date(this.#options.now()).toISOString()
    this.#add({ resumed: { at, by: this.#options.begin.by } })
    for (const name of Object.keys(this.#options.connected.streams))
      this.#seen.set(name, seenIn(this.#options.folder, lines, name, this.#options.connected.streams[name] as Stream))
  }

  /** The streams that have something to give. */
  async #check(): Promise<readonly string[]> {
    const { connected } = this.#options
    const asked = this.#books.begin?.asked.streams ?? []
    const unknown = asked.find((name) => !connected.streams[name])
    if (unknown !== undefined) {
      const known = Object.keys(connected.streams).join(', ')
      throw new AppError('usage', `${connected.connector.title} has no stream ${unknown}. There are: ${known}.`)
    }
    this.#set('checking')
    const { stopped, notes } = await runChecks(connected, this.#caller, this.#signIn, asked, (check, called) => {
      const text = { text: answerText(called.answer.body, connected.hidden) }
      this.#add({
        request: { ...requestLine(this.#books.requests + 1, check.title, called, connected.hidden), ...text }
      })
    })
    for (const note of notes) this.#add({ note })
    for (const [stream, why] of stopped) this.#add({ stopped: { stream, why } })
    const open = asked.filter((name) => !stopped.has(name))
    if (open.length === 0 && stopped.size) throw new AppError('events_off', [...stopped.values()].join(' '))
    return open
  }

  async #pullOne(name: string, following: boolean): Promise<void> {
    const { connected, size, now } = this.#options
    const stream = connected.streams[name] as Stream
    const paging = chosen(stream.paging, connected.values)
    if (!paging)
      throw new AppError('settings_invalid', `${stream.title}: no way to page through it fits these settings.`)
    this.#stream = name
    this.#set(following ? 'following' : 'pulling')
    if (!following && (this.#books.done(name) || this.#books.isThrough(name))) {
      if (!this.#books.done(name)) this.#done(name, undefined)
      return
    }
    let at = this.#books.position(name)
    if (!at) {
      at = firstAt(paging, this.#window(name, stream, following))
      this.#add({ window: { stream: name, order: stream.order, at: new Date(now()).toISOString(), from: at } })
    }
    const cursor = await pullStream(
      {
        connected,
        name,
        size,
        caller: this.#caller,
        signIn: this.#signIn,
        books: this.#books,
        seen: this.#seenOf(name),
        contents: following ? this.#seenOf(`${name}\n`) : null,
        gate: this.#gate,
        add: (line, body, of) => this.#add(line, body, of),
        room: () => this.#journal?.room() ?? Promise.resolve(),
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

  #done(name: string, cursor: string | number | undefined): void {
    const now = this.#options.now()
    const reached = this.#books.reached(name, now)
    const { since } = this.#books.window(name) ?? {}
    const from = since === undefined ? {} : { since }
    const on = cursor === undefined ? {} : { cursor }
    this.#add({ done: { stream: name, at: iso(now), ...from, reached, ...on } })
  }

  /** What is asked for: what the analyst said, else what came since last time. */
  #window(name: string, stream: Stream, following: boolean): At {
    const { now, reached } = this.#options
    const { since, until } = this.#books.begin?.asked ?? {}
    const last = (following ? this.#books.done(name) : undefined) ?? (since === undefined ? reached(name) : undefined)
    const overlap = following
      ? Math.min(followOverlap, stream.overlap ?? usualOverlap)
      : (stream.overlap ?? usualOverlap)
    const wanted = last ? last.reached - overlap * 1000 : since === undefined ? undefined : Date.parse(since)
    // By the server's clock, where that is ahead of ours.
    const to = following || until === undefined ? now() + Math.max(0, this.#books.ahead ?? 0) : Date.parse(until)
    const from = this.#within(name, stream, wanted, to)
    const { cursor } = last ?? {}
    return { ...(from === undefined ? {} : { since: from }), until: to, ...(cursor === undefined ? {} : { cursor }) }
  }

  /** No earlier than a product gives events for: what lies before that is missing, and said to be. */
  #within(name: string, { furthest, title }: Stream, wanted: number | undefined, to: number): number | undefined {
    if (furthest === undefined) return wanted
    const earliest = to - furthest * 86_400_000
    if (wanted === undefined) return earliest
    if (wanted >= earliest) return wanted
    const why = `${title} can be asked for ${furthest} days back, and no further`
    this.#add({ missing: { stream: name, from: iso(wanted), to: iso(earliest), why } })
    return earliest
  }

  async #poll(streams: readonly string[], seconds: number): Promise<void> {
    this.#asksAt = this.#options.now() + seconds * 1000
    this.#set('following')
    await this.#caller.rest(seconds * 1000)
    this.#asksAt = undefined
    await this.#gate.passed()
    try {
      for (const name of streams) await this.#pullOne(name, true)
    } catch (error) {
      // A server that is away for a while is asked again; where it went on is known.
      if (!(error instanceof AppError) || !comesBack.has(error.code)) throw error
      this.#add({ note: error.message })
    }
    await this.#journal?.endPart()
  }

  async #end(state: 'complete' | 'canceled' | 'failed', fault?: string): Promise<void> {
    const at = new Date(this.#options.now()).toISOString()
    this.#add({ end: { at, state, ...(fault === undefined ? {} : { fault }) } })
    try {
      await this.#journal?.endPart()
      await this.#tellRequests()
    } catch (error) {
      // Where nothing can be written any more, that is what is told; for the journal it goes on.
      if (!(error instanceof AppError)) throw error
      this.#books.take({ end: { at, state: 'failed', fault: error.message } })
      return this.#set('failed')
    }
    this.#set(state)
  }

  #partEnded(part: PartLine, tell: PullOptions['partEnded']): void {
    this.#books.take({ part })
    void this.#tellRequests()
    tell(part)
  }

  #add(line: JournalLine, body?: Buffer, stream?: string): void {
    this.#books.take(line)
    this.#journal?.add(line, body, stream)
    if ('request' in line) {
      this.#untold.push(line)
      if (this.#untold.length >= toldTogether) void this.#tellRequests()
    }
  }

  /** Has requests written into the chain of custody, and notes up to which. */
  #tellRequests(): Promise<void> {
    const lines = this.#untold.splice(0)
    const last = lines.at(-1)
    if (!last || !('request' in last)) return this.#telling
    const { n } = last.request
    const telling = this.#telling.then(async () => {
      await this.#journal?.flush()
      await this.#options.told(lines)
      const told = { told: n }
      this.#books.take(told)
      this.#journal?.add(told)
    })
    // Whoever waits for it at the end hears of it.
    telling.catch(() => {})
    this.#telling = telling
    return telling
  }

  #seenOf(name: string): Seen {
    const seen = this.#seen.get(name) ?? new Seen()
    this.#seen.set(name, seen)
    return seen
  }

  #titleOf(name: string): { readonly title: string; readonly source?: string } {
    const { title = name, source } = this.#options.connected.streams[name] ?? {}
    return { title, ...(source === undefined ? {} : { source }) }
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
    const stream = name === undefined ? undefined : connected.streams[name]
    const { since, until } = (name === undefined ? undefined : this.#books.window(name)) ?? {}
    const said = name === undefined ? undefined : this.#books.of(name).said
    progress({
      pull: begin.id,
      connection: begin.connection,
      name: begin.name,
      state: this.#now(),
      ...(name === undefined ? {} : { stream: name }),
      requests: this.#books.requests,
      events: this.#books.events,
      repeated: this.#books.repeated,
      bytes: this.#books.bytes,
      eventsPerSecond: this.#pace.perSecond,
      ...(this.#at === undefined ? {} : { at: iso(this.#at) }),
      ...(since === undefined ? {} : { since: iso(since) }),
      ...(until === undefined ? {} : { until: iso(until) }),
      ...(stream ? { order: stream.order } : {}),
      ...(said === undefined ? {} : { said }),
      ...(this.#wait ? { waitsUntil: iso(this.#wait.until), why: this.#wait.why } : {}),
      ...(this.#asksAt === undefined ? {} : { asksAt: iso(this.#asksAt) })
    })
  }
}

/** `keycloak-events-20261121-081500-0001.json`: whose, what, when. */
export const partName = (
  { id, connection }: Pick<BeginLine, 'id' | 'connection'>,
  stream: string,
  number: string
): string => `${connection}-${stream}${id.slice(connection.length)}-${number}.json`

const iso = (time: number): string => new Date(time).toISOString()

/** What a sign-in answers is a matter of the settings. */
const signInFaults = [
  {
    status: 404,
    sentence: 'There is no sign-in at this address (404). Check the address, and the name of the realm or tenant.'
  },
  {
    status: [400, 401],
    sentence:
      'The sign-in was refused: the user, the client or the secret is not right. Give the right ones in the connection.'
  }
] as const
