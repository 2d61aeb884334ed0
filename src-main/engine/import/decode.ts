import { createGunzip } from 'node:zlib'
import type { Format } from './format'

/** A compressed file that ends too early, or is damaged: what came before is good. */
export class Truncated extends Error {}

/** The file's blocks as UTF-8 text bytes: decompressed, transcoded, without a byte order mark. */
export async function* decoded(blocks: AsyncIterable<Buffer>, format: Format): AsyncGenerator<Buffer> {
  let source: AsyncIterable<Buffer> = blocks
  if (format.compression === 'gzip') source = gunzipped(blocks)
  if (format.encoding !== 'utf-8') source = transcoded(source, format.encoding)
  else if (format.skip) source = without(source, format.skip)
  yield* source
}

async function* gunzipped(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 })
  let failed: unknown
  const feeding = (async () => {
    for await (const block of blocks) {
      if (gunzip.destroyed) return
      if (!gunzip.write(block))
        await new Promise<void>((resolve) => gunzip.once('drain', resolve).once('close', resolve))
    }
    gunzip.end()
  })().catch((error: unknown) => {
    failed = error
    gunzip.destroy()
  })
  try {
    for await (const block of gunzip) yield block
  } catch (error) {
    if (failed) throw failed
    throw new Truncated(error instanceof Error ? error.message : String(error))
  }
  await feeding
  if (failed) throw failed
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
