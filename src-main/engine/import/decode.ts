import { unpacked } from '../evidence/unpack'
import type { Format } from './format'

/** The file's blocks as UTF-8 text bytes: decompressed, transcoded, without a byte order mark. */
export async function* decoded(blocks: AsyncIterable<Buffer>, format: Format): AsyncGenerator<Buffer> {
  let source = unpacked(blocks, format.compression)
  if (format.encoding !== 'utf-8') source = transcoded(source, format.encoding)
  else if (format.skip) source = without(source, format.skip)
  yield* source
}

async function* transcoded(blocks: AsyncIterable<Buffer>, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<Buffer> {
  // The decoder takes the byte order mark away by itself.
  const decoder = new TextDecoder(encoding)
  for await (const block of blocks) yield Buffer.from(decoder.decode(block, { stream: true }))
  const rest = decoder.decode()
  if (rest) yield Buffer.from(rest)
}

async function* without(blocks: AsyncIterable<Buffer>, skip: number): AsyncGenerator<Buffer> {
  let left = skip
  for await (const block of blocks) {
    const cut = Math.min(left, block.length)
    left -= cut
    if (block.length > cut) yield block.subarray(cut)
  }
}
