import { type FileHandle, open, rm } from 'node:fs/promises'
import { AppError } from '../../contract/errors'
import { Truncated } from './truncated'

/** The content of a compressed evidence file, decompressed into a file of its own as far as it has been looked at. */
export class Spool {
  readonly #path: string
  readonly #name: string
  readonly #blocks: AsyncIterator<Buffer>
  #handle: FileHandle | undefined
  #written = 0
  #ended = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(content: AsyncIterable<Buffer>, path: string, name: string) {
    this.#path = path
    this.#name = name
    this.#blocks = content[Symbol.asyncIterator]()
  }

  /** How long it is; null until its end has been seen. */
  get total(): number | null {
    return this.#ended ? this.#written : null
  }

  /** Reads, decompressing as far as is needed; one reader after another. */
  read(offset: number, length: number): Promise<Buffer> {
    const reading = this.#turn.then(async () => {
      await this.#upTo(offset + length)
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.#written - offset)))
      await this.#handle?.read(bytes, 0, bytes.length, offset)
      return bytes
    })
    this.#turn = reading.catch(() => {})
    return reading
  }

  async close(): Promise<void> {
    await this.#turn
    await this.#blocks.return?.()
    await this.#handle?.close()
    await rm(this.#path, { force: true })
  }

  async #upTo(end: number): Promise<void> {
    this.#handle ??= await open(this.#path, 'w+', 0o600)
    while (!this.#ended && this.#written < end) {
      const { done, value } = await this.#next()
      if (done) this.#ended = true
      else await this.#write(value)
    }
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#blocks.next()
    } catch (error) {
      if (!(error instanceof Truncated)) throw error
      // A file that is cut off: what came before is good, and was imported.
      return { done: true, value: undefined }
    }
  }

  async #write(block: Buffer): Promise<void> {
    try {
      await this.#handle?.write(block, 0, block.length, this.#written)
      this.#written += block.length
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      const sentence = `The disk is full: ${this.#name} is compressed, and cannot be unpacked to be looked into. Make room, then try again.`
      throw new AppError('disk_full', sentence, { file: this.#name })
    }
  }
}
