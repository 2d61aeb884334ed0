import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { PullState } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import type { Books } from './books'
import { type Delivery, delivered } from './delivery'
import { deliveryLine } from './delivery-line'
import { iso } from './event-time'
import type { RequestLine } from './journal-lines'
import { Keeper } from './keeper'
import { deliveries, type Listening } from './listening'
import { openPort } from './open-port'
import { Pace } from './pace'
import type { Pull } from './pull'
import { type PullOptions, partName } from './pull-options'
import { pullProgress } from './pull-progress'
import { Seen } from './seen'
import { seenDeliveries } from './seen-in'

/** What brings events of a connection into a case: it asks for them, or is sent them. */
export type Bringing = Pick<Pull, 'id' | 'run' | 'hold' | 'release' | 'cancel' | 'interrupt' | 'report' | 'books'>

export type ReceiverOptions = Omit<PullOptions, 'request' | 'size' | 'reached' | 'pause'> & {
  /** Who connects and does not begin TLS is let go after so long (ms), so that nobody keeps senders out: ten seconds unless told. */
  readonly handshake?: number
}

/** What is sent and is no JSON. */
const unread = 'unread'
/** When nothing more has come for so many milliseconds, what came is imported. */
const quiet = 3000
/** So long what is being sent at the end may still take. */
const grace = 3000
/** So many that were refused are told one by one; who guesses passwords must not fill the disk. */
const mostRefused = 100
const mostHandshake = 10_000

