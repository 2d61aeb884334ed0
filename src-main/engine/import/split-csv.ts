import type { Dialect } from './cells'
import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

const LF = 0x0a
const CR = 0x0d
const blank = 0x20
const backslash = 0x5c

const unclosed = 'a quote opened here is not closed'
const part = 'a part of a row whose quote is not closed'

export const usualDialect: Dialect = { delimiter: ',', quote: '"', escaped: 'double' }

/** What stands before a byte: a cell's beginning, something of it, a quoted stretch, or a quote that may have closed that. */
type State = 'start' | 'cell' | 'quoted' | 'closed'

/**
 * The rows of a table, the header among them; a line's end inside quotes belongs to its row (RFC 4180). A quote that is never closed
 * costs its own line: the table is read on behind it, and what does not look like a row until one has as many cells as the header is flagged.
 */
export class CsvSplitter implements Splitter {
  readonly #sink: Sink
  readonly #delimiter: number
  readonly #quote: number
  readonly #backslash: boolean
  readonly #newline: number
  #held: Buffer[] = []
  #heldBytes = 0
  #rowOffset: number
  #rowLine = 1
  /** Line ends inside the row's quotes, and where its first line ends. */
  #lines = 0
  #firstLine = -1
  #state: State = 'start'
  #escaped = false
  /** A quote stood where neither another nor a delimiter follows. */
  #odd = false
  #cells = 1
  #width = 0
  #doubtful = false
  /** What is to be read once more, from behind the line of a quote that is not closed. */
  #again: Buffer | undefined

  constructor(sink: Sink, offset = 0, { delimiter, quote, escaped, newline }: Dialect = usualDialect) {
    this.#newline = newline === 'cr' ? CR : LF
    this.#sink = sink
    this.#rowOffset = offset
    this.#delimiter = delimiter === 'spaces' ? -1 : delimiter.charCodeAt(0)
    this.#quote = quote === '' || delimiter === 'spaces' ? -1 : quote.charCodeAt(0)
    this.#backslash = escaped === 'backslash'
  }

  get begun(): number {
    return this.#rowOffset
  }

  push(block: Buffer): void {
    for (const queue = [block]; queue.length; ) {
      this.#read(queue.shift() as Buffer)
      if (this.#again) queue.unshift(this.#again)
      this.#again = undefined
    }
  }

  end(): void {
    while (this.#heldBytes > 0 && this.#state === 'quoted' && this.#recover(Buffer.concat(this.#held))) {
      const rest: Buffer = this.#again ?? Buffer.alloc(0)
      this.#again = undefined
      this.push(rest)
    }
    if (this.#heldBytes > 0) this.#row(Buffer.alloc(0), 0, this.#state === 'quoted' ? unclosed : undefined)
  }

  #read(block: Buffer): void {
    const [delimiter, quote, newline, length] = [this.#delimiter, this.#quote, this.#newline, block.length]
    let state = this.#state
    let start = 0
    for (let at = 0; at < length; at++) {
      const byte = block[at] as number
      if (state === 'quoted') {
        if (this.#escaped) this.#escaped = false
        else if (byte === quote) state = 'closed'
        else if (byte === backslash && this.#backslash) this.#escaped = true
        else if (byte === newline) {
          if (this.#firstLine < 0) this.#firstLine = this.#heldBytes + at - start
          this.#lines++
        }
      } else if (state === 'closed' && byte === quote && !this.#backslash) state = 'quoted'
      else if (state === 'closed' && byte !== delimiter && byte !== newline) {
        if (byte !== CR && byte !== blank) {
          this.#odd = true
          state = 'quoted'
        }
      } else if (byte === delimiter) {
        state = 'start'
        this.#cells++
      } else if (byte === newline) {
        this.#row(block.subarray(start, at), 1)
        state = 'start'
        start = at + 1
      } else if (state === 'start' && byte !== blank) state = byte === quote ? 'quoted' : 'cell'
      // A quote in the midst of a cell of several lines: the one that opened was never meant to go so far.
      if (this.#odd && this.#lines > 0) {
        if (this.#heldBytes > 0) {
          this.#hold(block.subarray(start))
          if (this.#recover(Buffer.concat(this.#held))) return
        }
        const end = start + this.#firstLine
        this.#giveUp(block.subarray(start, end))
        state = 'start'
        start = end + 1
        at = end
      }
    }
    this.#state = state
    this.#hold(block.subarray(start))
  }

  #hold(bytes: Buffer): void {
    if (!bytes.length) return
    const before = this.#heldBytes
    this.#heldBytes += bytes.length
    if (before <= longest) this.#held.push(Buffer.from(bytes))
    if (before > longest || this.#heldBytes <= longest) return
    const held = Buffer.concat(this.#held)
    // So much in quotes, over several lines: rather a quote that is not closed than a cell.
    if (this.#state === 'quoted' && this.#recover(held)) return
    this.#held = [held.subarray(0, longest + 1)]
  }

  /** Gives up the first line of a row whose quote does not close, and has the rest read again; false where there is but one line. */
  #recover(held: Buffer): boolean {
    const to = this.#firstLine
    if (to < 0 || held.length < this.#heldBytes) return false
    this.#held = []
    this.#heldBytes = 0
    this.#giveUp(held.subarray(0, to))
    this.#again = held.subarray(to + 1)
    return true
  }

  #giveUp(line: Buffer): void {
    this.#lines = 0
    this.#row(line, 1, unclosed)
    this.#doubtful = true
    this.#state = 'start'
    this.#escaped = false
  }

  #row(tail: Buffer, terminator: number, why?: string): void {
    const whole = this.#heldBytes + tail.length
    const bytes = this.#heldBytes ? Buffer.concat([...this.#held, tail]) : tail
    const piece = { offset: this.#rowOffset, line: this.#rowLine }
    this.#rowOffset += whole + terminator
    this.#rowLine += this.#lines + terminator
    if (this.#width === 0 && whole > 0) this.#width = this.#cells
    if (this.#cells === this.#width && !why) this.#doubtful = false
    const flag =
      whole > longest ? tooLong(whole) : (why ?? (this.#doubtful && whole > 0 && bytes[0] !== CR ? part : undefined))
    this.#held = []
    this.#heldBytes = 0
    this.#lines = 0
    this.#firstLine = -1
    this.#odd = false
    this.#cells = 1
    if (flag) this.#sink({ ...piece, bytes: bytes.subarray(0, shownOfLong), length: whole, flag })
    else this.#sink({ ...piece, bytes: bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes })
  }
}
