import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { Refused } from '../../contract/import'
import type { ArchiveKind } from '../evidence/archive'
import type { Case } from '../store/case'
import { type Archive, ArchiveMembers, NotTaken, refusedBy } from './archive-members'
import { explained, type FileImport } from './file-import'
import { keep } from './import-file'
import type { ReaderThreads } from './reader'
import { next } from './sealed-copy'
import { sealedShare } from './take-records'
import { rollBack } from './undo'
import { keyOf } from './unpack-members'

export interface ArchiveImport extends FileImport {
  readonly reader: Pick<ReaderThreads, 'seal' | 'read' | 'readTogether' | 'unpack'>
}

export interface ImportedArchive {
  readonly evidence: readonly LedgerLine[]
  readonly refused: readonly Refused[]
}

/**
 * An archive into the case: the archive itself is the evidence, each of its members is read and accounted for by itself. What is no log in
 * it is refused by name while the rest goes in; on a cancel or a full disk nothing of it does.
 */
export async function importArchive(into: Case, file: ArchiveImport, kind: ArchiveKind): Promise<ImportedArchive> {
  file.progress({ phase: 'recognising', bytes: 0, records: 0, source: '' })
  const scratch = join(into.scratch, `archive-${file.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  const copy = join(scratch, 'evidence')
  await mkdir(scratch, { recursive: true })
  let kept: string | undefined
  try {
    const { sha256, bytes } = await file.reader.seal(file.path, copy, false, (so) =>
      file.progress({ phase: 'importing', bytes: so * sealedShare, records: 0 })
    )
    const archive = { name: basename(file.path), sha256, bytes }
    const taken = await takeMembers(into, file, kind, { ...archive, copy }, scratch)
    const target = join(into.evidenceFolder, sha256)
    const needed = taken.added || into.evidence.some((one) => one.file === sha256)
    if (needed && !existsSync(target)) {
      kept = taken.added ? target : undefined
      await keep(copy, target)
    }
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    await into.writer.run('COMMIT')
    kept = undefined
    await into.refresh()
    return taken
  } catch (error) {
    await rollBack(into)
    if (kept) await rm(kept, { force: true })
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, file.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * All members within one transaction, which stays open. One that fails half way is left out of another try: its rows are gone only with
 * all. Where it is one of several that were taken together, that try takes each by itself, and finds out which it was.
 */
async function takeMembers(into: Case, file: ArchiveImport, kind: ArchiveKind, archive: Archive, scratch: string) {
  const failed: Refused[] = []
  const without: string[] = []
  let together = true
  for (let attempt = 1; ; attempt++) {
    const folder = join(scratch, `members-${attempt}`)
    await mkdir(folder)
    const after = await next(into)
    await into.writer.run('BEGIN')
    const members = new ArchiveMembers(into, { ...file, archive, together, scratch }, after)
    try {
      const job = { archive: archive.copy, kind, folder, without }
      await file.reader.unpack(job, file.path, (member) => members.take(member))
      await members.takeWaiting()
      return { ...members.result(failed), added: members.added }
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      if (error.member) {
        failed.push(refusedBy(error.why, file.path))
        without.push(keyOf(error.member.index))
      } else together = false
      await rollBack(into)
      await rm(folder, { recursive: true, force: true })
    }
  }
}
