import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, errorData, isCancel } from '../../contract/errors'
import type { ImportProgress, ImportResult, LedgerLine } from '../../contract/rpc'
import type { Source } from '../../contract/source'
import type { Case } from '../store/case'
import { importFile } from './import-file'
import { ReaderThreads } from './reader'

export interface PathsImport {
  readonly paths: readonly string[]
  readonly known: readonly Source[]
  readonly source: string | undefined
  readonly progress: (progress: ImportProgress) => void
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

  async run({ paths, known, source, progress, clock }: PathsImport): Promise<ImportResult> {
    const started = performance.now()
    const files = await filesOf(paths)
    const totalBytes = files.reduce((sum, one) => sum + one.bytes, 0)
    const evidence: LedgerLine[] = []
    const refused: { path: string; code: string; message: string }[] = []
    let bytesBefore = 0
    let recordsBefore = 0
    try {
      for (const [index, { path, bytes }] of files.entries()) {
        if (this.#canceled) break
        const begun = performance.now()
        try {
          const line = await importFile(this.#into, {
            path,
            known,
            source,
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
          })
          evidence.push(line)
          recordsBefore += line.records
        } catch (error) {
          if (isCancel(error)) break
          const { code, message } = errorData(error)
          // A full disk will not be less full for the next file.
          refused.push({ path, code, message })
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
      events: evidence.reduce((sum, line) => sum + line.events + line.undated, 0),
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
