import { errorData, isCancel } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { ImportProgress, Refused } from '../../contract/import'
import { archiveKind } from '../evidence/archive'
import type { Case } from '../store/case'
import { readyFor } from './coming'
import type { FileImport } from './file-import'
import type { Found } from './files-in'
import { type ArchiveImport, importArchive } from './import-archive'
import { importFile } from './import-file'
import { importSmall } from './import-small'
import type { ReaderThreads } from './reader'

export interface RunOptions
  extends Pick<FileImport, 'known' | 'source' | 'as' | 'again' | 'times' | 'list' | 'canceled' | 'watching'> {
  readonly reader: ReaderThreads
  readonly progress: (progress: ImportProgress) => void
  /** Called as soon as files are in. */
  readonly told: (lines: readonly LedgerLine[]) => Promise<void>
  readonly clock: () => Date
}

/** Files going into a case one after another, small ones together, and what has come of them so far. */
export class ImportRun {
  readonly #into: Case
  readonly #files: readonly Found[]
  readonly #options: RunOptions
  readonly #totalBytes: number
  readonly #lines: (readonly [file: number, line: LedgerLine])[] = []
  readonly #refused: (readonly [file: number, refused: Refused])[] = []
  #bytes = 0
  #records = 0
  #begun = performance.now()

  constructor(into: Case, files: readonly Found[], options: RunOptions) {
    this.#into = into
    this.#files = files
    this.#options = options
    this.#totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  get evidence(): readonly LedgerLine[] {
    return inOrder(this.#lines)
  }

  get refused(): readonly Refused[] {
    return inOrder(this.#refused)
  }

  /** Takes files that come together; answers whether to go on with the next. */
  async take(batch: readonly Found[]): Promise<boolean> {
    const [first, ...others] = batch
    try {
      await readyFor(this.#into, this.#options)
    } catch (error) {
      if (isCancel(error)) return false
      throw error
    }
    this.#begun = performance.now()
    const on = others.length || !first ? await this.#together(batch) : await this.#one(first)
    this.#bytes += batch.reduce((sum, { bytes }) => sum + bytes, 0)
    return on
  }

  async #one(file: Found): Promise<boolean> {
    const { path } = file
    try {
      const how = this.#how(path, (at) => this.#tell(file, at))
      // A path that cannot be looked at is refused by its own sentence.
      const archive = await archiveKind(path).catch(() => null)
      if (archive) {
        const { evidence, refused } = await importArchive(this.#into, how, archive)
        for (const one of refused) this.#refused.push([file.index, one])
        await this.#enter(evidence.map((line) => [file, line]))
      } else await this.#enter([[file, await importFile(this.#into, how)]])
      return true
    } catch (error) {
      return this.#refuse(file, error)
    }
  }

  async #together(batch: readonly Found[]): Promise<boolean> {
    const bytes = batch.reduce((sum, one) => sum + one.bytes, 0)
    let apart: readonly Found[] = batch
    try {
      const { progress: _, ...how } = this.#how('', () => {})
      const outcomes = await importSmall(this.#into, {
        ...how,
        paths: batch.map(({ path }) => path),
        progress: ({ phase, part, records }) => {
          const at = batch[Math.min(batch.length - 1, Math.floor(part * batch.length))] as Found
          this.#tell(at, { phase, bytes: Math.round(part * bytes), records })
        }
      })
      apart = batch.filter((_, at) => outcomes[at] === 'apart')
      const lines: [Found, LedgerLine][] = []
      for (const [at, outcome] of outcomes.entries()) {
        const file = batch[at] as Found
        if (outcome instanceof Error) this.#refuse(file, outcome)
        else if (outcome !== 'apart') lines.push([file, outcome])
      }
      await this.#enter(lines)
    } catch (error) {
      const { code } = errorData(error)
      if (isCancel(error) || code === 'disk_full') return this.#refuse(batch[0] as Found, error)
      // One of them is what cannot be read; by itself it says so, and the others go in.
    }
    for (const file of apart) if (!(await this.#one(file))) return false
    return true
  }

  #how(path: string, progress: ArchiveImport['progress']): ArchiveImport & { readonly reader: ReaderThreads } {
    const { progress: _, told: __, clock, ...how } = this.#options
    return { ...how, path, now: clock(), progress }
  }

  #tell({ path, index }: Found, at: Parameters<ArchiveImport['progress']>[0]): void {
    this.#options.progress({
      ...at,
      path,
      file: index + 1,
      files: this.#files.length,
      bytes: this.#bytes + at.bytes,
      totalBytes: this.#totalBytes,
      records: this.#records + at.records,
      bytesPerSecond: Math.round((at.bytes / Math.max(1, performance.now() - this.#begun)) * 1000)
    })
  }

  async #enter(taken: readonly (readonly [Found, LedgerLine])[]): Promise<void> {
    for (const [{ index }, line] of taken) {
      this.#lines.push([index, line])
      this.#records += line.records
    }
    if (taken.length) await this.#options.told(taken.map(([, line]) => line))
  }

  /** A cancel ends it all; so does a full disk, which will not be less full for the next file. */
  #refuse({ path, index }: Found, error: unknown): boolean {
    if (isCancel(error)) return false
    const { code, message, detail } = errorData(error)
    this.#refused.push([index, { path, code, message, ...(detail.sources && { sources: detail.sources }) }])
    return code !== 'disk_full'
  }
}

function inOrder<T>(all: readonly (readonly [file: number, one: T])[]): readonly T[] {
  return [...all].sort(([a], [b]) => a - b).map(([, one]) => one)
}
