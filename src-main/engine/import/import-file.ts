import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors'
import type { ImportProgress, LedgerLine } from '../../contract/rpc'
import type { Source } from '../../contract/source'
import { normaliseSql } from '../normalise/normalise-sql'
import type { Case } from '../store/case'
import { markDuplicates } from './duplicates'
import type { ReaderThread } from './reader'
import { type Recognised, recogniseFile } from './recognise-file'
import { type Segment, segmentRows } from './scratch'

const segmentBytes = 256 << 20

export interface FileImport {
  readonly path: string
  readonly known: readonly Source[]
  readonly source: string | undefined
  readonly reader: ReaderThread
  readonly now: Date
  readonly canceled: () => boolean
  readonly progress: (at: Pick<ImportProgress, 'phase' | 'bytes' | 'records' | 'source'>) => void
}

/** One file into the case: all of it, with its books balanced, or nothing. */
export async function importFile(into: Case, file: FileImport): Promise<LedgerLine> {
  const started = performance.now()
  file.progress({ phase: 'recognising', bytes: 0, records: 0, source: '' })
  const recognised = recogniseFile(file.path, file.known, file.source)
  const scratch = join(into.scratch, `import-${file.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  const copy = join(scratch, 'evidence')
  await mkdir(scratch, { recursive: true })
  let kept: string | undefined
  try {
    const already = await sameBytes(into, file.path)
    if (already) return already
    await into.writer.run('BEGIN')
    const line = await take(into, file, recognised, scratch, copy, started)
    const target = join(into.evidenceFolder, line.sha256)
    if (into.evidence.some((one) => one.sha256 === line.sha256)) throw new Identical(line.sha256)
    await rename(copy, target)
    kept = target
    await chmod(target, 0o444)
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    await into.writer.run('COMMIT')
    kept = undefined
    await into.refresh()
    return line
  } catch (error) {
    await into.writer.run('ROLLBACK').catch(() => {})
    if (kept) await rm(kept, { force: true })
    if (error instanceof Identical) return identical(into, error.sha256)
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, file.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function take(
  into: Case,
  file: FileImport,
  recognised: Recognised,
  scratch: string,
  copy: string,
  started: number
): Promise<LedgerLine> {
  const { writer } = into
  const { sources, format, guessed } = recognised
  const id = into.evidence.reduce((most, one) => Math.max(most, one.id), 0) + 1
  const source = sources.map((one) => one.id).join(', ')
  const before = await writer.runAndReadAll('SELECT coalesce(max(rowid) + 1, 0)::DOUBLE FROM entry')
  const firstRow = before.getRows()[0]?.[0] as number
  let records = 0
  const info = await stat(file.path)
  const takeSegment = async (segment: Segment) => {
    await writer.run(`INSERT INTO entry ${normaliseSql(sources, segmentRows(segment), id)}`)
    if (segment.stretches.length) {
      const places = segment.stretches.map((at) => `(${id}, ${at.record}, ${at.line}, ${at.offset})`)
      await writer.run(`INSERT INTO stretch VALUES ${places.join(', ')}`)
    }
    await rm(segment.file, { force: true })
    records += segment.records
    file.progress({ phase: 'importing', bytes: segment.bytes, records, source })
  }
  const read = await file.reader.read({ path: file.path, copy, scratch, format, segmentBytes }, takeSegment)
  const counted = await writer.runAndReadAll(
    `SELECT status::VARCHAR, count(*)::DOUBLE FROM entry WHERE evidence = ${id} GROUP BY status`
  )
  const by = new Map(counted.getRows() as [string, number][])
  const count = (status: string) => by.get(status) ?? 0
  if (count('event') + count('undated') === 0) throw nothing(file.path, read.records, read.notes)
  const { duplicates, conflicts } = await markDuplicates(writer, id)
  const line: LedgerLine = {
    path: file.path,
    name: basename(file.path),
    sha256: read.sha256,
    bytes: read.bytes,
    source,
    records: read.records,
    events: count('event'),
    undated: count('undated'),
    unreadable: count('unreadable'),
    blank: count('blank'),
    duplicates,
    conflicts,
    // The reader counted what it handed over, the database what it holds: two counts that must agree.
    balanced: read.records === count('event') + count('undated') + count('unreadable') + count('blank'),
    seconds: Math.round(performance.now() - started) / 1000,
    importedAt: file.now.toISOString(),
    modifiedAt: info.mtime.toISOString(),
    ...(guessed === undefined ? {} : { guessed }),
    notes: read.notes
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

class Identical extends Error {
  readonly sha256: string
  constructor(sha256: string) {
    super('identical')
    this.sha256 = sha256
  }
}

/** A file already in the case is not read again: every record of it would be a duplicate. */
async function sameBytes(into: Case, path: string): Promise<LedgerLine | undefined> {
  const { size } = await stat(path)
  const candidates = into.evidence.filter(
    (one) => one.ledger.bytes === size && existsSync(join(into.evidenceFolder, one.file))
  )
  if (!candidates.length) return undefined
  const sha256 = await hashFile(path)
  return candidates.some((one) => one.sha256 === sha256) ? identical(into, sha256) : undefined
}

function identical(into: Case, sha256: string): LedgerLine {
  const there = into.evidence.find((one) => one.sha256 === sha256)
  if (!there) throw new Error('no such evidence')
  const { ledger } = there
  return {
    ...ledger,
    duplicates: ledger.events + ledger.undated,
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

function explained(error: unknown, path: string): unknown {
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

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(block)
  return hash.digest('hex')
}
