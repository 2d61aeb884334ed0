import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { PullProgress, PullState } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { Books } from './books'
import { type Delivery, delivered } from './delivery'
import { Journal } from './journal'
import type { JournalLine, PartLine, RequestLine } from './journal-lines'
import { deliveries, type Listening } from './listening'
import { Pace } from './pace'
import { type Pull, type PullOptions, partName } from './pull'
import { Seen } from './seen'

/** What brings events of a connection into a case: it asks for them, or is sent them. */
export type Bringing = Pick<Pull, 'id' | 'run' | 'hold' | 'release' | 'cancel' | 'interrupt' | 'report' | 'books'>

/** What is sent and is no JSON. */
const unread = 'unread'

const quiet = 3000
const mostSockets = 32
/** So many that were refused are told one by one; who guesses passwords must not fill the disk. */
const mostRefused = 100

/** Listens for what a product sends, until it is told to stop. A sender is answered when what it sent is on the disk. */
export class Receiver implements Bringing {
  readonly #options: Omit<PullOptions, 'request' | 'size' | 'reached' | 'pause'>
  readonly #listening: Listening
  readonly #books = new Books()
  readonly #seen = new Seen()
  readonly #pace: Pace
  readonly #stop = new AbortController()
  #state: PullState = 'checking'
  #held = false
  #interrupted = false
  #journal: Journal | undefined
  #lastAt = 0
  #refused = 0
  #untold: JournalLine[] = []
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: Omit<PullOptions, 'request' | 'size' | 'reached' | 'pause'>, listening: Listening) {
    this.#options = options
    this.#listening = listening
    this.#pace = new Pace(options.now)
  }

  get id(): string {
    return this.#options.begin.id
  }

  get books(): Books {
    return this.#books
  }

  async run(): Promise<void> {
    const { folder, now, partEnded, limits, begin } = this.#options
    const { journal, lines } = await Journal.open({
      folder,
      partName: (stream: string, number: string) => partName(begin, stream, number),
      now,
      partEnded: (part: PartLine) => {
        this.#books.take({ part })
        partEnded(part)
      },
      ...(limits ? { limits } : {})
    })
    this.#journal = journal
    for (const line of lines) this.#books.take(line)
    const server = createServer(
      { key: this.#listening.key, cert: this.#listening.certificate },
      (request, response) => void this.#answer(request, response)
    )
    try {
      this.#begin(lines.length > 0)
      await listen(server, this.#listening)
      this.#set('following')
      await this.#whileListening()
      if (!this.#interrupted) this.#end('complete')
    } catch (error) {
      this.#end('failed', (error as Error).message)
      if (!(error instanceof AppError)) throw error
    } finally {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      })
      await this.#queue
      await journal.endPart().finally(() => this.#tellRequests())
      await journal.close()
      this.#options.connected.line.close()
      this.#tell(true)
    }
  }

  hold(): void {
    this.#held = true
    this.#set('paused')
  }

  release(): void {
    this.#held = false
    this.#set('following')
  }

  /** There is no end of what may be sent: to stop is to have come to the end. */
  cancel(): void {
    this.#stop.abort()
  }

  interrupt(): void {
    this.#interrupted = true
    this.#stop.abort()
  }

  report() {
    const { receive, title } = this.#options.connected.connector
    return this.#books.report(() => ({ title: receive?.title ?? title }), this.#books.end ? undefined : this.#state)
  }

  #begin(resumed: boolean): void {
    const { begin, now } = this.#options
    const at = new Date(now()).toISOString()
    if (resumed) this.#add({ resumed: { at, by: begin.by } })
    else {
      this.#add({ begin: { ...begin, asked: { streams: [deliveries] } } })
      this.#add({ window: { stream: deliveries, order: 'oldest', at, from: {} } })
    }
    const { isOwn, url } = this.#listening
    this.#add({ note: `Listened at ${url}${isOwn ? ', with a certificate that Spoor made itself' : ''}.` })
  }

  /** What came is imported when nothing more has come for a moment. */
  async #whileListening(): Promise<void> {
    const { now } = this.#options
    while (!this.#stop.signal.aborted) {
      await pause(500, undefined, { signal: this.#stop.signal }).catch(() => {})
      if (this.#lastAt === 0 || now() - this.#lastAt < quiet) continue
      this.#lastAt = 0
      await this.#one(() => this.#journal?.endPart())
      await this.#tellRequests()
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { now } = this.#options
    const at = now()
    try {
      const delivery: Delivery = this.#held
        ? { status: 503, headers: { 'retry-after': '60' }, why: 'paused' }
        : await delivered(request, this.#listening)
      await this.#one(() => this.#take(delivery, request, at))
      response.writeHead(delivery.status, {
        ...delivery.headers,
        connection: delivery.status < 300 ? 'keep-alive' : 'close'
      })
      response.end(delivery.why)
    } catch (error) {
      // What cannot be kept is not taken: the sender keeps it, and sends it again.
      response.writeHead(503, { 'retry-after': '60' }).end()
      if (error instanceof AppError) this.#books.take({ note: error.message })
    }
  }

  /** One after the other: the books tell them in the order in which they lie in a part. */
  #one<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }

  async #take(delivery: Delivery, request: IncomingMessage, at: number): Promise<void> {
    const { body, events } = delivery
    const isKept = body !== undefined && body.length > 0
    if (!isKept && ++this.#refused > mostRefused) {
      if (this.#refused === mostRefused + 1)
        this.#add({ note: `More than ${mostRefused} requests were refused; those after that are not told one by one.` })
      return
    }
    const line = lineOf(delivery, request, at, this.#books.requests + 1, this.#listening.url)
    if (!isKept) return this.#add({ request: line })
    const fresh = (events ?? []).filter((event) => this.#seen.add(JSON.stringify(event))).length
    if (events) this.#add({ request: { ...line, events: events.length, fresh } }, body, deliveries)
    else {
      // In a part of its own: what follows it must be read whether or not it can be.
      this.#add({ request: { ...line, what: unread } }, body, unread)
      this.#add({
        note: `Delivery ${line.n} is no JSON. It is kept as it came; whether it can be read shows when its part is imported.`
      })
    }
    this.#pace.came(fresh)
    this.#lastAt = at
    await this.#journal?.flush()
    this.#tell()
  }

  #add(line: JournalLine, body?: Buffer, stream?: string): void {
    this.#books.take(line)
    this.#journal?.add(line, body, stream)
    if ('request' in line) this.#untold.push(line)
  }

  async #tellRequests(): Promise<void> {
    const lines = this.#untold.splice(0)
    const last = lines.at(-1)
    if (!last || !('request' in last)) return
    await this.#options.told(lines)
    this.#add({ told: last.request.n })
  }

  #end(state: 'complete' | 'failed', fault?: string): void {
    const now = this.#options.now()
    const at = new Date(now).toISOString()
    if (state === 'complete') this.#add({ done: { stream: deliveries, at, reached: now } })
    this.#add({ end: { at, state, ...(fault === undefined ? {} : { fault }) } })
    this.#set(state)
  }

  #set(state: PullState): void {
    this.#state = state
    this.#tell(true)
  }

  #tell(always = false): void {
    if (!this.#pace.isTime(always)) return
    const { begin, progress } = this.#options
    const told: Omit<PullProgress, 'imported'> = {
      pull: begin.id,
      connection: begin.connection,
      name: begin.name,
      state: this.#state,
      stream: deliveries,
      requests: this.#books.requests,
      events: this.#books.events,
      repeated: this.#books.repeated,
      bytes: this.#books.bytes,
      eventsPerSecond: this.#pace.perSecond
    }
    progress(told)
  }
}

