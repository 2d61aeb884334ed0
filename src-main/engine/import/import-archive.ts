import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError, errorData, isCancel } from '../../contract/errors'
import type { LedgerLine, Refused } from '../../contract/rpc'
import type { ArchiveKind } from '../evidence/archive'
import type { Case } from '../store/case'
import { explained, type FileImport } from './file-import'
import { takeDirectory } from './import-directory'
import { directoryOf, identical, keep } from './import-file'
import type { ReaderThreads } from './reader'
import type { Directory } from './recognise-directory'
import { recogniseFile } from './recognise-file'
import { type EvidenceNumber, next, readsAsItStands, sealedShare, take } from './take-records'
import { type GivenMember, keyOf, type UnpackedMember } from './unpack-members'

export interface ArchiveImport extends FileImport {
  readonly reader: Pick<ReaderThreads, 'seal' | 'read' | 'unpack'>
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
    await into.writer.run('ROLLBACK').catch(() => {})
    if (kept) await rm(kept, { force: true })
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, file.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

interface Archive {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly copy: string
}

/** A member that turned out to be none only when rows of it were in the transaction. */
class NotTaken extends Error {
  readonly member: GivenMember
  readonly why: unknown
  constructor(member: GivenMember, why: unknown) {
    super()
    this.member = member
    this.why = why
  }
}

/** All members within one transaction, which stays open. One that fails half way is left out of another try: its rows are gone only with all. */
async function takeMembers(into: Case, file: ArchiveImport, kind: ArchiveKind, archive: Archive, scratch: string) {
  const failed: Refused[] = []
  const without: string[] = []
  for (;;) {
    const folder = join(scratch, `members-${without.length}`)
    await mkdir(folder)
    const after = await next(into)
    await into.writer.run('BEGIN')
    const members = new Members(into, file, archive, after)
    try {
      const job = { archive: archive.copy, kind, folder, without }
      await file.reader.unpack(job, file.path, (member) => members.take(member))
      return { ...members.result(failed), added: members.added }
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      failed.push(refusedBy(error.why, file.path))
      without.push(keyOf(error.member.index))
      await into.writer.run('ROLLBACK')
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function refusedBy(error: unknown, path: string): Refused {
  const { code, message, detail } = errorData(error)
  return { path, code, message, ...(detail.sources && { sources: detail.sources }) }
}

class Members {
  readonly #into: Case
  readonly #file: FileImport
  readonly #archive: Archive
  readonly #evidence: LedgerLine[] = []
  readonly #refused: Refused[] = []
  #after: EvidenceNumber
  #records = 0
  added = false

  constructor(into: Case, file: FileImport, archive: Archive, after: EvidenceNumber) {
    this.#into = into
    this.#file = file
    this.#archive = archive
    this.#after = after
  }

  result(failed: readonly Refused[]): ImportedArchive {
    const refused = [...this.#refused, ...failed]
    if (!this.#evidence.length && !refused.length) {
      const sentence = `${this.#archive.name} holds no file. Export it again.`
      throw new AppError('file_empty', sentence, { file: this.#file.path })
    }
    return { evidence: this.#evidence, refused }
  }

  async take(member: GivenMember): Promise<void> {
    if (this.#file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    const name = member.name === '' ? this.#archive.name : `${this.#archive.name} › ${member.name}`
    if ('fault' in member) {
      this.#refuse(new AppError('file_not_a_log', `${name} ${member.fault}.`, { file: this.#file.path }))
      return
    }
    const there = this.#known(member.sha256)
    if (there) this.#evidence.push(there)
    else await this.#read(member, name)
    await rm(member.file, { force: true })
  }

  /** The line of these very bytes, where they are in the case already or came before in this archive. */
  #known(sha256: string): LedgerLine | undefined {
    const there = this.#into.evidence.find((one) => one.sha256 === sha256)?.ledger
    const now = this.#evidence.find((one) => one.sha256 === sha256)
    const ledger = there ?? now
    return ledger && identical({ ledger })
  }

  async #read(member: GivenMember & UnpackedMember, name: string): Promise<void> {
    const started = performance.now()
    const file = this.#file
    try {
      const directory = directoryOf(file, member.file, name)
      const recognised = directory ? null : recogniseFile(member.file, file.known, file.source, { ...file.times, name })
      const scratch = `${member.file}-scratch`
      await mkdir(scratch)
      const begun = this.#archive.bytes * sealedShare + member.read * (1 - sealedShare)
      const told: FileImport = {
        ...file,
        progress: (at) => file.progress({ ...at, bytes: Math.round(begun), records: this.#records + at.records })
      }
      const lines = recognised && readsAsItStands(recognised.format) ? member.lines : null
      const { copy: _, ...archive } = this.#archive
      const sealed = {
        ...member,
        copy: member.file,
        name,
        lines,
        archive: { ...archive, member: member.index },
        after: this.#after
      }
      const taking = recognised
        ? take(this.#into, told, recognised, sealed, scratch, started)
        : takeDirectory(this.#into, file, directory as Directory, sealed, started)
      const line = await taking.catch((error: unknown) => {
        throw isEnd(error, file) ? error : new NotTaken(member, explained(error, file.path))
      })
      this.#evidence.push(line)
      this.#after = { id: this.#after.id + 1, firstRow: this.#after.firstRow + (directory ? 0 : line.records) }
      this.#records += line.records
      this.added = true
    } catch (error) {
      if (error instanceof NotTaken || isEnd(error, file)) throw error
      this.#refuse(error)
    }
  }

  #refuse(error: unknown): void {
    this.#refused.push(refusedBy(error, this.#file.path))
  }
}

/** What ends the import of the whole archive. */
function isEnd(error: unknown, file: FileImport): boolean {
  const known = explained(error, file.path)
  return file.canceled() || isCancel(known) || (known instanceof AppError && known.code === 'disk_full')
}
