import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Connection, PullProgress, PullReport, PullRequest, PullState } from '../contract/connect'
import { AppError, unlessBug } from '../contract/errors'
import type { ImportResult } from '../contract/import'
import { checkRequest } from './connect/check-request'
import type { Connected } from './connect/connected'
import type { Connections } from './connect/connections'
import { fingerprint } from './connect/fingerprint'
import type { JournalLine, PartLine, PartRead } from './connect/journal-lines'
import { takeLeftOver } from './connect/left-over'
import { Parts, readsOf } from './connect/parts'
import { Pull } from './connect/pull'
import { type LeftPull, PullFolders } from './connect/pull-folder'
import { type Bringing, Receiver } from './connect/receiver'
import { requestText } from './connect/request-text'
import type { OpenedCase } from './opened-case'
import { isDiskFull } from './store/disk-full'
import { user } from './user'

export interface PullingOptions {
  readonly connections: Connections
  readonly version: string
  readonly clock: () => Date
  readonly progress: (progress: PullProgress) => void
  /** Reads a part into the case that is open. */
  readonly importPart: (path: string, read: PartRead) => Promise<ImportResult>
}

interface Running {
  readonly pull: Bringing
  readonly parts: Parts
  readonly over: Promise<PullReport>
}

/** The pulls of one open case: what they bring is evidence in its folder, and is imported like any file, part by part. */
export class Pulling {
  readonly #options: PullingOptions
  readonly #opened: OpenedCase
  readonly #folders: PullFolders
  readonly #running = new Map<string, Running>()
  /** Connections that are being pulled, or are about to be. */
  readonly #busy = new Set<string>()
  #left = false

  constructor(opened: OpenedCase, options: PullingOptions) {
    this.#options = options
    this.#opened = opened
    this.#folders = new PullFolders(opened.of.folder)
  }

  /** Makes up for what the application could not do before it ended: tells the chain of custody of requests, and takes in what came. */
  async catchUp(): Promise<void> {
    for (const { id, lines } of this.#folders.untold()) {
      await this.#tellRequests(id, lines)
      this.#folders.noteTold(id, Math.max(...lines.map((line) => ('request' in line ? line.request.n : 0))))
    }
    const left = this.#folders.left()
    // Where the connections cannot be read none goes on with its pull; that is told where they are looked at.
    const connections = left.length ? await this.#options.connections.list().catch(unlessBug) : []
    for (const pull of left) {
      const connection = connections?.find(({ id }) => id === pull.connection)
      if (!(connection && settles(connection, pull))) await this.#takeLeftOver(pull)
    }
  }

