import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

const quote = 0x22
const LF = 0x0a
const CR = 0x0d

/** The rows of a CSV file, the header among them; a newline inside quotes belongs to its row (RFC 4180). */
export class CsvSplitter implements Splitter {
  readonly #sink: Sink
  #held: Buffer[] = []
  #heldBytes = 0
  #rowOffset: number
  #rowLine = 1
  #line = 1
  #quoted = false

  constructor(sink: Sink, offset = 0) {
    this.#sink = sink
    this.#rowOffset = offset
  }

  get begun(): number {
    return this.#rowOffset
  }

  push(block: Buffer): void {
    let start = 0
    let at = 0
    while (at < block.length) {
      if (this.#quoted) {
        const close = block.indexOf(quote, at)
        const until = close < 0 ? block.length : close
        for (let lf = block.indexOf(LF, at); lf >= 0 && lf < until; lf = block.indexOf(LF, lf + 1)) this.#line++
        if (close < 0) break
        // A doubled quote closes and opens again: the same in the end.
        this.#quoted = false
        at = close + 1
        continue
      }
      const byte = block[at] as number
      if (byte === quote) this.#quoted = true
      else if (byte === LF) {
        this.#line++
        this.#row(block.subarray(start, at), 1)
        start = at + 1
      }
      at++
    }
    this.#hold(block.subarray(start))
  }

  end(): void {
    if (this.#heldBytes > 0)
      this.#row(Buffer.alloc(0), 0, this.#quoted ? 'a quote opened here is never closed' : undefined)
  }

  #hold(bytes: Buffer): void {
    if (!bytes.length) return
    const room = longest + 1 - this.#heldBytes
    if (room > 0) this.#held.push(Buffer.from(bytes.subarray(0, room)))
    this.#heldBytes += bytes.length
  }

  #row(tail: Buffer, terminator: number, why?: string): void {
    let bytes = tail
    if (this.#heldBytes) {
      this.#hold(tail)
      bytes = Buffer.concat(this.#held)
    }
    const whole = this.#heldBytes || tail.length
    const piece = { offset: this.#rowOffset, line: this.#rowLine }
    this.#rowOffset += whole + terminator
    this.#rowLine = this.#line
    this.#held = []
    this.#heldBytes = 0
    const flag = whole > longest ? tooLong(whole) : why
    if (flag) this.#sink({ ...piece, bytes: bytes.subarray(0, shownOfLong), length: whole, flag })
    else this.#sink({ ...piece, bytes: bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes })
  }
}

/** The cells of one row. */
export function cells(row: string, delimiter: string): string[] {
  const out: string[] = []
  let at = 0
  while (at <= row.length) {
    if (row[at] === '"') {
      let cell = ''
      at++
      while (at < row.length) {
        const close = row.indexOf('"', at)
        if (close < 0) {
          cell += row.slice(at)
          at = row.length
        } else if (row[close + 1] === '"') {
          cell += row.slice(at, close + 1)
          at = close + 2
        } else {
          cell += row.slice(at, close)
          at = close + 1
          break
        }
      }
      // What stands between the closing quote and the delimiter belongs to the cell, however wrong.
      const next = row.indexOf(delimiter, at)
      out.push(cell + row.slice(at, next < 0 ? row.length : next))
      if (next < 0) return out
      at = next + 1
    } else {
      const next = row.indexOf(delimiter, at)
      out.push(row.slice(at, next < 0 ? row.length : next))
      if (next < 0) return out
      at = next + 1
    }
  }
  return out
}
