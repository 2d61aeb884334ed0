import { Decompress } from 'fzstd'
import xxhash from 'xxhash-wasm'
import { Truncated } from './truncated'
import { type FrameStretch, ZstdFrames } from './zstd-frames'

// All that comes of what is given to the decompressor at once is held together, and four bytes may give 128 KB.
const zstdBytes = 4 << 10
const blockBytes = 1 << 20

/** The bytes packed in a zstd file, frame by frame, each compared with its checksum where it has one. */
export async function* zstdUnpacked(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { create64 } = await xxhash()
  const frames = new ZstdFrames()
  let ready: Uint8Array[] = []
  let bytes = 0
  const newFrame = () => {
    const sum = create64()
    const zstd = new Decompress((chunk) => {
      if (chunk.length === 0) return
      ready.push(chunk)
      bytes += chunk.length
      sum.update(chunk)
    })
    return { zstd, sum }
  }
  let frame = newFrame()
  const take = () => {
    const block = Buffer.concat(ready)
    ready = []
    bytes = 0
    return block
  }
  const push = function* ({ bytes: packed, end }: FrameStretch): Generator<Buffer> {
    for (let at = 0; at < packed.length; at += zstdBytes) {
      frame.zstd.push(packed.subarray(at, at + zstdBytes), false)
      if (bytes >= blockBytes) yield take()
    }
    if (!end) return
    frame.zstd.push(new Uint8Array(0), true)
    const { sum } = frame
    frame = newFrame()
    if (end.checksum !== undefined && Number(sum.digest() & 0xffffffffn) !== end.checksum)
      throw new Truncated('its checksum does not fit')
  }
  let fault: unknown
  for await (const block of blocks) {
    try {
      for (const stretch of frames.take(block)) yield* push(stretch)
    } catch (error) {
      fault = error
      break
    }
  }
  if (bytes) yield take()
  if (fault) throw fault instanceof Truncated ? fault : new Truncated(said(fault))
  if (!frames.ended) throw new Truncated('it ends in the midst of a frame')
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error))
