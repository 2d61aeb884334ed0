import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../contract/errors'
import type { LedgerLine } from '../contract/evidence'
import type { Refused } from '../contract/import'
import { Custody, type CustodyLine } from './evidence/custody'
import { EvidenceWindows } from './evidence/window'
import { Marks } from './marks/marks'
import { Asking } from './query/run'
import { type Case, type Evidence, stillComing } from './store/case'
import { user } from './user'
import { Workspace } from './workspace/workspace'

/** A case with all that works on it while it is open. */
export class OpenedCase {
  readonly of: Case
  readonly asking: Asking
  readonly windows: EvidenceWindows
  readonly marks: Marks
  readonly workspace: Workspace
  readonly #custody: Custody
  readonly #reader: DuckDBConnection
  /** What is being read by the one reader. */
  readonly #reading = new Set<Promise<unknown>>()
  readonly #clock: () => Date
  #closed = false

  private constructor(
    of: Case,
    custody: Custody,
    connections: {
      readonly reader: DuckDBConnection
      readonly marks: DuckDBConnection
      readonly workspace: DuckDBConnection
    },
    clock: () => Date
  ) {
    this.of = of
    this.asking = new Asking(of.instance, undefined, join(of.folder, 'search'))
    this.windows = new EvidenceWindows(of)
    this.#custody = custody
    this.#reader = connections.reader
    this.marks = new Marks(connections.marks)
    this.workspace = new Workspace(connections.workspace)
    this.#clock = clock
  }

  /** Events have come or changed: what is asked from now on is asked anew. `importing`: more are on their way. */
  async changed(importing = false): Promise<void> {
    await this.asking.holds(this.of.evidence, this.of.coming, importing)
  }

  /** Rows were taken out of the case again, and others may get their numbers. */
  tookOut(): void {
    this.asking.tookOut()
  }

  /** Sets to work on a case, and says so in its chain of custody; what an import that was killed could not say is said now. */
  static async enter(of: Case, did: 'opened' | 'created', version: string, clock: () => Date): Promise<OpenedCase> {
    const custody = await Custody.open(join(of.folder, 'custody.jsonl'), await of.instance.connect())
    const connect = () => of.instance.connect()
    const connections = { reader: await connect(), marks: await connect(), workspace: await connect() }
    const opened = new OpenedCase(of, custody, connections, clock)
    await opened.tell(did, { version, checked: presence(of) })
    await opened.tellImports(custody.untold(of.evidence).map(({ ledger }) => ledger))
    if (of.unfinished.length)
      await opened.tell('canceled', { paths: of.unfinished, because: 'Spoor ended while this was imported' })
    await opened.changed()
    return opened
  }

  /** Adds a line to the chain of custody: who did what, and when. */
  tell(did: CustodyLine['did'], detail: CustodyLine['detail']): Promise<void> {
    return this.#custody.append(did, user(), this.#clock(), detail)
  }

  /** Tells of files that came in, one line for each. */
  tellImports(lines: readonly LedgerLine[]): Promise<void> {
    const was = new Map([...this.of.came].map(([was, sha256]) => [sha256, was]))
    return this.#tellAll(lines.map((line) => toldOf(line, line.already ? undefined : was.get(line.sha256))))
  }

  tellRefused(refused: readonly Refused[]): Promise<void> {
    return this.#tellAll(refused.map(({ path, message }) => ({ did: 'refused', detail: { path, message } })))
  }

  async #tellAll(entries: readonly Pick<CustodyLine, 'did' | 'detail'>[]): Promise<void> {
    if (entries.length) await this.#custody.appendAll(user(), this.#clock(), entries)
  }

  /** The evidence with this SHA-256, or one that begins so. */
  evidence(hash: string): Evidence {
    const found = this.of.named(hash)
    if (found && found === this.of.coming) throw stillComing(found)
    if (found) return found
    throw new AppError('record_missing', `There is no evidence ${hash} in this case.`)
  }

  /** Closing a connection in the midst of a query makes DuckDB wait for itself, for ever; so what is being read is told. */
  async read<T>(read: (reader: DuckDBConnection) => Promise<T>): Promise<T> {
    if (this.#closed) throw new AppError('no_case', 'The case has been closed in the meantime.')
    const reading = read(this.#reader)
    this.#reading.add(reading)
    try {
      return await reading
    } finally {
      this.#reading.delete(reading)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.asking.close()
    await Promise.allSettled(this.#reading)
    await this.windows.close()
    await this.marks.close()
    await this.workspace.close()
    this.#reader.closeSync()
    await this.#custody.close()
    this.of.close()
  }
}

/** What the chain of custody tells of an import; `cameAs`: what its records were called by until all of it was in. */
function toldOf(line: LedgerLine, cameAs: string | undefined): Pick<CustodyLine, 'did' | 'detail'> {
  const { path, name, sha256, bytes, records, source, already, again, archive } = line
  const added = already ? { added: 0 } : {}
  const within = archive ? { archive: archive.sha256 } : {}
  const before = again && !already ? { before: again.before } : {}
  const detail = {
    path,
    name,
    sha256,
    bytes,
    records,
    source,
    ...added,
    ...before,
    ...within,
    ...(cameAs && { cameAs })
  }
  return { did: again && !already ? 'read again' : 'imported', detail }
}

/** What can be checked at once whenever a case is opened or changes: that the evidence is there, and as long as it was. */
export function presence(of: Case): string {
  const count = of.evidence.length
  if (count === 0) return 'no evidence yet'
  const missing = of.missing()
  if (missing.length) return `evidence missing or of another size: ${missing.join(', ')}`
  return count === 1
    ? '1 evidence file present, its size matches'
    : `${count.toLocaleString('en')} evidence files present, sizes match`
}
