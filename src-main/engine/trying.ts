import { AppError } from '../contract/errors'
import type { Source } from '../contract/source'
import type { NewSource, SourcePreview } from '../contract/source-preview'
import { newSourceFor } from './import/new-source'
import { preview } from './import/preview'
import { onWorkbench, type Workbench } from './store/workbench'

/** A file to take records from: where it lies, and what it is called. */
export interface TriedFile {
  readonly path: string
  readonly name: string
}

interface Attempt {
  stopped: boolean
  bench?: Workbench
}

const canceled = () => new AppError('canceled', 'The preview was canceled.')

/** Definitions tried on records, beside every case and never in one. */
export class Trying {
  readonly #home: string
  readonly #attempts = new Map<string, Attempt>()

  constructor(home: string) {
    this.#home = home
  }

  preview(
    request: {
      readonly yaml: string
      readonly on: TriedFile | 'samples'
      readonly limit: number
      readonly known: () => Promise<readonly Source[]>
    },
    ticket?: string
  ): Promise<SourcePreview> {
    return this.#attempt(ticket, async (bench, stopped) =>
      preview(bench, { ...request, known: await request.known(), stopped })
    )
  }

  newSource({ path, name }: TriedFile): Promise<NewSource> {
    return this.#attempt(undefined, (bench) => newSourceFor(bench, path, name))
  }

  cancel(ticket: string): void {
    const attempt = this.#attempts.get(ticket)
    if (!attempt) return
    attempt.stopped = true
    attempt.bench?.connection.interrupt()
  }

  async #attempt<T>(
    ticket: string | undefined,
    work: (bench: Workbench, stopped: () => boolean) => Promise<T>
  ): Promise<T> {
    const attempt: Attempt = { stopped: false }
    if (ticket !== undefined) this.#attempts.set(ticket, attempt)
    try {
      const done = await onWorkbench(this.#home, (bench) => {
        attempt.bench = bench
        return work(bench, () => attempt.stopped)
      })
      if (attempt.stopped) throw canceled()
      return done
    } catch (error) {
      if (attempt.stopped) throw canceled()
      throw error
    } finally {
      if (ticket !== undefined) this.#attempts.delete(ticket)
    }
  }
}
