import { isCancel } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { ImportProgress, ImportResult } from '../../contract/import'
import type { Case, Evidence } from '../store/case'
import { readyFor } from './coming'
import { batches, filesIn } from './files-in'
import { ImportRun, type RunOptions } from './import-run'
import { readAgain } from './read-again'
import { ReaderThreads } from './reader'

export interface PathsImport extends Omit<RunOptions, 'reader' | 'canceled'> {
  readonly paths: readonly string[]
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

  async run({ paths, ...options }: PathsImport): Promise<ImportResult> {
    const started = performance.now()
    const files = await filesIn(paths)
    const canceled = () => this.#canceled
    const run = new ImportRun(this.#into, files, { ...options, reader: this.#reader, canceled })
    try {
      for (const batch of batches(files)) if (this.#canceled || !(await run.take(batch))) break
    } finally {
      this.#ended = true
      await this.#reader.stop()
    }
    const { evidence, refused } = run
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
    { known, source, times = {}, progress, told, clock, watching }: Omit<PathsImport, 'paths'>
  ): Promise<ImportResult> {
    const started = performance.now()
    const canceled = () => this.#canceled
    const { path, bytes: totalBytes } = evidence.ledger
    const begun = (at: Pick<ImportProgress, 'bytes' | 'records' | 'phase' | 'source'>) => {
      const bytesPerSecond = Math.round((at.bytes / Math.max(1, performance.now() - started)) * 1000)
      progress({ ...at, path, file: 1, files: 1, totalBytes, bytesPerSecond })
    }
    const lines: LedgerLine[] = []
    try {
      await readyFor(this.#into, { canceled, watching })
      const reader = this.#reader
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
      await told([line])
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
    if (!this.#into.undoing) this.#into.writer.interrupt()
    await this.#reader.stop()
  }
}
