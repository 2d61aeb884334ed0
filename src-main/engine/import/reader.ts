import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError, errorFrom } from '../../contract/errors'
import type { ReadDone, ReadJob } from './read-file'
import type { FromReader, ToReader } from './read-worker'
import type { Segment } from './scratch'

// Beside the built engine (or one up, from a shared chunk); from the sources, where the build puts it.
const places = ['./read-worker.js', '../read-worker.js', '../../../out/main/read-worker.js']

function workerFile(): string {
  for (const place of places) {
    const file = fileURLToPath(new URL(place, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Error('the reader is not built: run `npm run build`')
}

/** The thread that hashes, copies and cuts files while DuckDB takes in what it has cut. */
export class ReaderThread {
  #worker: Worker | undefined

  /** Reads one file; `take` is given each segment in order, and may lag behind by two. */
  async read(job: ReadJob, take: (segment: Segment) => Promise<void>): Promise<ReadDone> {
    this.#worker ??= new Worker(workerFile())
    const worker = this.#worker
    let taken = Promise.resolve()
    try {
      const done = await new Promise<ReadDone>((resolve, reject) => {
        worker.removeAllListeners()
        worker.on('error', reject)
        worker.on('exit', () => reject(new AppError('canceled', 'The import was canceled.')))
        worker.on('message', (message: FromReader) => {
          if ('segment' in message) {
            taken = taken.then(() => take(message.segment))
            taken.then(() => worker.postMessage({ taken: true } satisfies ToReader), reject)
          } else if ('done' in message) resolve(message.done)
          else reject(failure(message.failed, job.path))
        })
        worker.postMessage({ job } satisfies ToReader)
      })
      await taken
      return done
    } catch (error) {
      // A reader that was stopped half way holds the old file; the next file gets a new one.
      await this.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }
}

function failure(data: Extract<FromReader, { failed: unknown }>['failed'], path: string): Error {
  if (data.errno === 'ENOSPC') {
    return new AppError(
      'disk_full',
      `The disk is full: ${path} could not be copied into the case, and nothing of it was imported. Make room, then import it again.`,
      { file: path }
    )
  }
  if (data.errno === 'EACCES' || data.errno === 'EPERM') {
    return new AppError(
      'file_denied',
      `${path} may not be read by you. Ask for the right to read it, or copy it to where you have it.`,
      { file: path }
    )
  }
  return errorFrom(data)
}
