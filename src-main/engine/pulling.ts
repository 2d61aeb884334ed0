import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PullProgress, PullReport, PullRequest } from '../contract/connect'
import { AppError } from '../contract/errors'
import type { ImportResult } from '../contract/rpc'
import type { Connections } from './connect/connections'
import type { JournalLine, PartLine } from './connect/journal-lines'
import { Pull } from './connect/pull'
import { doneOf, PullFolders } from './connect/pull-folder'
import type { OpenedCase } from './opened-case'
import { user } from './user'

export interface PullingOptions {
  readonly connections: Connections
  readonly version: string
  readonly clock: () => Date
  readonly progress: (progress: PullProgress) => void
  /** Reads a part into the case that is open. */
  readonly importPart: (path: string, source: string | undefined) => Promise<ImportResult>
}

interface Running {
  readonly pull: Pull
  readonly over: Promise<PullReport>
}

/** The pulls of one open case: what they bring is evidence in its folder, and is imported like any file, part by part. */
export class Pulling {
  readonly #options: PullingOptions
  readonly #opened: OpenedCase
  readonly #folders: PullFolders
  readonly #running = new Map<string, Running>()

  constructor(opened: OpenedCase, options: PullingOptions) {
    this.#options = options
    this.#opened = opened
    this.#folders = new PullFolders(opened.of.folder)
  }

  async pull({ connection: name, ...request }: PullRequest): Promise<PullReport> {
    checkRequest(request)
    const connection = await this.#options.connections.get(name)
    if (connection.fault) throw new AppError('settings_invalid', connection.fault)
    this.#refuseSecond(connection.id, connection.name)
    const at = this.#options.clock()
    const id = this.#folders.newId(connection.id, at)
    const begin = {
      id,
      connection: connection.id,
      name: connection.name,
      connector: connection.connector,
      hosts: connection.hosts,
      at: at.toISOString(),
      by: user(),
      version: this.#options.version
    }
    return this.#run(begin, request)
  }

