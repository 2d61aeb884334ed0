import { rm } from 'node:fs/promises'
import type { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import { normaliseSql } from '../normalise/normalise-sql'
import { askStates } from '../normalise/rebuild'
import type { Case } from '../store/case'
import { markDuplicates, noneAlike } from './duplicates'
import { addEvidence, evidenceLine, type NewEvidence } from './evidence-line'
import type { FileImport } from './file-import'
import type { Recognised } from './fitting'
import type { ReadDone } from './read-file'
import type { ReaderThreads } from './reader'
import { type Segment, segmentRows } from './scratch'
import type { EvidenceNumber, SealedCopy } from './sealed-copy'
import { nothing } from './take-records'

// A statement of its own for each would take far longer than the records of a small file.
export const together = { files: 500, bytes: 8 << 20 } as const
/** A file of no more bytes is taken together with others. */
export const smallBytes = 1 << 20
const segmentBytes = 256 << 20

/** A small file whose copy was hashed and looked at. */
export interface SmallFile {
  readonly path: string
  readonly recognised: Recognised
  readonly sealed: SealedCopy & { readonly name: string; readonly modified: string }
}

export interface TakeTogether extends Pick<FileImport, 'now' | 'canceled'> {
  readonly reader: Pick<ReaderThreads, 'readTogether'>
  /** `part` of all of them is done, from 0 to 1. */
  readonly progress: (part: number, records: number) => void
}

/** Whether a file is read as others are: a sheet needs its workbook, and pairs are looked for file by file. */
export const goesTogether = ({ format, sources }: Recognised): boolean =>
  format.shape.as !== 'sheet' && sources.every(({ pair }) => pair === undefined)

interface Numbered extends SmallFile {
  readonly index: number
  readonly id: number
}

interface Counted extends Numbered {
  readonly read: ReadDone
  readonly count: (status: string) => number
}

/**
 * The records of many small files into the case, within a transaction: those that are read alike in one statement, each with books and an
 * evidence line of its own. Answers in the order of the files; one that gave no event leaves nothing but the reason.
 */
export async function takeTogether(
  into: Case,
  how: TakeTogether,
  files: readonly SmallFile[],
  scratch: string,
  after: EvidenceNumber
): Promise<{ readonly taken: readonly (LedgerLine | AppError)[]; readonly after: EvidenceNumber }> {
  const started = performance.now()
  const { writer } = into
  const numbered = files.map((file, index): Numbered => ({ ...file, index, id: after.id + index }))
  // Apart from the case first: rows of a file that turns out to be none could not be taken out again.
  await writer.run('CREATE OR REPLACE TEMP TABLE staged AS FROM entry LIMIT 0')
  try {
    const groups = alike(numbered)
    const reads = await stage(into, how, groups, scratch)
    const counts = await stagedCounts(into)
    const counted = numbered.map((one): Counted => {
      const count = (status: string) => counts.get(`${one.id} ${status}`) ?? 0
      return { ...one, read: reads.get(one.id) as ReadDone, count }
    })
    const isLog = ({ count }: Counted) => count('event') + count('undated') > 0
    const [full, empty] = [counted.filter(isLog), counted.filter((one) => !isLog(one))]
    const without = empty.length ? `WHERE evidence NOT IN (${empty.map((one) => one.id).join(', ')})` : ''
    // Rows stand in the order of their files, and in each of these in the order of its records.
    await writer.run(`INSERT INTO entry FROM staged ${without} ${groups.length > 1 ? 'ORDER BY evidence, rowid' : ''}`)
    const taken: (LedgerLine | AppError)[] = []
    for (const { index, path, sealed, read } of empty)
      taken[index] = nothing(sealed.name, path, read.records, read.notes)
    const entered = await enter(into, how, full, after, (performance.now() - started) / files.length)
    for (const [at, { line }] of entered.entries()) taken[(full[at] as Counted).index] = line
    const rows = full.reduce((sum, { read }) => sum + read.records, 0)
    return { taken, after: { id: after.id + files.length, firstRow: after.firstRow + rows } }
  } finally {
    await writer.run('DROP TABLE IF EXISTS temp.staged').catch(() => {})
  }
}

/** Reads the files of each group into the table `staged`, and answers by number what the reader says of them. */
async function stage(
  { writer }: Case,
  { reader, progress }: TakeTogether,
  groups: readonly (readonly Numbered[])[],
  scratch: string
): Promise<ReadonlyMap<number, ReadDone>> {
  const bytesOf = (group: readonly SmallFile[]) => group.reduce((sum, { sealed }) => sum + sealed.bytes, 0)
  const all = groups.reduce((sum, group) => sum + bytesOf(group), 0)
  const reads = new Map<number, ReadDone>()
  let [records, bytes] = [0, 0]
  for (const group of groups) {
    const { path, recognised } = group[0] as Numbered
    const insert = async (segment: Segment) => {
      const rows = segmentRows(segment)
      await writer.run(`INSERT INTO staged ${normaliseSql(recognised.sources, rows, 'evidence')}`)
      await rm(segment.file, { force: true })
      records += segment.records
      progress(Math.min(1, (bytes + segment.bytes) / all), records)
    }
    const jobs = group.map((one) => ({
      copy: one.sealed.copy,
      format: one.recognised.format,
      evidence: one.id
    }))
    const done = await reader.readTogether({ files: jobs, scratch, segmentBytes }, path, insert)
    for (const [at, { id }] of group.entries()) reads.set(id, done[at] as ReadDone)
    bytes += bytesOf(group)
  }
  return reads
}

/** Files by the definitions they are read with, since these are what a statement is made of. */
function alike(files: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const groups = new Map<string, Numbered[]>()
  for (const file of files) {
    const definitions = JSON.stringify(file.recognised.sources)
    const group = groups.get(definitions)
    if (group) group.push(file)
    else groups.set(definitions, [file])
  }
  return [...groups.values()]
}

async function stagedCounts({ writer }: Case): Promise<ReadonlyMap<string, number>> {
  const counted = await writer.runAndReadAll(
    `SELECT evidence || ' ' || status, count(*)::DOUBLE FROM staged GROUP BY ALL`
  )
  return new Map(counted.getRows() as [string, number][])
}

/** The evidence lines of files whose rows are in, in the order of these. */
async function enter(
  { writer }: Case,
  { now }: TakeTogether,
  files: readonly Counted[],
  { firstRow }: EvidenceNumber,
  took: number
): Promise<readonly NewEvidence[]> {
  const [first, last] = [files[0], files.at(-1)]
  if (!first || !last) return []
  const alikes = await markDuplicates(writer, { from: first.id, to: last.id })
  let row = firstRow
  const added = files.map(({ id, path, recognised, sealed, read, count }): NewEvidence => {
    const books = { read, count, ...(alikes.get(id) ?? noneAlike), modified: sealed.modified, took }
    const line = evidenceLine({ path, now }, recognised, sealed, books)
    const begins = row
    row += read.records
    return { id, firstRow: begins, line, sources: recognised.sources }
  })
  await addEvidence(writer, added)
  await askStates(writer, added)
  return added
}
