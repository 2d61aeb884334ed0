import { Truncated } from './truncated'

/** A stretch of one frame of a zstd file. */
export interface FrameStretch {
  readonly bytes: Buffer
  /** With the last stretch of a frame: the low four bytes of the XXH64 of its content, where the frame gives them. */
  readonly end?: { readonly checksum: number | undefined }
}

type Field = 'magic' | 'length' | 'descriptor' | 'block' | 'checksum'
const widths: Record<Field, number> = { magic: 4, length: 4, descriptor: 1, block: 3, checksum: 4 }

const frameMagic = 0xfd2fb528
const [isPassedOver, passedOver] = [0x184d2a50, 0xfffffff0]

/** Finds where the frames of a zstd file begin and end, by their headers: https://www.rfc-editor.org/rfc/rfc8878#section-3.1 */
export class ZstdFrames {
  #field: Field = 'magic'
  readonly #read = Buffer.alloc(4)
  #have = 0
  /** Bytes to pass over before the next field. */
  #skip = 0
  #inFrame = false
  #summed = false
  #last = false

  /** Whether the file may end here. */
  get ended(): boolean {
    return !this.#inFrame && this.#have === 0 && this.#skip === 0
  }

  *take(block: Buffer): Generator<FrameStretch> {
    let from = 0
    let at = 0
    while (at < block.length) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, block.length - at)
        this.#skip -= passed
        at += passed
      } else {
        const width = widths[this.#field]
        while (this.#have < width && at < block.length) this.#read[this.#have++] = block[at++] as number
        if (this.#have < width) break
        this.#have = 0
        const began = !this.#inFrame
        const checksum = this.#field === 'checksum' ? this.#read.readUInt32LE() : undefined
        this.#next(this.#read)
        if (began && this.#inFrame) {
          yield { bytes: Buffer.from(this.#read) }
          from = at
        }
        if (checksum !== undefined) {
          yield { bytes: block.subarray(from, at), end: { checksum } }
          from = at
        }
      }
      if (this.#skip === 0 && this.#last && this.#field !== 'checksum') {
        this.#begin()
        yield { bytes: block.subarray(from, at), end: { checksum: undefined } }
      }
      if (!this.#inFrame) from = at
    }
    if (this.#inFrame && from < block.length) yield { bytes: block.subarray(from) }
  }

  #begin(): void {
    this.#inFrame = false
    this.#last = false
    this.#field = 'magic'
  }

  #next(read: Buffer): void {
    switch (this.#field) {
      case 'magic': {
        const magic = read.readUInt32LE()
        if ((magic & passedOver) >>> 0 === isPassedOver) this.#field = 'length'
        else if (magic === frameMagic) {
          this.#inFrame = true
          this.#field = 'descriptor'
        } else throw new Truncated('what follows is no zstd frame')
        return
      }
      case 'length':
        this.#skip = read.readUInt32LE()
        this.#field = 'magic'
        return
      case 'descriptor': {
        const descriptor = read[0] as number
        const single = (descriptor >> 5) & 1
        const size = [single, 2, 4, 8][descriptor >> 6] as number
        const dictionary = [0, 1, 2, 4][descriptor & 3] as number
        this.#summed = ((descriptor >> 2) & 1) === 1
        this.#skip = 1 - single + size + dictionary
        this.#field = 'block'
        return
      }
      case 'block': {
        const header = read.readUIntLE(0, 3)
        this.#last = (header & 1) === 1
        // One byte stands for all of a block that repeats it.
        this.#skip = ((header >> 1) & 3) === 1 ? 1 : header >> 3
        if (this.#last && this.#summed) this.#field = 'checksum'
        return
      }
      case 'checksum':
        this.#begin()
    }
  }
}
