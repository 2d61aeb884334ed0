import { constants, gunzipSync } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Compression } from './unpack'

const enough = 4 << 20
// What packs best gives a thousandfold and more: so little is unpacked at once, until there is enough.
const firstGzip = 64 << 10
const zstdBytes = 4 << 10

/** What the first bytes of a compressed file hold, as far as it goes; throws where nothing can be made of them. */
export function unpackedHead(bytes: Buffer, compression: Compression): Buffer {
  if (compression === 'gzip') return gunzippedHead(bytes)
  return compression === 'zstd' ? zstdHead(bytes) : bytes
}

function gunzippedHead(bytes: Buffer): Buffer {
  for (const part of [bytes.subarray(0, firstGzip), bytes]) {
    const content = gunzipSync(part, { finishFlush: constants.Z_SYNC_FLUSH })
    if (content.length >= enough / 4 || part.length === bytes.length) {
      // Nothing came of it: it holds nothing, or ends before its first byte of content, which this refuses.
      if (content.length === 0) gunzipSync(bytes)
      return content.subarray(0, enough)
    }
  }
  return bytes
}

function zstdHead(bytes: Buffer): Buffer {
  const out: Uint8Array[] = []
  let length = 0
  const zstd = new Decompress((chunk) => {
    out.push(chunk)
    length += chunk.length
  })
  try {
    for (let at = 0; at < bytes.length && length < enough; at += zstdBytes)
      zstd.push(bytes.subarray(at, at + zstdBytes), false)
    if (length === 0) zstd.push(Buffer.alloc(0), true)
  } catch (error) {
    if (length === 0) throw error
  }
  return Buffer.concat(out).subarray(0, enough)
}