/** Opens the port; what is in the way is said. */
export function listen(server: Server, { host, port }: Listening): Promise<void> {
  server.maxConnections = mostSockets
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function portFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Something else listens at ${host}, port ${port} already. End that, or give another port in the connection.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Give one it has, or 127.0.0.1, in the connection.`,
    ENOTFOUND: `This machine has no address ${host}. Give one it has, or 127.0.0.1, in the connection.`,
    EACCES: `The operating system does not let us listen at port ${port}. Give one above 1023 in the connection.`
  }
  const sentence = sentences[error.code ?? '']
  return sentence === undefined ? error : new AppError('unreachable', sentence, { step: 'connection' })
}

function lineOf(delivery: Delivery, request: IncomingMessage, at: number, n: number, url: string): RequestLine {
  const { status, why, body, encoding } = delivery
  const { socket, headers, method = '' } = request
  return {
    n,
    at: new Date(at).toISOString(),
    what: deliveries,
    method,
    url,
    peer: `${socket.remoteAddress ?? 'unknown'}${headers['user-agent'] === undefined ? '' : `, ${headers['user-agent'].slice(0, 200)}`}`,
    attempt: 1,
    milliseconds: Math.max(0, Date.now() - at),
    status,
    ...(why === undefined ? {} : { error: why }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(body === undefined ? {} : { length: body.length, sha256: createHash('sha256').update(body).digest('hex') })
  }
}
