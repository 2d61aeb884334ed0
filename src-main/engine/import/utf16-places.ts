import { longest } from './split'

// A record that is given up as broken is read again from within, if it is not longer than records may be.
const keptBytes = longest + (8 << 20)

/**
 * Where records of a UTF-16 file stand in the file itself, told in order: they are cut from the UTF-8 it was turned into. A stretch of UTF-8 is as many UTF-16 units
 * as it has bytes that continue no character, and one more for each character beyond the first 65,536.
 */
export class Utf16Places {
  readonly #mark: number
  /** Blocks of UTF-8 from the one in which `#at` lies. */
  #blocks: { readonly from: number; readonly bytes: Buffer }[] = []
  #seen = 0
  #at = 0
  #units = 0
  /** The beginning of the record at hand, the blocks of which may be gone. */
  #begun = { at: 0, units: 0 }
  #last = { offset: -1, length: -1, place: { offset: 0, length: 0 } }

  /** `mark`: bytes of the byte order mark. */
  constructor(mark: number) {
    this.#mark = mark
  }

  /** How many bytes it holds. */
  get held(): number {
    return this.#seen - (this.#blocks[0]?.from ?? this.#seen)
  }

  /** The next block, before it is cut into records. */
  see(bytes: Buffer): void {
    this.#blocks.push({ from: this.#seen, bytes })
    this.#seen += bytes.length
  }

  /** Every record seen so far is told, but the one that begins here: if that gets too long, what has been read of it is not kept. */
  begins(at: number): void {
    if (at > this.#begun.at) this.#begun = { at, units: this.#unitsAt(at) }
    // A record's end may still lie before the last block: its line's end is not part of it.
    while (this.held > keptBytes && this.#blocks.length > 2) this.#unitsAt(this.#blocks[1]?.from ?? at)
  }

  /** The place in the file of a record at `offset` of the UTF-8. */
  of(offset: number, length: number): { readonly offset: number; readonly length: number } {
    // Entries of one record have one place.
    if (offset === this.#last.offset && length === this.#last.length) return this.#last.place
    const from = offset === this.#begun.at ? this.#begun.units : this.#unitsAt(offset)
    const to = this.#unitsAt(offset + length)
    const place = { offset: this.#mark + 2 * from, length: 2 * (to - from) }
    this.#last = { offset, length, place }
    return place
  }

  #unitsAt(at: number): number {
    if (at < this.#at) throw new Error(`places are told in order: ${at} after ${this.#at}`)
    while (this.#at < at) {
      const block = this.#blocks[0]
      if (!block) throw new Error(`no block holds ${at}`)
      const end = Math.min(at - block.from, block.bytes.length)
      this.#units += units(block.bytes, this.#at - block.from, end)
      this.#at = block.from + end
      if (end === block.bytes.length) this.#blocks.shift()
    }
    return this.#units
  }
}

function units(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if ((byte & 0xc0) !== 0x80) count++
    if (byte >= 0xf0) count++
  }
  return count
}
