import { countLines, plainLines } from './plain-lines'
import type { Segment } from './scratch'
import { longest } from './split'

/** The lines of a file, counted, with a place noted every stretch. */
export type Lines = Pick<Segment, 'records' | 'stretches'>

/** Looks at every block of a file of lines while it is copied: whether DuckDB's line reader may read it as it stands, and how many there are. */
export class LineScan {
  #carry: Buffer[] = []
  #carried = 0
  #offset = 0
  #records = 0
  #stretches: { record: number; line: number; offset: number }[] = []
  #plain = true

  see(block: Buffer): void {
    if (!this.#plain) return
    const last = block.lastIndexOf(0x0a)
    // The block is used again for the next, so what is held of it is copied.
    if (last < 0) {
      this.#hold(block)
      return
    }
    const whole = block.subarray(0, last + 1)
    this.#take(this.#carried ? Buffer.concat([...this.#carry, whole]) : whole)
    this.#carry = []
    this.#carried = 0
    this.#hold(block.subarray(last + 1))
  }

  /** Null where a line needs the exact splitter: then all of them get it. */
  end(): Lines | null {
    if (this.#carried) this.#take(Buffer.concat(this.#carry))
    return this.#plain ? { records: this.#records, stretches: this.#stretches } : null
  }

  #hold(rest: Buffer): void {
    if (!rest.length) return
    this.#carry.push(Buffer.from(rest))
    this.#carried += rest.length
    if (this.#carried > longest) this.#plain = false
  }

  #take(block: Buffer): void {
    if (!this.#plain || !plainLines(block, longest)) {
      this.#plain = false
      return
    }
    const { lines, places } = countLines(block, this.#records, this.#records + 1, this.#offset)
    this.#stretches.push(...places)
    this.#records += lines
    this.#offset += block.length
  }
}
