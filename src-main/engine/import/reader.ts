import { closeSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError, errorFrom, isCancel } from '../../contract/errors'
import type { SealedSmall } from '../evidence/seal'
import { newSealing, type Sealing, written } from '../evidence/sealing'
import { workerFile } from '../store/worker-file'
import type { ReadDone, ReadJob } from './read-file'
import type { TogetherJob } from './read-together'
import type { FromReader, SmallCopy, ToReader } from './read-worker'
import type { Lines } from './scan-lines'
import type { Segment } from './scratch'
import type { GivenMember, UnpackJob } from './unpack-members'

export interface Sealed {
  readonly sha256: string
  readonly bytes: number
  /** The file's lines, where all of them may be read as they stand. */
  readonly lines: Lines | null
}

/** Who does what at the same time: each copy is hashed, and may be read, while it is written. */
const threads = { copy: 0, hash: 1, read: 2, unpack: 3 } as const

/** Evidence from files, and records from evidence. Threads do the work, so that the engine answers meanwhile. */
export class ReaderThreads {
  readonly #workers: Worker[] = []

  /** Copies a file while one thread looks at its lines and another takes the SHA-256 of what stands in the copy. `sealing` for who reads behind them. */
  async seal(
    path: string,
    copy: string,
    lines: boolean,
    progress: (bytes: number) => void,
    sealing: Sealing = newSealing()
  ): Promise<Sealed> {
    closeSync(openSync(copy, 'wx', 0o600))
    const telling = setInterval(() => progress(Number(sealing[written])), 100)
    try {
      const [copied, hashed] = await Promise.allSettled([
        this.#ask(threads.copy, { seal: { path, copy, sealing, lines } }, path, (message) =>
          'sealed' in message ? message : null
        ),
        this.#ask(threads.hash, { hash: { copy, sealing } }, path, (message) => ('sha256' in message ? message : null))
      ])
      // When one thread fails both are stopped, and the other only says that it was.
      if (copied.status === 'rejected' && !(hashed.status === 'rejected' && isCancel(copied.reason)))
        throw copied.reason
      if (hashed.status === 'rejected') throw hashed.reason
      if (copied.status === 'rejected') throw copied.reason
      return { ...copied.value.sealed, sha256: hashed.value.sha256 }
    } finally {
      clearInterval(telling)
    }
  }

  /** Copies small files, and takes the SHA-256 of each copy; of one that cannot be had, why not. */
  async sealSmall(files: readonly SmallCopy[]): Promise<readonly (SealedSmall | Error)[]> {
    const path = files[0]?.path ?? ''
    const { sealedSmall } = await this.#ask(threads.copy, { sealSmall: files }, path, (message) =>
      'sealedSmall' in message ? message : null
    )
    return sealedSmall.map((one, index) => ('failed' in one ? failure(one.failed, files[index]?.path ?? '') : one))
  }

  /** Cuts small copies into the records of one stream; `take` is given each segment in order, and may lag behind by two. */
  async readTogether(
    job: TogetherJob,
    path: string,
    take: (segment: Segment) => Promise<void>
  ): Promise<readonly ReadDone[]> {
    const { allDone } = await this.#askFor(threads.read, { together: job }, path, take, {
      given: (message) => ('segment' in message ? message.segment : null),
      ended: (message) => ('allDone' in message ? message : null)
    })
    return allDone
  }

  /** Cuts a copy into records; `take` is given each segment in order, and may lag behind by two. */
  async read(job: ReadJob, path: string, take: (segment: Segment) => Promise<void>): Promise<ReadDone> {
    const { done } = await this.#askFor(threads.read, { read: job }, path, take, {
      given: (message) => ('segment' in message ? message.segment : null),
      ended: (message) => ('done' in message ? message : null)
    })
    return done
  }

  /** Unpacks an archive; `take` is given each member in order, and may lag behind by two. */
  async unpack(job: UnpackJob, path: string, take: (member: GivenMember) => Promise<void>): Promise<void> {
    await this.#askFor(threads.unpack, { unpack: job }, path, take, {
      given: (message) => ('member' in message ? message.member : null),
      ended: (message) => ('unpacked' in message ? message : null)
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()))
  }

  /** Asks for a job that gives its results piece by piece, and tells the thread of each that was taken. */
  async #askFor<G, T>(
    index: number,
    job: ToReader,
    path: string,
    take: (given: G) => Promise<void>,
    found: { readonly given: (message: FromReader) => G | null; readonly ended: (message: FromReader) => T | null }
  ): Promise<T> {
    let taken = Promise.resolve()
    let failed = false
    const asking = this.#ask(index, job, path, (message, worker, reject) => {
      const given = found.given(message)
      if (given === null) return found.ended(message)
      taken = taken.then(() => (failed ? undefined : take(given)))
      taken.then(() => worker.postMessage({ taken: true } satisfies ToReader), reject)
      return null
    })
    try {
      const answer = await asking
      await taken
      return answer
    } catch (error) {
      failed = true
      // What is being taken is at work on the case: whoever undoes it comes after.
      await taken.catch(() => {})
      throw error
    }
  }

  async #ask<T>(
    index: number,
    job: ToReader,
    path: string,
    answer: (message: FromReader, worker: Worker, reject: (error: unknown) => void) => T | null
  ): Promise<T> {
    const worker = this.#workers[index] ?? new Worker(workerFile('read-worker'))
    this.#workers[index] = worker
    try {
      return await new Promise<T>((resolve, reject) => {
        worker.removeAllListeners()
        worker.on('error', reject)
        worker.on('exit', () => reject(new AppError('canceled', 'The import was canceled.')))
        worker.on('message', (message: FromReader) => {
          if ('failed' in message) return reject(failure(message.failed, path))
          const found = answer(message, worker, reject)
          if (found) resolve(found)
        })
        worker.postMessage(job)
      })
    } catch (error) {
      // A thread that was stopped half way holds the old file; the next file gets new ones.
      await this.stop()
      throw error
    }
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
