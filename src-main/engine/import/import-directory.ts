import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { Case } from '../store/case'
import { nameKey } from '../store/names'
import type { NameKind } from './directory-shapes'
import { addEvidence } from './evidence-line'
import { type DirectoryRecord, readDirectory } from './read-directory'
import type { Directory } from './recognise-directory'
import { next, type SealedCopy } from './sealed-copy'

export interface DirectoryImport {
  readonly path: string
  readonly now: Date
}

const plural = (count: number, one: string) => `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`

/** The names of a directory into the case, within a transaction: its entries, its books, its evidence line. */
export async function takeDirectory(
  into: Case,
  { path, now }: DirectoryImport,
  directory: Directory,
  sealed: SealedCopy,
  started: number
): Promise<LedgerLine> {
  const { writer } = into
  const { id, firstRow } = sealed.after ?? (await next(into))
  const called = sealed.name ?? basename(path)
  const books = new Books(await Appenders.to(writer), id)
  const notes = await readDirectory(sealed.copy, directory, (record) => books.take(record))
  books.close()
  if (books.counts.name === 0) {
    const sentence = `${called} gave no name: none of its ${plural(books.records, 'record')} has an id with a name beside it.`
    throw new AppError('file_not_a_log', sentence, { file: path })
  }
  const held = await writer.runAndReadAll(
    `SELECT count(*)::DOUBLE, count(*) FILTER (status = 'name')::DOUBLE FROM directory WHERE evidence = ${id}`
  )
  const { name, unreadable, blank } = books.counts
  const line: LedgerLine = {
    kind: 'directory',
    path,
    name: called,
    sha256: sealed.sha256,
    bytes: sealed.bytes,
    source: 'directory',
    records: books.records,
    events: 0,
    undated: 0,
    names: name,
    unreadable,
    blank,
    duplicates: 0,
    conflicts: 0,
    balanced: held.getRows()[0]?.join() === [books.records, name].join() && books.records === name + unreadable + blank,
    seconds: Math.round(performance.now() - started) / 1000,
    importedAt: now.toISOString(),
    modifiedAt: sealed.modified ?? (await stat(path)).mtime.toISOString(),
    ...(sealed.archive ? { archive: sealed.archive } : {}),
    notes: [...(sealed.notes ?? []), `a directory, no log: ${directory.title}, which names ${books.said}`, ...notes]
  }
  await addEvidence(writer, [{ id, firstRow, line, sources: [] }])
  return line
}

type Appender = Awaited<ReturnType<DuckDBConnection['createAppender']>>

/** The two tables of directories: their records, and the names these give. */
class Appenders {
  readonly records: Appender
  readonly names: Appender

  private constructor(records: Appender, names: Appender) {
    this.records = records
    this.names = names
  }

  static async to(writer: DuckDBConnection): Promise<Appenders> {
    return new Appenders(await writer.createAppender('directory'), await writer.createAppender('name_of'))
  }
}

class Books {
  readonly #to: Appenders
  readonly #evidence: number
  readonly #kinds = new Map<NameKind, number>()
  readonly counts = { name: 0, unreadable: 0, blank: 0 }
  records = 0

  constructor(to: Appenders, evidence: number) {
    this.#to = to
    this.#evidence = evidence
  }

  /** What there are names of: `120 users, 4 groups`. */
  get said(): string {
    return [...this.#kinds].map(([kind, count]) => plural(count, kind)).join(', ')
  }

  take({ line, offset, length, status, why, entry }: DirectoryRecord): void {
    this.counts[status]++
    const { records, names } = this.#to
    records.appendInteger(this.#evidence)
    records.appendBigInt(BigInt(++this.records))
    records.appendVarchar(status)
    why === undefined ? records.appendNull() : records.appendVarchar(why)
    for (const place of [line, offset, length]) records.appendBigInt(BigInt(place))
    records.endRow()
    if (!entry) return
    this.#kinds.set(entry.kind, (this.#kinds.get(entry.kind) ?? 0) + 1)
    for (const id of entry.ids) {
      names.appendInteger(this.#evidence)
      names.appendBigInt(BigInt(this.records))
      for (const text of [entry.kind, id, nameKey(id), entry.name]) names.appendVarchar(text)
      entry.email === undefined ? names.appendNull() : names.appendVarchar(entry.email)
      names.endRow()
    }
  }

  close(): void {
    this.#to.records.closeSync()
    this.#to.names.closeSync()
  }
}
