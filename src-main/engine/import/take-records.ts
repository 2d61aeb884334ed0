import { rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import { normaliseSql } from '../normalise/normalise-sql'
import { askStates } from '../normalise/rebuild'
import type { Case } from '../store/case'
import { limitMemory } from '../store/database'
import type { Coming } from './coming'
import { markDuplicates, noneAlike } from './duplicates'
import { addEvidence, evidenceLine } from './evidence-line'
import type { FileImport } from './file-import'
import { asItStands, type Format } from './format'
import { pairUp } from './paired'
import type { ReadDone } from './read-file'
import type { Recognised } from './recognise-file'
import type { Lines } from './scan-lines'
import { type Segment, segmentRows } from './scratch'
import { next, type SealedCopy, type SealingCopy } from './sealed-copy'

// Fewer, larger INSERTs are faster, but DuckDB holds what one transaction has added in memory until a row group is full, and what came
// can be asked for segment by segment. What is less than a row group is written twice, so only the first is small.
const segmentBytes = 384 << 20
/** So much of a file is in at once, that there is something to look at. */
export const firstBytes = 24 << 20
/** How much of the work is done when a file is copied and hashed. */
export const sealedShare = 0.15

/** Whether DuckDB's line reader may read the file itself, if its lines turn out to be clean. */
export function readsAsItStands(format: Format): boolean {
  const { shape, skip, encoding, compression } = format
  const plain = shape.as === 'lines' && shape.newline === 'lf' && skip === 0 && encoding === 'utf-8'
  return plain && compression === 'none' && asItStands(format)
}

/**
 * The records of a copy into the case, within a transaction: its rows, its books, its evidence line. With `coming`, what came of a large one
 * is shown before the rest is in.
 */
export async function take(
  into: Case,
  file: FileImport,
  recognised: Recognised,
  given: SealedCopy | SealingCopy,
  scratch: string,
  started: number,
  coming?: Coming
): Promise<LedgerLine> {
  const { writer } = into
  const { sources, format } = recognised
  const following = 'sealing' in given
  const number = (following ? undefined : given.after) ?? (await next(into))
  const { id, firstRow } = number
  const source = sources.map((one) => one.id).join(', ')
  const name = given.name ?? basename(file.path)
  let [records, bytes] = [0, 0]
  const tell = (at: number, soFar: number) => {
    const done = following ? at : given.bytes * sealedShare + at * (1 - sealedShare)
    file.progress({ phase: 'importing', bytes: Math.round(done), records: soFar, source })
  }
  const insert = async (segment: Segment) => {
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    const asking = setInterval(() => {
      const part = Math.max(0, writer.progress.percentage) / 100
      tell(bytes + part * (segment.bytes - bytes), records + Math.round(part * segment.records))
    }, 100)
    try {
      await writer.run(`INSERT INTO entry ${normaliseSql(sources, segmentRows(segment), id)}`)
    } finally {
      clearInterval(asking)
    }
    for (let at = 0; at < segment.stretches.length; at += 5000) {
      const places = segment.stretches
        .slice(at, at + 5000)
        .map(({ record, line, offset }) => `(${id}, ${record}, ${line}, ${offset})`)
      await writer.run(`INSERT INTO stretch VALUES ${places.join(', ')}`)
    }
    records += segment.records
    bytes = segment.bytes
    tell(bytes, records)
  }
  const showSoFar = async () => coming?.show({ recognised, name, bytes: given.bytes, number }, records)
  const takeSegment = async (segment: Segment) => {
    await limitMemory(writer, segment.mode === 'plain' ? 'lines' : 'records')
    await insert(segment)
    await rm(segment.file, { force: true })
    // A file of one segment is in or not at all.
    if (segment.bytes < given.bytes) await showSoFar()
  }
  const readWhole = async (lines: Lines): Promise<ReadDone> => {
    await insert({ file: given.copy, mode: 'plain', escaped: false, bytes: given.bytes, ...lines })
    return { records: lines.records, notes: [] }
  }
  const readParts = () => {
    const behind = following ? { sealing: given.sealing } : {}
    const job = { copy: given.copy, scratch, format, segmentBytes, ...(coming && { firstBytes }), ...behind }
    return file.reader.read(job, file.path, takeSegment)
  }
  const read = following || !given.lines ? await readParts() : await readWhole(given.lines)
  const sealed: SealedCopy = following ? { ...given, ...(await given.sealed) } : given
  // Rows have the numbers by which other tables name them only when they are committed.
  if (coming?.shown) await showSoFar()
  const counted = await writer.runAndReadAll(
    `SELECT status::VARCHAR, count(*)::DOUBLE FROM entry WHERE evidence = ${id} GROUP BY status`
  )
  const by = new Map(counted.getRows() as [string, number][])
  const count = (status: string) => by.get(status) ?? 0
  if (count('event') + count('undated') === 0) throw nothing(name, file.path, read.records, read.notes)
  const alike = (await markDuplicates(writer, { from: id, to: id })).get(id) ?? noneAlike
  const paired = await pairUp(writer, id, firstRow, sources)
  await askStates(writer, [{ id, sources }])
  const line = evidenceLine(
    file,
    recognised,
    { ...sealed, name },
    {
      read,
      count,
      ...alike,
      paired,
      modified: sealed.modified ?? (await stat(file.path)).mtime.toISOString(),
      took: performance.now() - started
    }
  )
  await coming?.whole(number, line)
  await addEvidence(writer, [{ id, firstRow, line, sources }])
  return line
}

/** Why a file of which no record became an event is refused. */
export function nothing(name: string, path: string, records: number, notes: readonly string[]): AppError {
  const cut = notes.find((note) => note.includes('cut off'))
  if (cut) return new AppError('file_truncated', `${name} holds no complete record: ${cut}.`, { file: path })
  return new AppError(
    'file_not_a_log',
    `${name} gave no event: none of its ${records.toLocaleString('en')} records could be read. Is it an audit log? Export it as JSON, JSON lines or CSV.`,
    { file: path }
  )
}