  /** Goes on with a pull that is paused, or that was interrupted. */
  async resume(id: string): Promise<PullReport> {
    const running = this.#running.get(id)
    if (running) {
      running.pull.release()
      return running.over
    }
    const report = this.#report(id)
    const { connections } = this.#options
    const { name } = await connections.get(report.connection)
    this.#refuseSecond(report.connection, name)
    const { connection, connector, hosts } = report
    return this.#run(
      {
        id,
        connection,
        name,
        connector,
        hosts,
        at: this.#options.clock().toISOString(),
        by: user(),
        version: this.#options.version
      },
      {}
    )
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
    return this.#folders.list().map((kept) => {
      const live = this.#running.get(kept.id)?.pull.report()
      if (live) return { ...kept, ...live, refused: kept.refused }
      return kept.endedAt === undefined ? { ...kept, state: 'interrupted' as const } : kept
    })
  }

  /** Stops what is running, so that it can be resumed: the case is about to be closed. */
  async leave(): Promise<void> {
    for (const { pull } of this.#running.values()) pull.interrupt()
    await Promise.allSettled([...this.#running.values()].map(({ over }) => over))
  }

  async #run(
    begin: ConstructorParameters<typeof Pull>[0]['begin'],
    request: Omit<PullRequest, 'connection'>
  ): Promise<PullReport> {
    const { connections, clock } = this.#options
    const connection = await connections.get(begin.connection)
    const connected = await connections.ready(connection)
    const { id } = begin
    const refused: { path: string; message: string }[] = []
    const books = { imported: 0 }
    let importing: Promise<unknown> = Promise.resolve()
    let last: Omit<PullProgress, 'imported'> | undefined
    const tell = () => last && this.#options.progress({ ...last, imported: books.imported })
    const take = (part: PartLine) => {
      importing = importing.then(async () => {
        const fault = await this.#importPart(id, part, connected.streams[part.stream]?.source)
        if (fault === null) books.imported += part.events
        else refused.push(fault)
        this.#keep(pull, refused)
        tell()
      })
    }
    const { size } = connection.settings
    const pull = new Pull({
      connected,
      folder: this.#folders.of(id),
      begin,
      request,
      ...(typeof size === 'number' ? { size } : {}),
      reached: (stream) => this.#folders.reached(begin.connection).get(stream),
      now: () => clock().getTime(),
      progress: (progress) => {
        last = progress
        tell()
      },
      partEnded: take,
      told: (lines) => this.#opened.tell('asked', { pull: id, requests: lines.flatMap(toldOf) })
    })
    await this.#opened.tell('connected', {
      pull: id,
      connection: begin.connection,
      name: begin.name,
      hosts: connection.hosts,
      ...request
    })
    const over = (async () => {
      const known = new Set(this.#opened.of.evidence.map(({ sha256 }) => sha256))
      // Parts that were whole when the application ended, and not imported yet.
      for (const part of this.#folders.parts(id)) if (!known.has(part.sha256)) take(part)
      try {
        await pull.run()
      } finally {
        await importing
        await this.#finish(pull, refused)
        this.#running.delete(id)
      }
      tell()
      return this.#report(id)
    })()
    this.#running.set(id, { pull, over })
    return over
  }

  async #finish(pull: Pull, refused: PullReport['refused']): Promise<void> {
    const { end } = pull.books
    if (!end) return this.#keep(pull, refused)
    const journal = await this.#folders.seal(pull.id)
    this.#keep(pull, refused, journal)
    const { state, requests, streams, fault, parts } = pull.report()
    const events = streams.map(({ stream, events: count, repeated, said, missing }) => ({
      stream,
      events: count,
      repeated,
      ...(said === undefined ? {} : { said }),
      missing
    }))
    const told = { pull: pull.id, state, requests, streams: events, parts: parts.map(({ sha256 }) => sha256), journal }
    await this.#opened.tell('pulled', fault === undefined ? told : { ...told, fault })
  }

  #keep(pull: Pull, refused: PullReport['refused'], journal?: string): void {
    this.#folders.keep({ ...pull.report(), refused, ...(journal === undefined ? {} : { journal }) }, doneOf(pull.books))
  }

  /** Null when it is in the case; its bytes are evidence then, and need not be kept twice. */
  async #importPart(
    id: string,
    part: PartLine,
    source: string | undefined
  ): Promise<PullReport['refused'][number] | null> {
    const path = join(this.#folders.of(id), part.name)
    if (!(await stat(path).catch(() => null))) return null
    try {
      const { evidence, refused } = await this.#options.importPart(path, source)
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

  #refuseSecond(connection: string, name: string): void {
    for (const { pull } of this.#running.values())
      if (pull.report().connection === connection)
        throw new AppError('usage', `${name} is being pulled already. Wait for it, or cancel it.`)
  }
}

function checkRequest({ since, until, follow }: Omit<PullRequest, 'connection'>): void {
  for (const [name, time] of Object.entries({ since, until }))
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new AppError(
        'usage',
        `${name}: ${time} is no time. It is written like 2026-11-21T08:00:00Z, or 2026-11-21.`
      )
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw new AppError('usage', `The pull would begin (${since}) after its end (${until}).`)
  if (follow !== undefined && !(follow >= 1 && follow <= 86_400))
    throw new AppError('usage', 'To follow means to ask again every so many seconds: from 1 to 86400.')
}

/** A request as the chain of custody has it, in one line that people can read. */
function toldOf(line: JournalLine): readonly string[] {
  if (!('request' in line)) return []
  const { n, at, method, url, status, error, length, sha256, events } = line.request
  const came = status === undefined ? (error ?? 'no answer') : `${status}, ${length} bytes, SHA-256 ${sha256}`
  return [`${n} ${at} ${method} ${url}: ${came}${events === undefined ? '' : `, ${events} events`}`]
}