/** Listens for what a product sends, until it is told to stop. A sender is answered when what it sent is on the disk. */
export class Receiver implements Bringing {
  readonly #options: ReceiverOptions
  readonly #listening: Listening
  readonly #keeper: Keeper
  #seen = new Seen()
  readonly #pace: Pace
  readonly #stop = new AbortController()
  #state: PullState = 'checking'
  #interrupted = false
  #lastAt = 0
  /** Whether more came than was told. */
  #untold = false
  #refused = 0
  /** Why nothing more can be kept. */
  #fault: unknown
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: ReceiverOptions, listening: Listening) {
    this.#options = options
    this.#listening = listening
    this.#pace = new Pace(options.now)
    this.#keeper = new Keeper({ ...options, partName: (stream, number) => partName(options.begin, stream, number) })
  }

  get id(): string {
    return this.#options.begin.id
  }

  get books(): Books {
    return this.#keeper.books
  }

  async run(): Promise<void> {
    const lines = await this.#keeper.open()
    const { key, certificate: cert } = this.#listening
    const server = createServer(
      { key, cert, handshakeTimeout: this.#options.handshake ?? mostHandshake },
      (request, response) => void this.#answer(request, response)
    )
    try {
      const { folder, evidence = folder } = this.#options
      this.#seen = await seenDeliveries({ folder, evidence }, lines)
      this.#begin(lines.length > 0)
      await openPort(server, this.#listening)
      this.#set('listening')
      await this.#untilStopped()
      await this.#closePort(server)
      if (this.#fault) throw this.#fault
      await this.#keeper.endPart()
      await this.#end(this.#interrupted ? 'interrupted' : 'complete')
    } catch (error) {
      await this.#end('failed', (error as Error).message)
      if (!(error instanceof AppError)) throw error
    } finally {
      server.close()
      server.closeAllConnections()
      await this.#keeper.close()
      this.#options.connected.line.close()
    }
  }

  /** Takes nothing more for now: senders are told to come back. */
  hold(): void {
    this.#set('paused')
  }

  release(): void {
    this.#set('listening')
  }

  /** There is no end of what may be sent: to stop is to have come to it. */
  cancel(): void {
    this.#stop.abort()
  }

  interrupt(): void {
    this.#interrupted = true
    this.#stop.abort()
  }

  report() {
    const { receive, title } = this.#options.connected.connector
    return this.books.report(() => ({ title: receive?.title ?? title }), this.books.end ? undefined : this.#state)
  }

  #begin(resumed: boolean): void {
    const { begin, now } = this.#options
    const at = iso(now())
    if (resumed) this.#keeper.add({ resumed: { at, by: begin.by } })
    else {
      this.#keeper.add({ begin: { ...begin, asked: { streams: [deliveries] } } })
      this.#keeper.add({ window: { stream: deliveries, order: 'oldest', at, from: { since: Date.parse(at) } } })
    }
    const { isOwn, url } = this.#listening
    this.#keeper.add({ note: `Listened at ${url}${isOwn ? ', with a certificate that Spoor made itself' : ''}.` })
  }

  async #untilStopped(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await pause(500, undefined, { signal }).catch(() => {})
      if (this.#untold) this.#tell(true)
      if (this.#lastAt === 0 || this.#options.now() - this.#lastAt < quiet) continue
      this.#lastAt = 0
      await this.#inTurn(() => this.#keeper.endPart())
    }
  }

  async #closePort(server: Server): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    await Promise.race([closed, pause(grace)])
    await this.#queue
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#options.now()
    try {
      const isHeld = this.#state === 'paused'
      const delivery: Delivery = isHeld ? comeBack : await delivered(request, this.#listening)
      await this.#inTurn(() => this.#kept(delivery, request, at))
      const { status, headers, why } = delivery
      response.writeHead(status, { ...headers, connection: status < 300 ? 'keep-alive' : 'close' }).end(why)
    } catch (error) {
      // What cannot be kept is not taken: the sender keeps it, and sends it again.
      response.writeHead(503, comeBack.headers).end()
      if (!this.#stop.signal.aborted && error instanceof AppError) this.#keeper.add({ note: error.message })
    }
  }

  /** Who can keep nothing more does not go on to listen as if all were well. */
  async #kept(delivery: Delivery, request: IncomingMessage, at: number): Promise<void> {
    try {
      await this.#keeper.room()
      await this.#take(delivery, request, at)
    } catch (error) {
      this.#fault ??= error
      this.#stop.abort()
      throw error
    }
  }

  /** One after the other, in the order in which they lie in a part. */
  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }

  async #take(delivery: Delivery, request: IncomingMessage, at: number): Promise<void> {
    const { body, events } = delivery
    const line = deliveryLine(delivery, request, at, this.books.requests + 1, this.#listening.url)
    if (!body?.length) return this.#refuse(line)
    const fresh = (events ?? []).filter((event) => this.#seen.add(JSON.stringify(event))).length
    if (events) this.#keeper.add({ request: { ...line, events: events.length, fresh } }, body, deliveries)
    else {
      // In a part of its own: what follows it must be read whether or not it can be.
      this.#keeper.add({ request: { ...line, what: unread } }, body, unread)
      const sentence = 'It is kept as it came; whether it can be read shows when its part is imported.'
      this.#keeper.add({ note: `Delivery ${line.n} is no JSON. ${sentence}` })
    }
    this.#pace.came(fresh)
    this.#lastAt = at
    await this.#keeper.flush()
    this.#untold = true
    this.#tell()
  }

  #refuse(line: RequestLine): void {
    const note = `More than ${mostRefused} requests were refused; those after that are not told one by one.`
    if (++this.#refused <= mostRefused) this.#keeper.add({ request: line })
    else if (this.#refused === mostRefused + 1) this.#keeper.add({ note })
  }

  async #end(state: 'complete' | 'failed' | 'interrupted', fault?: string): Promise<void> {
    const now = this.#options.now()
    if (state === 'complete') this.#keeper.add({ done: { stream: deliveries, at: iso(now), reached: now } })
    if (state !== 'interrupted')
      return this.#set(await this.#keeper.end({ at: iso(now), state, ...(fault === undefined ? {} : { fault }) }))
    await this.#keeper.tellRequests()
    this.#set(state)
  }

  #set(state: PullState): void {
    this.#state = state
    this.#tell(true)
  }

  #tell(always = false): void {
    if (!this.#pace.isTime(always)) return
    this.#untold = false
    const { begin, progress } = this.#options
    const moment = { name: deliveries, stream: undefined, at: undefined, wait: null, asksAt: undefined }
    progress(pullProgress(begin, this.books, { ...moment, state: this.#state, eventsPerSecond: this.#pace.perSecond }))
  }
}

const comeBack = { status: 503, headers: { 'retry-after': '60' }, why: 'paused' } as const
