import type { DuckDBConnection } from '@duckdb/node-api'
import type { LedgerLine } from '../../contract/evidence'
import type { Source } from '../../contract/source'
import type { Alike } from './duplicates'
import type { FileImport } from './file-import'
import type { Recognised } from './fitting'
import type { ReadDone } from './read-file'
import type { SealedCopy } from './sealed-copy'

/** What came of a file's records. */
export interface Books extends Alike {
  readonly read: ReadDone
  /** How many records of a status the database holds. */
  readonly count: (status: string) => number
  readonly paired?: number | undefined
  readonly modified: string
  /** Milliseconds it took. */
  readonly took: number
}

/** The line of a log in the ledger. */
export function evidenceLine(
  { path, now }: Pick<FileImport, 'path' | 'now'>,
  { sources, guessed, times, list, notes = [] }: Recognised,
  { name, sha256, bytes, archive, notes: sealedNotes = [] }: SealedCopy & { readonly name: string },
  { read, count, duplicates, conflicts, paired, modified, took }: Books
): LedgerLine {
  const [events, undated, unreadable, blank] = ['event', 'undated', 'unreadable', 'blank'].map(count) as Four
  return {
    path,
    name,
    sha256,
    bytes,
    source: sources.map((one) => one.id).join(', '),
    records: read.records,
    events,
    undated,
    unreadable,
    blank,
    duplicates,
    conflicts,
    ...(paired === undefined ? {} : { paired }),
    // The reader counted what it handed over, the database what it holds: two counts that must agree.
    balanced: read.records === events + undated + unreadable + blank,
    seconds: Math.round(took) / 1000,
    importedAt: now.toISOString(),
    modifiedAt: modified,
    ...(guessed === undefined ? {} : { guessed }),
    ...(times === undefined ? {} : { times }),
    ...(list === undefined ? {} : { list }),
    notes: [...sealedNotes, ...notes, ...read.notes],
    ...(archive ? { archive } : {})
  }
}

type Four = [number, number, number, number]

/** An evidence file that came in: its number, its first row, its line, and the definitions it was read with. */
export interface NewEvidence {
  readonly id: number
  readonly firstRow: number
  readonly line: LedgerLine
  readonly sources: readonly Source[]
}

/** Within the import's transaction: enters evidence into the case. */
export async function addEvidence(writer: DuckDBConnection, added: readonly NewEvidence[]): Promise<void> {
  const appender = await writer.createAppender('evidence')
  for (const { id, firstRow, line, sources } of added) {
    appender.appendInteger(id)
    for (const value of [line.sha256, line.name, line.path, line.archive?.sha256 ?? line.sha256])
      appender.appendVarchar(value)
    appender.appendBigInt(BigInt(line.bytes))
    for (const value of [line.modifiedAt, line.importedAt, line.source, JSON.stringify(sources)])
      appender.appendVarchar(value)
    appender.appendBigInt(BigInt(firstRow))
    // A directory has records, but no rows among the entries.
    appender.appendBigInt(BigInt(line.kind === 'directory' ? 0 : line.records))
    appender.appendVarchar(JSON.stringify(line))
    appender.endRow()
  }
  appender.closeSync()
  await writer.run(
    `UPDATE meta SET value = CAST(CAST(value AS BIGINT) + ${added.length} AS VARCHAR) WHERE key = 'revision'`
  )
}
