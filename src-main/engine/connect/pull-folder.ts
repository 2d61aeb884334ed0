import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PullReport } from '../../contract/connect'
import { Books } from './books'
import { Journal } from './journal'
import { type DoneLine, journalLines, type PartLine } from './journal-lines'

/** What a case keeps of a pull beside its journal, to be had without reading that. */
interface Kept {
  readonly report: PullReport
  /** Up to where each stream came. */
  readonly done: Readonly<Record<string, DoneLine>>
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

  /** All there are, in the order in which they began. */
  list(): readonly PullReport[] {
    if (!existsSync(this.#folder)) return []
    const kept = readdirSync(this.#folder).flatMap((id) => {
      const one = this.#read(id)
      return one ? [one.report] : []
    })
    return kept.sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  }

  /** The parts of a pull that are whole. */
  parts(id: string): readonly PartLine[] {
    return new Books(journalLines(join(this.of(id), Journal.file))).parts
  }

  keep(report: PullReport, done: Kept['done']): void {
    const folder = this.of(report.id)
    mkdirSync(folder, { recursive: true })
    const path = join(folder, file)
    writeFileSync(`${path}.new`, `${JSON.stringify({ report, done } satisfies Kept, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }

  /** Up to where all pulls of a connection came together, for each of its streams. */
  reached(connection: string): ReadonlyMap<string, DoneLine> {
    const reached = new Map<string, DoneLine>()
    for (const { id } of this.list().filter((one) => one.connection === connection))
      for (const [stream, done] of Object.entries(this.#read(id)?.done ?? {}))
        if (done.reached >= (reached.get(stream)?.reached ?? 0)) reached.set(stream, done)
    return reached
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

  #read(id: string): Kept | undefined {
    const path = join(this.of(id), file)
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Kept
    } catch {
      // The process ended before it could write it, or it is damaged: the journal says the same.
    }
    const lines = journalLines(join(this.of(id), Journal.file))
    if (lines.length === 0) return undefined
    const books = new Books(lines)
    return { report: { ...books.report((title) => ({ title })), refused: [] }, done: doneOf(books) }
  }
}

/** Up to where each stream of a pull came. */
export const doneOf = (books: Books): Readonly<Record<string, DoneLine>> =>
  Object.fromEntries(
    books.streams.flatMap((name) => {
      const done = books.done(name)
      return done ? [[name, done]] : []
    })
  )
