import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PullReport } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { Books } from './books'
import { Journal } from './journal'
import { cutUnfinished, type DoneLine, type JournalLine, journalLines, type PartLine } from './journal-lines'
import { doneOf, type Kept, keptIn } from './kept-pull'

/** A pull that holds parts which may not be in the case. */
export interface LeftPull {
  readonly id: string
  readonly connection: string
  readonly settings: string
  readonly isOver: boolean
}

const file = 'pull.json'

/** The pulls of a case: a folder for each, with the journal of its requests. */
export class PullFolders {
  readonly #folder: string

  constructor(caseFolder: string) {
    this.#folder = join(caseFolder, 'pulls')
  }

  of = (id: string): string => join(this.#folder, id)

  /** A name for a new one: whose it is, and when. */
  newId(connection: string, at: Date): string {
    const when = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    for (let number = 1; ; number++) {
      const id = `${connection}-${when}${number === 1 ? '' : `-${number}`}`
      if (!existsSync(this.of(id))) return id
    }
  }

  /** All there are but these, in the order in which they began. */
  list = (besides: readonly string[] = []): readonly PullReport[] => this.#all(besides).map(({ report }) => report)

  /** The names of all folders, those of which nothing can be read too. */
  ids = (): readonly string[] =>
    existsSync(this.#folder)
      ? readdirSync(this.#folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [] : [entry.name]))
      : []

  /** Whether nothing was asked for yet: the application ended before that. */
  isEmpty = (id: string): boolean =>
    existsSync(this.of(id)) &&
    readdirSync(this.of(id)).every((name) => name === Journal.file && statSync(join(this.of(id), name)).size === 0)

  #all(besides: readonly string[] = []): readonly Kept[] {
    const kept = this.ids().flatMap((id) => (besides.includes(id) ? [] : (this.#readable(id) ?? [])))
    return kept.sort((a, b) => a.report.startedAt.localeCompare(b.report.startedAt))
  }

  /** The parts of a pull that are whole. */
  parts(id: string): readonly PartLine[] {
    return new Books(journalLines(join(this.of(id), Journal.file))).parts
  }

  /** The pulls that hold parts which may not be in the case, since the application ended; a part that was refused stays, and is told. */
  left = (): readonly LeftPull[] =>
    this.#all().flatMap(({ report: { id, connection, endedAt, refused }, settings }) => {
      const told = new Set(refused.map(({ path }) => basename(path)))
      const isLeft = this.partsIn(id).some((name) => !told.has(name))
      return isLeft ? [{ id, connection, settings, isOver: endedAt !== undefined }] : []
    })

  /** The names of the parts that lie in the folder of a pull. A case may come from anyone: what only leads to a file is none. */
  partsIn = (id: string): readonly string[] =>
    readdirSync(this.of(id), { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && /-\d{4,}\.json$/.test(entry.name) ? [entry.name] : []
    )

  /** Notes which parts of a pull that is not running could not be read, beside those noted before. */
  refuse(id: string, refused: PullReport['refused']): void {
    const kept = this.#readable(id)
    if (kept) this.#write(id, { ...kept, report: { ...kept.report, refused: [...kept.report.refused, ...refused] } })
  }

  /** Notes of the pulls of a connection that were cut off which whole parts are gone, and are not evidence either. */
  refuseLost(connection: string, known: ReadonlySet<string>): void {
    for (const { id, connection: of, endedAt, parts, refused } of this.list()) {
      if (of !== connection || endedAt !== undefined) continue
      const told = new Set([...this.partsIn(id), ...refused.map(({ path }) => basename(path))])
      const lost = parts.filter(({ name, sha256 }) => !known.has(sha256) && !told.has(basename(name)))
      const path = (name: string): string => join(this.of(id), basename(name))
      if (lost.length)
        this.refuse(
          id,
          lost.map(({ name }) => ({ path: path(name), message: `${path(name)} is missing.` }))
        )
    }
  }

  /** Requests of pulls that ended with the application before the chain of custody told of them. */
  untold(): readonly { readonly id: string; readonly lines: readonly JournalLine[] }[] {
    const open = this.list().filter(({ endedAt }) => endedAt === undefined)
    return open.flatMap(({ id }) => {
      const lines = journalLines(join(this.of(id), Journal.file))
      const { told } = new Books(lines)
      const left = lines.filter((line) => 'request' in line && line.request.n > told)
      return left.length ? [{ id, lines: left }] : []
    })
  }

  /** Notes in the journal of a pull up to which request the chain of custody tells. */
  noteTold(id: string, told: number): void {
    const path = join(this.of(id), Journal.file)
    cutUnfinished(path)
    appendFileSync(path, `${JSON.stringify({ told } satisfies JournalLine)}\n`)
  }

  keep(report: PullReport, books: Books): void {
    this.#write(report.id, { report, settings: books.begin?.settings ?? '', done: doneOf(books, report) })
  }

  #write(id: string, kept: Kept): void {
    const folder = this.of(id)
    mkdirSync(folder, { recursive: true })
    const path = join(folder, file)
    writeFileSync(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }

  /**
   * Up to where all pulls of a connection with these settings came together, for each of its streams. A stretch behind a gap does not
   * count: what lies in the gap has not been asked for.
   */
  reached(connection: string, settings: string): ReadonlyMap<string, DoneLine> {
    const reached = new Map<string, DoneLine>()
    for (const { report, done, settings: own } of this.#all()) {
      if (report.connection !== connection || own !== settings) continue
      // Of one that was cut off and lost what it had, nothing was brought for sure.
      if (report.endedAt === undefined && report.refused.length > 0) continue
      for (const [stream, one] of Object.entries(done)) {
        const before = reached.get(stream)
        const joins = !before || one.since === undefined || one.since <= before.reached
        if (joins && one.reached >= (before?.reached ?? 0)) reached.set(stream, one)
      }
    }
    return reached
  }

  /** The settings that a pull was begun with, as a fingerprint. */
  settings = (id: string): string | undefined => this.#readable(id)?.settings

  /** Notes that a pull which was closed goes on: its journal will not be as it was, but has to be until then. */
  async reopen(id: string): Promise<void> {
    const kept = keptIn(join(this.of(id), file))
    if (kept?.report.journal === undefined) return
    if ((await this.hash(id)) !== kept.report.journal) {
      const path = join(this.of(id), Journal.file)
      const sentence = `${path} was changed since the pull was closed. Begin a new pull.`
      throw new AppError('evidence_damaged', sentence, { file: path })
    }
    const { journal, endedAt, fault, ...report } = kept.report
    this.#write(id, { ...kept, report: { ...report, state: 'interrupted' } })
  }

  /** Shuts the journal of a pull that is over, and answers its SHA-256. */
  async seal(id: string): Promise<string> {
    chmodSync(join(this.of(id), Journal.file), 0o444)
    return this.hash(id)
  }

  /** The SHA-256 of the journal of a pull. */
  async hash(id: string): Promise<string> {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(this.of(id), Journal.file)), hash)
    return hash.digest('hex')
  }

  /** A case may come from anyone: what is no journal must not keep it from being opened, and is told when it is verified. */
  #readable(id: string): Kept | undefined {
    try {
      const kept = this.#read(id)
      return typeof kept?.report.startedAt === 'string' && kept.report.id === id ? kept : undefined
    } catch {
      return undefined
    }
  }

  #read(id: string): Kept | undefined {
    const kept = keptIn(join(this.of(id), file))
    if (kept?.report.journal !== undefined) return kept
    // It was not closed: parts of it may not be in the case, even where its journal has an end.
    const lines = journalLines(join(this.of(id), Journal.file)).filter((line) => !('end' in line))
    const books = new Books(lines)
    if (!books.begin) return kept
    const called = new Map(kept?.report.streams.map((stream) => [stream.stream, stream]))
    const titles = (stream: string) => {
      const { title = stream, source } = called.get(stream) ?? {}
      return { title, ...(source === undefined ? {} : { source }) }
    }
    const report = { ...books.report(titles), refused: kept?.report.refused ?? [] }
    return { report, settings: books.begin.settings, done: doneOf(books, report) }
  }
}