  async #takeLeftOver({ id, isOver }: LeftPull): Promise<void> {
    try {
      const known = new Set(this.#opened.of.evidence.map(({ sha256 }) => sha256))
      const take = (part: PartLine, read: PartRead) => this.#importPart(id, part, read)
      const now = () => this.#options.clock().getTime()
      await takeLeftOver(id, { isOver, folders: this.#folders, known, take, now })
    } catch (error) {
      // A case is opened whatever became of its pulls; when it is verified, what is not as it was is told.
      this.#refuseLeft(id, error as Error)
    }
  }

  /** Tells of the parts of a pull that stay outside the case, so that they stand in no other's way. */
  #refuseLeft(id: string, { message }: Error): void {
    const left = this.#folders.partsIn(id)
    this.#folders.refuse(
      id,
      left.map((name) => ({ path: join(this.#folders.of(id), name), message }))
    )
  }

  async pull({ connection: name, ...request }: PullRequest): Promise<PullReport> {
    checkRequest(request)
    const connection = await this.#options.connections.get(name)
    if (connection.listens !== undefined && Object.values(request).some((asked) => asked !== undefined))
      throw new AppError(
        'usage',
        `${connection.name} is sent its events: it listens from now on, and can be asked for no stretch of time.`
      )
    const settled = await this.#settle(connection)
    if (settled) return settled
    const id = this.#folders.newId(connection.id, this.#options.clock())
    return this.#run(id, connection, request)
  }

  /** Goes on with a pull that is paused, or that was interrupted. */
  async resume(id: string): Promise<PullReport> {
    const running = this.#running.get(id)
    if (running) {
      running.pull.release()
      return running.over
    }
    const { connection, name, state } = this.#report(id)
    if (state === 'complete') throw new AppError('pull_unknown', `This pull of ${name} is complete. Begin a new one.`)
    const now = await this.#options.connections.get(connection)
    const begun = this.#folders.settings(id)
    if (begun !== undefined && begun !== fingerprint(now.settings)) {
      const sentence = `${name} has other settings than this pull began with. Begin a new pull, or set them back.`
      throw new AppError('settings_invalid', sentence)
    }
    return this.#run(id, now, {})
  }

  pause(id: string): void {
    this.#find(id).pull.hold()
  }

  /** Ends a pull; what came so far stays evidence, and what did not is told. */
  async cancel(id: string): Promise<void> {
    const { pull, over } = this.#find(id)
    pull.cancel()
    await over
  }

  list(): readonly PullReport[] {
    const running = [...this.#running.values()].filter(({ pull }) => pull.books.begin)
    const live = running.map(({ pull, parts }) => {
      const report = pull.report()
      return { ...report, state: stateOf(report.state, parts), refused: parts.refused }
    })
    // The journals of those may be long, and grow.
    const over = this.#folders.list([...this.#running.keys()])
    return [...over, ...live].sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  }

  /** Stops what is running, so that it can be resumed: the case is about to be closed. */
  async leave(): Promise<void> {
    this.#left = true
    for (const { pull } of this.#running.values()) pull.interrupt()
    await Promise.allSettled([...this.#running.values()].map(({ over }) => over))
  }

  /** Brings earlier pulls to their end that ended with the application; what they brought would stay outside. The report of one that was stopped. */
  async #settle(connection: Connection): Promise<PullReport | undefined> {
    if (connection.listens !== undefined || this.#busy.has(connection.id)) return undefined
    this.#folders.refuseLost(connection.id, new Set(this.#opened.of.evidence.map(({ sha256 }) => sha256)))
    for (const { id } of this.#folders.left().filter((one) => settles(connection, one))) {
      const report = await this.#run(id, connection, {}, true).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'evidence_damaged') throw error
        this.#refuseLeft(id, error)
        return undefined
      })
      if (report?.state === 'canceled' || report?.state === 'interrupted') return report
    }
    return undefined
  }

  async #run(
    id: string,
    connection: Connection,
    request: Omit<PullRequest, 'connection'>,
    settles = false
  ): Promise<PullReport> {
    if (connection.fault) throw new AppError('settings_invalid', connection.fault)
    if (this.#busy.has(connection.id))
      throw new AppError('usage', `${connection.name} is being pulled already. Wait for it, or cancel it.`)
    this.#busy.add(connection.id)
    try {
      const connected = await this.#options.connections.ready(connection)
      if (this.#left) throw new AppError('no_case', 'The case has been closed in the meantime.')
      const { name, hosts } = connection
      await this.#opened.tell('connected', { pull: id, connection: connection.id, name, hosts, ...request })
      // Who left while that was written has waited for no pull that was not there yet.
      if (this.#left) throw new AppError('no_case', 'The case has been closed in the meantime.')
      const parts = new Parts((part, read) => this.#importPart(id, part, read), readsOf(connected))
      const pull = this.#newPull(id, connection, connected, request, parts, settles)
      const over = this.#through(pull, parts)
      this.#running.set(id, { pull, parts, over })
      return await over
    } finally {
      this.#running.delete(id)
      this.#busy.delete(connection.id)
    }
  }

  #newPull(
    id: string,
    connection: Connection,
    connected: Connected,
    request: Omit<PullRequest, 'connection'>,
    parts: Parts,
    settles: boolean
  ): Bringing {
    const { clock, version } = this.#options
    const { name, connector, hosts } = connection
    const at = clock().toISOString()
    const settings = fingerprint(connection.settings)
    const reached = this.#folders.reached(connection.id, settings)
    const { size } = connection.settings
    let last: Omit<PullProgress, 'imported'> | undefined
    const tell = () =>
      last && this.#options.progress({ ...last, state: stateOf(last.state, parts), imported: parts.events })
    const options = {
      connected,
      folder: this.#folders.of(id),
      evidence: this.#opened.of.evidenceFolder,
      begin: {
        id,
        connection: connection.id,
        name,
        connector,
        hosts,
        at,
        by: user(),
        version,
        settings,
        reads: readsOf(connected)
      },
      now: () => clock().getTime(),
      progress: (progress: Omit<PullProgress, 'imported'>) => {
        last = progress
        tell()
      },
      partEnded: (part: PartLine) => parts.take(part),
      isIdle: () => !parts.isTaking,
      told: (lines: readonly JournalLine[]) => this.#tellRequests(id, lines)
    }
    const asking = {
      request,
      settles,
      reached: reached.get.bind(reached),
      ...(typeof size === 'number' ? { size } : {})
    }
    const { listening } = connected
    const pull = listening ? new Receiver(options, listening) : new Pull({ ...options, ...asking })
    parts.onTaken = () => {
      try {
        this.#keep(pull, parts)
      } catch (error) {
        unlessDiskFull(error)
      }
      tell()
    }
    return pull
  }

  async #through(pull: Bringing, parts: Parts): Promise<PullReport> {
    const known = new Set(this.#opened.of.evidence.map(({ sha256 }) => sha256))
    // Parts that were whole when the application ended, and not imported yet.
    for (const part of this.#folders.parts(pull.id)) if (!known.has(part.sha256)) parts.take(part)
    try {
      await this.#folders.reopen(pull.id)
      await pull.run()
    } finally {
      await parts.taken
      await this.#finish(pull, parts).catch(unlessDiskFull)
    }
    const { refused } = parts
    const journal = pull.books.end ? await this.#folders.hash(pull.id) : undefined
    return { ...pull.report(), refused, ...(journal === undefined ? {} : { journal }) }
  }

  async #finish(pull: Bringing, parts: Parts): Promise<void> {
    const { state, requests, streams, fault, parts: kept } = pull.report()
    if (!pull.books.end) return this.#keep(pull, parts)
    const journal = await this.#folders.seal(pull.id)
    const events = streams.map(({ stream, events: count, repeated, said, missing }) => ({
      stream,
      events: count,
      repeated,
      ...(said === undefined ? {} : { said }),
      missing
    }))
    const told = { pull: pull.id, state, requests, streams: events, parts: kept.map(({ sha256 }) => sha256), journal }
    await this.#opened.tell('pulled', fault === undefined ? told : { ...told, fault })
    this.#keep(pull, parts, journal)
  }

  #keep(pull: Bringing, { refused }: Parts, journal?: string): void {
    if (!pull.books.begin) return
    const report = { ...pull.report(), refused, ...(journal === undefined ? {} : { journal }) }
    this.#folders.keep(report, pull.books)
  }

  #tellRequests(pull: string, lines: readonly JournalLine[]): Promise<void> {
    return this.#opened.tell('asked', {
      pull,
      requests: lines.flatMap((line) => ('request' in line ? [requestText(line.request)] : []))
    })
  }

  /** Null when it is in the case; its bytes are evidence then, and need not be kept twice. */
  async #importPart(id: string, part: PartLine, read: PartRead): Promise<PullReport['refused'][number] | null> {
    const path = join(this.#folders.of(id), basename(part.name))
    if (!(await stat(path).catch(() => null))) return { path, message: `${path} is missing.` }
    try {
      const { evidence, refused } = await this.#options.importPart(path, read)
      const [line] = evidence
      if (line?.sha256 === part.sha256) {
        await rm(path)
        return null
      }
      return { path, message: refused[0]?.message ?? 'It could not be imported.' }
    } catch (error) {
      if (error instanceof AppError) return { path, message: error.message }
      throw error
    }
  }

  #report(id: string): PullReport {
    const found = this.list().find((one) => one.id === id)
    if (found) return found
    throw new AppError('pull_unknown', `There is no pull ${id} in this case.`)
  }

  #find(id: string): Running {
    const running = this.#running.get(id)
    if (running) return running
    const { name } = this.#report(id)
    throw new AppError('pull_unknown', `The pull of ${name} is not running.`)
  }
}

/** Whether the next pull of a connection goes on with one that ended with the application, so that nothing is asked for twice. */
const settles = ({ id, listens, settings }: Connection, pull: LeftPull): boolean =>
  id === pull.connection && listens === undefined && !pull.isOver && fingerprint(settings) === pull.settings

/** All has come, and the last of it is still on its way into the case. */
const stateOf = (state: PullState, { isTaking }: Parts): PullState =>
  isTaking && (state === 'complete' || state === 'canceled' || state === 'failed') ? 'importing' : state

/** Where nothing can be written any more, the journal has no end: the pull can be resumed when there is room again. */
function unlessDiskFull(error: unknown): void {
  if (!isDiskFull(error)) throw error
}
