import { mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AppError, errorData, isCancel } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { ImportProgress, Refused } from '../../contract/import'
import type { Case, Evidence } from '../store/case'
import { explained, type FileImport } from './file-import'
import { takeDirectory } from './import-directory'
import { directoryOf, identical } from './import-file'
import { replace, timesOf } from './read-again'
import type { ReaderThreads } from './reader'
import type { Directory } from './recognise-directory'
import { type Recognised, recogniseFile } from './recognise-file'
import type { EvidenceNumber, SealedCopy } from './sealed-copy'
import { readsAsItStands, sealedShare, take } from './take-records'
import { goesTogether, type SmallFile, smallBytes, takeTogether, together } from './take-together'
import type { GivenMember, UnpackedMember } from './unpack-members'

/** An archive that was copied and hashed. */
export interface Archive {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly copy: string
}

export interface MembersImport extends FileImport {
  readonly reader: Pick<ReaderThreads, 'seal' | 'read' | 'readTogether'>
  readonly archive: Archive
  /** Whether small members are taken together. */
  readonly together: boolean
  readonly scratch: string
}

/** A member that turned out to be none only when rows of it were in the transaction; without `member`, one of several. */
export class NotTaken extends Error {
  readonly member: GivenMember | undefined
  readonly why: unknown
  constructor(member: GivenMember | undefined, why: unknown) {
    super()
    this.member = member
    this.why = why
  }
}

/** Why a member or a file is not in the case. */
export function refusedBy(error: unknown, path: string): Refused {
  const { code, message, detail } = errorData(error)
  return { path, code, message, ...(detail.sources && { sources: detail.sources }) }
}

interface Waiting extends SmallFile {
  /** Among the lines told. */
  readonly at: number
}

/** The members of an archive as they go into a case, one after another, and what has come of them so far. */
export class ArchiveMembers {
  readonly #into: Case
  readonly #how: MembersImport
  readonly #lines: (LedgerLine | undefined)[] = []
  readonly #refused: Refused[] = []
  #after: EvidenceNumber
  #records = 0
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #begun = 0
  added = false

  constructor(into: Case, how: MembersImport, after: EvidenceNumber) {
    this.#into = into
    this.#how = how
    this.#after = after
  }

