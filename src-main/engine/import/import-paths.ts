import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, errorData, isCancel } from '../../contract/errors'
import type { ImportProgress, ImportResult, LedgerLine, Refused } from '../../contract/rpc'
import type { Source, Times } from '../../contract/source'
import { archiveKind } from '../evidence/archive'
import type { Case, Evidence } from '../store/case'
import { type ArchiveImport, importArchive } from './import-archive'
import { importFile } from './import-file'
import { readAgain } from './read-again'
import { ReaderThreads } from './reader'

export interface PathsImport {
  readonly paths: readonly string[]
  readonly known: readonly Source[]
  readonly source: string | undefined
  /** What the analyst says that the files are. */
  readonly as?: 'directory' | 'log' | undefined
  /** Files whose bytes are in the case already are read once more. */
  readonly again?: boolean
  readonly times?: Times
  readonly progress: (progress: ImportProgress) => void
  /** Called as soon as a file is in. */
  readonly told: (line: LedgerLine) => Promise<void>
  readonly clock: () => Date
}

/** An import under way: files one after another, each wholly in or not at all. */
export class Importing {
  readonly #into: Case
  readonly #reader = new ReaderThreads()
  #canceled = false
  #ended = false

  constructor(into: Case) {
    this.#into = into
  }

  async run({
    paths,
    known,
    source,
    as,
    again = false,
    times = {},
    progress,
    told,
    clock
  }: PathsImport): Promise<ImportResult> {
    const started = performance.now()
    const files = await filesOf(paths)
    const totalBytes = files.reduce((sum, one) => sum + one.bytes, 0)
    const evidence: LedgerLine[] = []
    const refused: Refused[] = []
    let bytesBefore = 0
    let recordsBefore = 0
    try {
      for (const [index, { path, bytes }] of files.entries()) {
        if (this.#canceled) break
        const begun = performance.now()
        try {
          const file: ArchiveImport = {
            path,
            known,
            source,
            as,
            times,
            again,
            reader: this.#reader,
            now: clock(),
            canceled: () => this.#canceled,
            progress: (at) =>
              progress({
                ...at,
                path,
                file: index + 1,
                files: files.length,
                bytes: bytesBefore + at.bytes,
                totalBytes,
                records: recordsBefore + at.records,
                bytesPerSecond: Math.round((at.bytes / Math.max(1, performance.now() - begun)) * 1000)
              })
          }
          // A path that cannot be looked at is refused by its own sentence.
          const archive = await archiveKind(path).catch(() => null)
          const taken = archive
            ? await importArchive(this.#into, file, archive)
            : { evidence: [await importFile(this.#into, file)], refused: [] }
          refused.push(...taken.refused)
          for (const line of taken.evidence) {
            evidence.push(line)
            await told(line)
            recordsBefore += line.records
          }
        } catch (error) {
          if (isCancel(error)) break
          const { code, message, detail } = errorData(error)
          // A full disk will not be less full for the next file.
          refused.push({ path, code, message, ...(detail.sources && { sources: detail.sources }) })
          if (code === 'disk_full') break
        }
        bytesBefore += bytes
      }
    } finally {
      this.#ended = true
      await this.#reader.stop()
    }
    return {
      evidence,
      refused,
      events: evidence.reduce((sum, line) => sum + (line.already ? 0 : line.events + line.undated), 0),
      seconds: Math.round(performance.now() - started) / 1000,
      ...(this.#canceled ? { canceled: true as const } : {})
    }
  }

  /** Evidence of the case once more, with the definitions there are now. */
  async again(
    evidence: Evidence,
    { known, source, times = {}, progress, told, clock }: Omit<PathsImport, 'paths'>
  ): Promise<ImportResult> {
    const started = performance.now()
    const { path, bytes: totalBytes } = evidence.ledger
    const begun = (at: Pick<ImportProgress, 'bytes' | 'records' | 'phase' | 'source'>) => {
      const bytesPerSecond = Math.round((at.bytes / Math.max(1, performance.now() - started)) * 1000)
      progress({ ...at, path, file: 1, files: 1, totalBytes, bytesPerSecond })
    }
    const lines: LedgerLine[] = []
    try {
      const reader = this.#reader
      const canceled = () => this.#canceled
      const line = await readAgain(this.#into, evidence, {
        path,
        known,
        source,
        times,
        reader,
        now: clock(),
        canceled,
        progress: begun
      })
      lines.push(line)
      await told(line)
    } catch (error) {
      if (!isCancel(error)) throw error
    } finally {
      this.#ended = true
      await this.#reader.stop()
    }
    return {
      evidence: lines,
      refused: [],
      events: lines.reduce((sum, line) => sum + line.events + line.undated, 0),
      seconds: Math.round(performance.now() - started) / 1000,
      ...(this.#canceled ? { canceled: true as const } : {})
    }
  }

  /** Stops; the file at hand leaves nothing behind, those before it stay. Once all are in there is nothing to stop. */
  async cancel(): Promise<void> {
    if (this.#ended) return
    this.#canceled = true
    this.#into.writer.interrupt()
    await this.#reader.stop()
  }
}

interface Found {
  readonly path: string
  readonly bytes: number
}

/** The files named, and those in the folders named, in a stable order; hidden files and cases are passed over inside folders. */
async function filesOf(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const path of paths) {
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') return null
      return undefined
    })
    // A path that cannot be looked at is refused by its own sentence when its turn comes.
    if (!info?.isDirectory()) found.push({ path, bytes: info?.size ?? 0 })
    else found.push(...(await within(path)))
  }
  if (!found.length) {
    throw new AppError('file_missing', `${paths.join(', ')}: there are no files in there to import.`, {
      file: paths[0] ?? ''
    })
  }
  return found
}

async function within(folder: string): Promise<Found[]> {
  const found: Found[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!entry.name.endsWith('.spoor')) found.push(...(await within(path)))
    } else if (entry.isFile()) found.push({ path, bytes: (await stat(path)).size })
  }
  return found
}
