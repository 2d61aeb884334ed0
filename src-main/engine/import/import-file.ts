import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors'
import type { ImportProgress, LedgerLine } from '../../contract/rpc'
import type { Source, Times } from '../../contract/source'
import { normaliseSql } from '../normalise/normalise-sql'
import { tellStates } from '../normalise/rebuild'
import type { Case, Evidence } from '../store/case'
import { markDuplicates } from './duplicates'
import { asItStands, type Format } from './format'
import { takeDirectory } from './import-directory'
import { pairUp } from './paired'
import { readAgain } from './read-again'
import type { ReadDone } from './read-file'
import type { ReaderThreads, Sealed } from './reader'
import { type Directory, directoryIn } from './recognise-directory'
import { type Recognised, recogniseFile } from './recognise-file'
import type { Lines } from './scan-lines'
import { type Segment, segmentRows } from './scratch'

// Fewer, larger INSERTs are faster, but DuckDB holds what one transaction has added in memory until a row group is full.
const segmentBytes = 640 << 20
/** How much of the work is done when a file is copied and hashed. */
const sealedShare = 0.15

export interface FileImport {
  readonly path: string
  readonly known: readonly Source[]
  readonly source: string | undefined
  /** What the analyst says that it is. */
  readonly as?: 'directory' | 'log' | undefined
  readonly times?: Times
  /** Bytes that are in the case already are read once more. */
  readonly again?: boolean
  readonly reader: Pick<ReaderThreads, 'seal' | 'read'>
  readonly now: Date
  readonly canceled: () => boolean
  readonly progress: (at: Pick<ImportProgress, 'phase' | 'bytes' | 'records' | 'source'>) => void
}

