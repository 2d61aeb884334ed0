import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

const LF = 0x0a
const CR = 0x0d

/** Every line is a record, a blank one too. `CRLF` ends a line like `LF`; `newline` is CR for files of old Macs. */
export class LineSplitter implements Splitter {
  readonly #sink: Sink
  readonly #newline: number
  #carry: Buffer = Buffer.alloc(0)
  /** Bytes of an over-long line beyond the carry. */
  #skipped = 0
  #offset: number
  #line = 1

  constructor(sink: Sink, offset = 0, newline = LF) {
    this.#sink = sink
    this.#offset = offset
    this.#newline = newline
  }

  get begun(): number {
    return this.#offset
  }

  push(block: Buffer): void {
    let from = 0
    for (let at = block.indexOf(this.#newline); at >= 0; at = block.indexOf(this.#newline, from)) {
      this.#emit(block.subarray(from, at), 1)
      from = at + 1
    }
    if (from < block.length) this.#hold(block.subarray(from))
  }

  end(): void {
    if (this.#carry.length + this.#skipped > 0) this.#emit(Buffer.alloc(0), 0)
  }

  #hold(rest: Buffer): void {
    const room = longest + 1 - this.#carry.length
    const kept = rest.subarray(0, Math.max(0, room))
    this.#skipped += rest.length - kept.length
    // Blocks are re-used by the reader, so what is held is copied.
    this.#carry = Buffer.concat([this.#carry, kept])
  }

  #emit(tail: Buffer, terminator: number): void {
    let bytes = tail
    if (this.#carry.length) {
      if (tail.length) this.#hold(tail)
      bytes = this.#carry
    }
    const whole = bytes.length + this.#skipped
    const offset = this.#offset
    const line = this.#line
    this.#offset += whole + terminator
    this.#line++
    this.#carry = Buffer.alloc(0)
    this.#skipped = 0
    if (whole > longest)
      this.#sink({ bytes: bytes.subarray(0, shownOfLong), offset, line, length: whole, flag: tooLong(whole) })
    else {
      const crlf = this.#newline === LF && terminator === 1 && bytes.at(-1) === CR
      this.#sink({ bytes: crlf ? bytes.subarray(0, -1) : bytes, offset, line })
    }
  }
}
