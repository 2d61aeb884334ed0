import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib'
import { Truncated } from './truncated'
import { zstdUnpacked } from './unpack-zstd'

/** `deflate` is what stands in ZIP archives; no file is that by itself. */
export type Compression = 'none' | 'gzip' | 'zstd' | 'deflate'

// A frame of zstd, or one to be passed over, with which some tools begin: https://www.rfc-editor.org/rfc/rfc8878#section-3.1
const zstdStarts = /^(28b52ffd|5[0-9a-f]2a4d18)/

/** What a file is compressed with, by its first bytes. */
export function compressionOf(start: Buffer): Compression {
  const hex = start.subarray(0, 4).toString('hex')
  if (hex.startsWith('1f8b')) return 'gzip'
  return zstdStarts.test(hex) ? 'zstd' : 'none'
}

/** The bytes that are packed in a file; the file's own where it is not compressed. */
export function unpacked(blocks: AsyncIterable<Buffer>, compression: Compression): AsyncIterable<Buffer> {
  switch (compression) {
    case 'none':
      return blocks
    case 'gzip':
      return inflated(blocks, createGunzip({ chunkSize: blockBytes }))
    case 'deflate':
      return inflated(blocks, createInflateRaw({ chunkSize: blockBytes }))
    case 'zstd':
      return zstdUnpacked(blocks)
  }
}

const blockBytes = 1 << 20

async function* inflated(blocks: AsyncIterable<Buffer>, zlib: Gunzip | InflateRaw): AsyncGenerator<Buffer> {
  let failed: unknown
  const feeding = (async () => {
    for await (const block of blocks) {
      if (zlib.destroyed) return
      if (!zlib.write(block)) await room(zlib)
    }
    zlib.end()
  })().catch((error: unknown) => {
    failed = error
    zlib.destroy()
  })
  try {
    for await (const block of zlib) yield block
  } catch (error) {
    if (failed) throw failed
    throw new Truncated(error instanceof Error ? error.message : String(error))
  }
  await feeding
  if (failed) throw failed
}

/** Until more may be written, or nothing any more. */
const room = (zlib: Gunzip | InflateRaw): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      zlib.off('drain', done).off('close', done)
      resolve()
    }
    zlib.on('drain', done).on('close', done)
  })
