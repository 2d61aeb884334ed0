import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

/** The rows of a sheet's XML as they stand there; their line is the row's number in the sheet. What stands around them is no record. */
export class RowSplitter implements Splitter {
  readonly #sink: Sink
  readonly #open: Buffer
  readonly #close: Buffer
  readonly #end: Buffer
  #rest: Buffer = Buffer.alloc(0)
  #position: number
  #row = 0
  #ended = false

  constructor(sink: Sink, offset = 0, prefix = '') {
    this.#sink = sink
    this.#position = offset
    this.#open = Buffer.from(`<${prefix}row`)
    this.#close = Buffer.from(`</${prefix}row>`)
    this.#end = Buffer.from(`</${prefix}sheetData>`)
  }

  get begun(): number {
    return this.#position
  }

  /** Whether the sheet came to its end. */
  get ended(): boolean {
    return this.#ended
  }

  push(block: Buffer): void {
    if (this.#ended) return
    const bytes = this.#rest.length ? Buffer.concat([this.#rest, block]) : block
    let from = 0
    for (;;) {
      const start = this.#begins(bytes, from)
      const end = bytes.indexOf(this.#end, from)
      if (end >= 0 && (start < 0 || end < start)) {
        this.#ended = true
        this.#rest = Buffer.alloc(0)
        return
      }
      if (start < 0) break
      const tag = bytes.indexOf(0x3e, start)
      const alone = tag > 0 && bytes[tag - 1] === 0x2f
      const close = alone ? tag : bytes.indexOf(this.#close, start)
      if (tag < 0 || close < 0) {
        from = start
        break
      }
      const to = alone ? tag + 1 : close + this.#close.length
      this.#emit(bytes.subarray(start, to), this.#position + start)
      from = to
    }
    const kept = this.#begins(bytes, from) < 0 ? Math.max(from, bytes.length - 40) : from
    this.#position += kept
    this.#rest = Buffer.from(bytes.subarray(kept))
  }

  end(): void {
    const start = this.#ended ? -1 : this.#begins(this.#rest, 0)
    if (start >= 0) this.#emit(this.#rest.subarray(start), this.#position + start, 'the sheet ends inside this row')
  }

  /** Where the next row begins: not a name that only begins alike. */
  #begins(bytes: Buffer, from: number): number {
    for (let at = bytes.indexOf(this.#open, from); at >= 0; at = bytes.indexOf(this.#open, at + 1)) {
      const next = bytes[at + this.#open.length]
      if (next === undefined || next === 0x20 || next === 0x3e || next === 0x2f || next === 0x0a) return at
    }
    return -1
  }

  #emit(bytes: Buffer, offset: number, why?: string): void {
    const said = /^<[^>]*?\sr="(\d+)"/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1]
    this.#row = said === undefined ? this.#row + 1 : Number(said)
    const piece = { offset, line: this.#row }
    const flag = bytes.length > longest ? tooLong(bytes.length) : why
    if (flag) this.#sink({ ...piece, bytes: bytes.subarray(0, shownOfLong), length: bytes.length, flag })
    else this.#sink({ ...piece, bytes })
  }
}
