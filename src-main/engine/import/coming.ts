import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { Case } from '../store/case'
import { closeGap, takeOut } from '../store/coming'
import { text } from '../store/sql'
import { noneAlike } from './duplicates'
import { addEvidence, evidenceLine } from './evidence-line'
import type { FileImport } from './file-import'
import type { Recognised } from './fitting'
import type { EvidenceNumber } from './sealed-copy'
import { undo } from './undo'

/** How long (ms) a canceled import waits for those who read the case, and how long the next one does. */
const [patience, mostPatience] = [2000, 30_000]

/** Waits until records may be added to a case from which an import was taken out. */
export async function readyFor(
  into: Case,
  { canceled, watching }: Pick<FileImport, 'canceled' | 'watching'>
): Promise<void> {
  const { name, writer } = into
  const ready = await undo(into, async () => {
    // What could not be taken out then, since the disk was full: its rows stand where the next ones would.
    if (into.coming) {
      await takeOut(writer)
      await into.refresh()
      await watching?.takenOut()
    }
    return closeGap(writer, mostPatience, canceled)
  })
  if (ready) return
  if (canceled()) throw new AppError('canceled', 'The import was canceled.')
  throw new AppError(
    'usage',
    `${name} is still being read by a question that began before an import was canceled. Cancel that question, then import again.`
  )
}

interface ComingFile {
  readonly recognised: Recognised
  readonly name: string
  readonly bytes: number
  readonly number: EvidenceNumber
}

/**
 * What has come of a file while the rest is being imported: it can be asked for like any other, under a name of its own, since what the
 * file is called by is known only when the SHA-256 of all of it is.
 */
export class Coming {
  readonly #into: Case
  readonly #file: FileImport
  #shown = false

  constructor(into: Case, file: FileImport) {
    this.#into = into
    this.#file = file
  }

  get shown(): boolean {
    return this.#shown
  }

  /** Within the import's transaction: ends it, so that all see what was added to it, and begins another. */
  async show({ recognised, name, bytes, number }: ComingFile, records: number): Promise<void> {
    const { writer } = this.#into
    const file = this.#file
    const { id, firstRow } = number
    if (this.#shown) {
      await writer.run(`UPDATE evidence SET records = ${records} WHERE id = ${id}`)
      await writer.run(`UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'revision'`)
    } else {
      const sha256 = `000000${randomBytes(29).toString('hex')}`
      const modified = (await stat(file.path)).mtime.toISOString()
      const books = { read: { records, notes: [] }, count: () => 0, ...noneAlike, modified, took: 0 }
      const line = evidenceLine(file, recognised, { name, bytes, sha256, copy: '', lines: null }, books)
      await addEvidence(writer, [{ id, firstRow, line, sources: recognised.sources }])
      await writer.run(`INSERT INTO coming VALUES (${id})`)
    }
    // Whatever becomes of a cancel just now: what is not there is taken out in vain.
    this.#shown = true
    await writer.run('COMMIT')
    await this.#into.refresh()
    file.watching?.grown(records)
    await writer.run('BEGIN')
  }

  /** Within the import's last transaction: all of it is in, and its evidence line takes the place of the one it had. */
  async whole({ id }: EvidenceNumber, { sha256 }: Pick<LedgerLine, 'sha256'>): Promise<void> {
    if (!this.#shown) return
    await this.#into.writer.run(`INSERT INTO came SELECT sha256, ${text(sha256)} FROM evidence WHERE id = ${id};
      DELETE FROM evidence WHERE id = ${id}; DELETE FROM coming`)
  }

  /** Whoever knows a record by the name its file had finds it by the SHA-256 from now on. */
  async came({ sha256 }: Pick<LedgerLine, 'sha256'>): Promise<void> {
    const was = this.#into.coming?.sha256
    await this.#into.refresh()
    if (was !== undefined) await this.#file.watching?.came(was, sha256)
  }

  /** Takes out of the case again what was shown. */
  async takeOut(): Promise<void> {
    if (!this.#shown) return
    await undo(this.#into, async () => {
      await takeOut(this.#into.writer)
      await this.#into.refresh()
      await closeGap(this.#into.writer, patience)
    })
    await this.#file.watching?.takenOut()
  }
}