  result(failed: readonly Refused[]): {
    readonly evidence: readonly LedgerLine[]
    readonly refused: readonly Refused[]
  } {
    const { archive, path } = this.#how
    const evidence = this.#lines.filter((line) => line !== undefined)
    const refused = [...this.#refused, ...failed]
    if (!evidence.length && !refused.length) {
      const sentence = `${archive.name} holds no file. Export it again.`
      throw new AppError('file_empty', sentence, { file: path })
    }
    return { evidence, refused }
  }

  async take(member: GivenMember): Promise<void> {
    const { archive, path } = this.#how
    if (this.#how.canceled()) throw new AppError('canceled', 'The import was canceled.')
    const name = member.name === '' ? archive.name : `${archive.name} › ${member.name}`
    if ('fault' in member) {
      this.#refuse(new AppError('file_not_a_log', `${name} ${member.fault}.`, { file: path }))
      return
    }
    this.#begun = archive.bytes * sealedShare + member.read * (1 - sealedShare)
    this.#tell('recognising', 0)
    // The engine goes on answering between one member and the next.
    await setImmediate()
    if (this.#waiting.some(({ sealed }) => sealed.sha256 === member.sha256)) await this.takeWaiting()
    const now = this.#lines.find((line) => line?.sha256 === member.sha256)
    const there = this.#into.evidence.find((one) => one.sha256 === member.sha256)
    if (now) this.#lines.push(identical({ ledger: now }))
    else if (there && !(this.#how.again && there.ledger.kind !== 'directory')) this.#lines.push(identical(there))
    else {
      const waits = await this.#read(member, name, there)
      if (waits) return
    }
    await rm(member.file, { force: true })
  }

  /** Takes the small members that were put by. */
  async takeWaiting(): Promise<void> {
    const files = this.#waiting
    if (!files.length) return
    const how = this.#how
    this.#waiting = []
    this.#waitingBytes = 0
    const told = {
      ...how,
      progress: (_: number, records: number) => this.#tell('importing', records)
    }
    const scratch = await this.#scratch()
    const { taken, after } = await takeTogether(this.#into, told, files, scratch, this.#after).catch(
      (error: unknown) => {
        throw isEnd(error, how) ? error : new NotTaken(undefined, error)
      }
    )
    for (const [index, line] of taken.entries()) {
      const { at, sealed } = files[index] as Waiting
      await rm(sealed.copy, { force: true })
      if (line instanceof Error) {
        this.#refuse(line)
        continue
      }
      this.#lines[at] = line
      this.#records += line.records
      this.added = true
    }
    this.#after = after
  }

  /** Reads a member, or puts it by; answers whether it was put by. `was`: it is in the case, and read once more. */
  async #read(member: GivenMember & UnpackedMember, name: string, was: Evidence | undefined): Promise<boolean> {
    const started = performance.now()
    const how = this.#how
    let found: Recognised | Directory
    try {
      const times = was ? timesOf(was, how.times) : how.times
      found =
        directoryOf(how, member.file, name) ?? recogniseFile(member.file, how.known, how.source, { ...times, name })
    } catch (error) {
      this.#refuse(error)
      return false
    }
    const { copy: _, ...archive } = how.archive
    const modified = member.modified ?? (await stat(how.path)).mtime.toISOString()
    const place = { ...archive, member: member.index }
    const sealed = { ...member, copy: member.file, name, modified, lines: null, archive: place }
    if ('format' in found && !was && how.together && member.bytes <= smallBytes && goesTogether(found)) {
      this.#waiting.push({ path: how.path, recognised: found, sealed, at: this.#lines.push(undefined) - 1 })
      this.#waitingBytes += member.bytes
      if (this.#waiting.length >= together.files || this.#waitingBytes >= together.bytes) await this.takeWaiting()
      return true
    }
    await this.takeWaiting()
    const line = await this.#takeAlone(found, sealed, member, was, started).catch((error: unknown) => {
      throw isEnd(error, how) ? error : new NotTaken(member, explained(error, how.path))
    })
    this.#lines.push(line)
    this.#after = {
      id: this.#after.id + 1,
      firstRow: this.#after.firstRow + (line.kind === 'directory' ? 0 : line.records)
    }
    this.#records += line.records
    this.added = true
    return false
  }

  async #takeAlone(
    found: Recognised | Directory,
    sealed: SealedCopy,
    { lines }: UnpackedMember,
    was: Evidence | undefined,
    started: number
  ): Promise<LedgerLine> {
    const after = this.#after
    if (!('format' in found)) return takeDirectory(this.#into, this.#how, found, { ...sealed, after }, started)
    const how: FileImport = { ...this.#how, progress: ({ phase, records }) => this.#tell(phase, records) }
    const scratch = await this.#scratch()
    const asItStands = readsAsItStands(found.format) ? lines : null
    if (was) return replace(this.#into, was, how, found, { copy: sealed.copy, scratch, started, after })
    return take(this.#into, how, found, { ...sealed, lines: asItStands, after }, scratch, started)
  }

  #tell(phase: ImportProgress['phase'], records: number): void {
    this.#how.progress({ phase, bytes: Math.round(this.#begun), records: this.#records + records })
  }

  #scratch(): Promise<string> {
    return mkdtemp(join(this.#how.scratch, 'records-'))
  }

  #refuse(error: unknown): void {
    this.#refused.push(refusedBy(error, this.#how.path))
  }
}

/** What ends the import of the whole archive. */
function isEnd(error: unknown, how: MembersImport): boolean {
  const known = explained(error, how.path)
  return how.canceled() || isCancel(known) || (known instanceof AppError && known.code === 'disk_full')
}