/** One file into the case: all of it, with its books balanced, or nothing. It is copied and hashed before anything reads it. */
export async function importFile(into: Case, file: FileImport): Promise<LedgerLine> {
  const started = performance.now()
  file.progress({ phase: 'recognising', bytes: 0, records: 0, source: '' })
  const directory = directoryOf(file)
  const recognised = directory ? null : recogniseFile(file.path, file.known, file.source, file.times)
  const source = recognised ? recognised.sources.map((one) => one.id).join(', ') : 'directory'
  const scratch = join(into.scratch, `import-${file.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  const copy = join(scratch, 'evidence')
  await mkdir(scratch, { recursive: true })
  let kept: string | undefined
  try {
    const lines = recognised !== null && isPlain(recognised.format)
    const sealed = await file.reader.seal(file.path, copy, lines, (bytes) =>
      file.progress({ phase: 'importing', bytes: bytes * sealedShare, records: 0, source })
    )
    const target = join(into.evidenceFolder, sealed.sha256)
    const there = into.evidence.find((one) => one.sha256 === sealed.sha256)
    // Every record of a file that is in the case already would be a duplicate, so it is not read again.
    if (there) {
      if (!existsSync(target)) await keep(copy, target)
      if (file.again && there.ledger.kind !== 'directory') return await readAgain(into, there, file)
      return identical(there)
    }
    await into.writer.run('BEGIN')
    const line = recognised
      ? await take(into, file, recognised, { ...sealed, copy }, scratch, started)
      : await takeDirectory(into, file, directory as Directory, { ...sealed, copy }, started)
    kept = target
    await keep(copy, target)
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    await into.writer.run('COMMIT')
    kept = undefined
    await into.refresh()
    return line
  } catch (error) {
    await into.writer.run('ROLLBACK').catch(() => {})
    if (kept) await rm(kept, { force: true })
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, file.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Whether a file is one of names, by what the analyst says or by itself; told to be of a source it is a log. */
const directoryOf = ({ path, known, source, as }: FileImport): Directory | undefined =>
  as === 'log' || (as === undefined && source !== undefined) ? undefined : directoryIn(path, known, as === 'directory')

/** Whether its lines are records as they stand, so that the database may read them from the copy. */
const isPlain = (format: Format): boolean =>
  format.shape.as === 'lines' &&
  format.shape.newline === 'lf' &&
  format.skip === 0 &&
  format.encoding === 'utf-8' &&
  format.compression === 'none' &&
  asItStands(format)

async function keep(copy: string, target: string): Promise<void> {
  await rename(copy, target)
  await chmod(target, 0o444)
}

/** The records of a copy into the case, within a transaction: its rows, its books, its evidence line. */
export async function take(
  into: Case,
  file: FileImport,
  { sources, format, guessed, times, notes = [] }: Recognised,
  sealed: Sealed & { readonly copy: string },
  scratch: string,
  started: number
): Promise<LedgerLine> {
  const { writer } = into
  const id = into.evidence.reduce((most, one) => Math.max(most, one.id), 0) + 1
  const source = sources.map((one) => one.id).join(', ')
  const before = await writer.runAndReadAll('SELECT coalesce(max(rowid) + 1, 0)::DOUBLE FROM entry')
  const firstRow = before.getRows()[0]?.[0] as number
  const info = await stat(file.path)
  let records = 0
  const tell = (bytes: number, soFar: number) => {
    const done = sealed.bytes * sealedShare + bytes * (1 - sealedShare)
    file.progress({ phase: 'importing', bytes: Math.round(done), records: soFar, source })
  }
  const insert = async (segment: Segment) => {
    await writer.run(`INSERT INTO entry ${normaliseSql(sources, segmentRows(segment), id)}`)
    for (let at = 0; at < segment.stretches.length; at += 5000) {
      const places = segment.stretches
        .slice(at, at + 5000)
        .map(({ record, line, offset }) => `(${id}, ${record}, ${line}, ${offset})`)
      await writer.run(`INSERT INTO stretch VALUES ${places.join(', ')}`)
    }
    records += segment.records
    tell(segment.bytes, records)
  }
  const takeSegment = async (segment: Segment) => {
    await insert(segment)
    await rm(segment.file, { force: true })
  }
  const readLines = async (lines: Lines): Promise<ReadDone> => {
    const asking = setInterval(() => {
      const part = Math.max(0, writer.progress.percentage) / 100
      tell(part * sealed.bytes, Math.round(part * lines.records))
    }, 100)
    try {
      await insert({ file: sealed.copy, mode: 'plain', escaped: false, bytes: sealed.bytes, ...lines })
    } finally {
      clearInterval(asking)
    }
    return { records: lines.records, notes: [] }
  }
  const read = sealed.lines
    ? await readLines(sealed.lines)
    : await file.reader.read({ copy: sealed.copy, scratch, format, segmentBytes }, file.path, takeSegment)
  const counted = await writer.runAndReadAll(
    `SELECT status::VARCHAR, count(*)::DOUBLE FROM entry WHERE evidence = ${id} GROUP BY status`
  )
  const by = new Map(counted.getRows() as [string, number][])
  const count = (status: string) => by.get(status) ?? 0
  if (count('event') + count('undated') === 0) throw nothing(file.path, read.records, read.notes)
  const { duplicates, conflicts } = await markDuplicates(writer, id)
  const paired = await pairUp(writer, id, sources)
  await tellStates(writer, id, firstRow, sources)
  const line: LedgerLine = {
    path: file.path,
    name: basename(file.path),
    sha256: sealed.sha256,
    bytes: sealed.bytes,
    source,
    records: read.records,
    events: count('event'),
    undated: count('undated'),
    unreadable: count('unreadable'),
    blank: count('blank'),
    duplicates,
    conflicts,
    ...(paired === undefined ? {} : { paired }),
    // The reader counted what it handed over, the database what it holds: two counts that must agree.
    balanced: read.records === count('event') + count('undated') + count('unreadable') + count('blank'),
    seconds: Math.round(performance.now() - started) / 1000,
    importedAt: file.now.toISOString(),
    modifiedAt: info.mtime.toISOString(),
    ...(guessed === undefined ? {} : { guessed }),
    ...(times === undefined ? {} : { times }),
    notes: [...notes, ...read.notes]
  }
  await writer.run(`INSERT INTO evidence VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, [
    id,
    line.sha256,
    line.name,
    line.path,
    line.sha256,
    BigInt(line.bytes),
    line.modifiedAt,
    line.importedAt,
    source,
    JSON.stringify(sources),
    BigInt(firstRow),
    BigInt(line.records),
    JSON.stringify(line)
  ])
  await writer.run(`UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'revision'`)
  return line
}

function identical({ ledger }: Evidence): LedgerLine {
  return {
    ...ledger,
    already: true,
    notes: [
      ...ledger.notes,
      `these very bytes are in the case already, as ${ledger.name}, imported ${ledger.importedAt}: nothing was added`
    ]
  }
}

function nothing(path: string, records: number, notes: readonly string[]): AppError {
  const name = basename(path)
  const cut = notes.find((note) => note.includes('cut off'))
  if (cut) return new AppError('file_truncated', `${name} holds no complete record: ${cut}.`, { file: path })
  return new AppError(
    'file_not_a_log',
    `${name} gave no event: none of its ${records.toLocaleString('en')} records could be read. Is it an audit log? Export it as JSON, JSON lines or CSV.`,
    { file: path }
  )
}

/** What an error means for the file at hand. */
export function explained(error: unknown, path: string): unknown {
  const message = error instanceof Error ? error.message : ''
  if (/No space left|ENOSPC|disk is full|failed to offload|max_temp_directory_size/i.test(message)) {
    return new AppError(
      'disk_full',
      `The disk is full: nothing of ${path} was imported. Make room, then import it again.`,
      { file: path }
    )
  }
  return error
}
