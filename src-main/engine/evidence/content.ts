import { createReadStream } from 'node:fs'
import { compressionOf, unpacked } from './unpack'

const blockBytes = 1 << 20

/** The bytes of a file, block by block. */
export const bytesOf = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: blockBytes })

/** What places in an evidence file count: its bytes or, where they are compressed, what is packed in them. */
export async function* contentOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const blocks = bytes[Symbol.asyncIterator]()
  const first = await blocks.next()
  if (first.done) return
  const start = first.value
  const all = async function* () {
    try {
      yield start
      for (let next = await blocks.next(); !next.done; next = await blocks.next()) yield next.value
    } finally {
      await blocks.return?.()
    }
  }
  yield* unpacked(all(), compressionOf(start))
}
