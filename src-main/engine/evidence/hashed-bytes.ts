import { createHash } from 'node:crypto'
import { Truncated } from './truncated'

/** Bytes that are hashed while someone reads them, as far as that one wants, and then to their end. */
export class HashedBytes {
  readonly #blocks: AsyncIterator<Buffer>
  readonly #hash = createHash('sha256')

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#blocks = bytes[Symbol.asyncIterator]()
  }

  async *read(): AsyncGenerator<Buffer> {
    for (let next = await this.#blocks.next(); !next.done; next = await this.#blocks.next()) {
      this.#hash.update(next.value)
      yield next.value
    }
  }

  /** The SHA-256 of all of them; of a stream that is cut off, of what comes before. */
  async sha256(): Promise<string> {
    try {
      for await (const _ of this.read());
    } catch (error) {
      if (!(error instanceof Truncated)) throw error
    }
    return this.#hash.digest('hex')
  }
}
