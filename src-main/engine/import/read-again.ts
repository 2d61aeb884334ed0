import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { Times } from '../../contract/source'
import { storedFile } from '../evidence/stored'
import { forgetStates } from '../normalise/rebuild'
import type { Case, Evidence } from '../store/case'
import { key } from './duplicates'
import { explained, type FileImport } from './file-import'
import { type Recognised, recogniseFile } from './recognise-file'
import type { EvidenceNumber } from './sealed-copy'
import { take } from './take-records'
import { showUncovered } from './uncovered'
import { rollBack } from './undo'

/** Reads evidence once more with the definitions as they are now, in one transaction: its events are replaced, its bytes stay. */
export async function readAgain(into: Case, was: Evidence, file: FileImport): Promise<LedgerLine> {
  if (was.ledger.kind === 'directory') {
    const sentence = `${was.name} is a directory of names: no source definition has a part in how it was read.`
    throw new AppError('usage', sentence, { file: was.name })
  }
  const started = performance.now()
  const { writer } = into
  const scratch = join(into.scratch, `again-${file.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  await mkdir(scratch, { recursive: true })
  try {
    const copy = await storedFile(into, was)
    const recognised = recogniseFile(copy, file.known, file.source, {
      ...timesOf(was, file.times),
      name: was.name,
      list: was.ledger.list
    })
    await writer.run('BEGIN')
    const line = await replace(into, was, file, recognised, { copy, scratch, started })
    if (file.canceled()) throw new AppError('canceled', 'Reading it again was canceled.')
    await writer.run('COMMIT')
    await into.refresh()
    return line
  } catch (error) {
    await rollBack(into)
    if (file.canceled()) throw new AppError('canceled', 'Reading it again was canceled.')
    throw explained(error, was.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What the analyst said of its times when it came in still holds. */
export function timesOf({ ledger: { times } }: Evidence, now: Times | undefined): Times {
  if (!times?.asked) return now ?? {}
  const { asked: _, ...said } = times
  return { ...said, ...now }
}

export interface Replacing {
  readonly copy: string
  readonly scratch: string
  readonly started: number
  readonly after?: EvidenceNumber
}

/** Within a transaction: what an evidence holds in the case is taken out, and read anew from its bytes. */
export async function replace(
  into: Case,
  was: Evidence,
  file: FileImport,
  recognised: Recognised,
  { copy, scratch, started, ...numbered }: Replacing
): Promise<LedgerLine> {
  const { writer } = into
  await forget(writer, was)
  const { name, archive, bytes, modifiedAt: modified } = was.ledger
  const sealed = {
    sha256: was.sha256,
    bytes,
    lines: null,
    copy,
    name,
    modified,
    ...(archive && { archive }),
    ...numbered
  }
  const taken = await take(into, file, recognised, sealed, scratch, started)
  const line = await asBefore(writer, was, taken, file.now)
  await showUncovered(writer)
  return line
}

/**
 * Takes an evidence's events out of the case. Its rows stay where they are, empty and of no evidence: to delete rows would move those
 * behind them, and places are told by row.
 */
async function forget(writer: DuckDBConnection, { id }: Evidence): Promise<void> {
  await writer.run(
    `CREATE OR REPLACE TEMP TABLE uncovered AS SELECT DISTINCT ${key} AS k FROM entry WHERE evidence = ${id} AND shown`
  )
  await forgetStates(writer, id)
  await writer.run(`CREATE OR REPLACE TEMP TABLE parted AS SELECT request, q.evidence FROM paired JOIN entry q ON q.rowid = request
    JOIN entry r ON r.rowid = response WHERE q.evidence = ${id} OR r.evidence = ${id}`)
  await writer.run('DELETE FROM paired WHERE request IN (SELECT request FROM parted)')
  await writer.run(`UPDATE entry SET shown = true WHERE rowid IN (SELECT request FROM parted WHERE evidence <> ${id})`)
  await writer.run(`UPDATE evidence v SET ledger = json_merge_patch(ledger, json_object('paired', (ledger->>'paired')::BIGINT - c.parted))
    FROM (SELECT evidence, count(*) AS parted FROM parted GROUP BY ALL) c WHERE v.id = c.evidence`)
  await writer.run('DROP TABLE temp.parted')
  await writer.run(
    `UPDATE entry SET evidence = 0, status = 'blank', shown = false, raw = '', document = NULL WHERE evidence = ${id}`
  )
  await writer.run(`DELETE FROM stretch WHERE evidence = ${id}`)
  await writer.run(`DELETE FROM evidence WHERE id = ${id}`)
}

/** The line of what was read now, with the name, the place and the times the evidence came with. */
async function asBefore(writer: DuckDBConnection, was: Evidence, taken: LedgerLine, now: Date): Promise<LedgerLine> {
  const { path, name, importedAt, modifiedAt, source } = was.ledger
  const again = { at: now.toISOString(), before: source }
  const line: LedgerLine = { ...taken, path, name, importedAt, modifiedAt, again }
  await writer.run(
    'UPDATE evidence SET path = $1, name = $2, imported_at = $3, modified_at = $4, file = $5, ledger = $6 WHERE sha256 = $7 AND name = $8',
    [path, name, importedAt, modifiedAt, was.file, JSON.stringify(line), was.sha256, taken.name]
  )
  return line
}
