import { Envelope } from './envelope'
import { Lineage } from './lineage'
import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

const LF = 0x0a
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const space = (byte: number) => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
const opens = (byte: number) => byte === 0x7b || byte === 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d

/** A record that began, and how far it was read. */
interface Begun {
  readonly offset: number
  readonly line: number
  readonly scalar: boolean
  /** Line ends in what is held of it. */
  lines: number
  depth: number
  inString: boolean
  escaped: boolean
}

/**
 * The records of JSON that is not one to a line: the elements of an array, of the list at `path` in objects around it, or values one
 * after another. Each record is the exact text of its value. What stands around the list is envelope, not a record.
 * A value that is broken, or cut off by the file's end, is a record too, flagged; the one after it is found by how records begin.
 */
export class JsonSplitter implements Splitter {
  readonly #sink: Sink
  readonly #envelope: Envelope | undefined
  readonly #lineage = new Lineage()
  #position: number
  #line = 1
  /** Whether the list of the records is open. */
  #inList = false
  #begun: Begun | undefined
  /** What is held of the record that began in an earlier block. */
  #held: Buffer[] = []
  #heldBytes = 0
  /** What is to be read once more, from behind a broken record. */
  #again: Buffer | undefined

  constructor(sink: Sink, offset = 0, path: readonly string[] = []) {
    this.#sink = sink
    this.#envelope = path.length ? new Envelope(path) : undefined
    this.#position = offset
  }

  get begun(): number {
    return this.#begun?.offset ?? this.#position
  }

  /** Whether the end came in the middle of something. */
  get open(): boolean {
    return this.#inList || this.#begun !== undefined || this.#envelope?.open === true
  }

  push(block: Buffer): void {
    for (const queue = [block]; queue.length; ) {
      const first = queue.shift() as Buffer
      const now = first.subarray(0, this.#lineage.limit)
      if (now.length < first.length) queue.unshift(first.subarray(now.length))
      this.#read(now)
      this.#position += now.length
      if (this.#again) queue.unshift(this.#takeAgain())
    }
  }

  end(): void {
    while (this.#begun && !this.#begun.scalar && this.#recover(Buffer.concat(this.#held))) this.push(this.#takeAgain())
    if (!this.#begun) return
    const whole = this.#begun.scalar && !this.#begun.inString
    this.#emit(Buffer.concat(this.#held), this.#heldBytes, whole ? undefined : 'the file ends inside this record')
    // What is cut off stays open, so that the reader can say so.
    if (whole) this.#begun = undefined
  }

  #takeAgain(): Buffer {
    const bytes = this.#again ?? Buffer.alloc(0)
    this.#position -= bytes.length
    this.#again = undefined
    return bytes
  }

  #read(block: Buffer): void {
    for (let at = 0; at < block.length; ) {
      if (this.#begun)
        at = this.#begun.scalar ? this.#scalar(block, at, this.#begun) : this.#value(block, at, this.#begun)
      else if (this.#envelope && !this.#inList) at = this.#around(block, at, this.#envelope)
      else at = this.#between(block, at)
    }
  }

  /** Between records: to where the next one begins. */
  #between(block: Buffer, from: number): number {
    let at = from
    while (at < block.length && (space(block[at] as number) || block[at] === comma)) at++
    this.#line += linesIn(block.subarray(from, at))
    const byte = block[at]
    if (byte === undefined) return at
    if (closes(byte) && this.#inList) this.#inList = false
    else if (byte === 0x5b && !this.#inList) this.#inList = true
    else {
      this.#begin(byte, this.#position + at)
      return at
    }
    return at + 1
  }

  #around(block: Buffer, from: number, envelope: Envelope): number {
    const { at, found } = envelope.read(block, from)
    this.#line += linesIn(block.subarray(from, at))
    if (found === 'list') this.#inList = true
    if (found === 'value') this.#begin(block[at] as number, this.#position + at)
    return at
  }

  #begin(byte: number, offset: number): void {
    const scalar = !opens(byte)
    this.#begun = { offset, line: this.#line, scalar, lines: 0, depth: 0, inString: false, escaped: false }
  }

  /** In an object or a list: to its end or the block's. */
  #value(block: Buffer, from: number, begun: Begun): number {
    const length = block.length
    let { depth, inString } = begun
    let escaped = false
    let at = begun.escaped ? from + 1 : from
    for (; at < length; at++) {
      let byte = block[at] as number
      if (inString || byte === quote) {
        if (!inString) at++
        inString = true
        for (; at < length; at++) {
          byte = block[at] as number
          if (byte === backslash) escaped = ++at === length
          else if (byte === quote) {
            inString = false
            break
          }
        }
      } else if (byte === 0x7b || byte === 0x5b) depth++
      else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return this.#finish(block, from, at + 1)
    }
    begun.depth = depth
    begun.inString = inString
    // A backslash was the last byte: what it escapes is in the next block.
    begun.escaped = escaped
    this.#hold(block.subarray(from), begun)
    return length
  }

  #scalar(block: Buffer, from: number, begun: Begun): number {
    // A bracket that closes nothing stands for itself.
    if (this.#heldBytes === 0 && closes(block[from] as number)) return this.#finish(block, from, from + 1)
    for (let at = from; at < block.length; at++) {
      const byte = block[at] as number
      if (begun.escaped) begun.escaped = false
      else if (begun.inString) {
        if (byte === backslash) begun.escaped = true
        else if (byte === quote) return this.#finish(block, from, at + 1)
      } else if (byte === quote && at === from && this.#heldBytes === 0) begun.inString = true
      else if (space(byte) || byte === comma || closes(byte) || (opens(byte) && at + this.#heldBytes > from))
        return this.#finish(block, from, at)
    }
    this.#hold(block.subarray(from), begun)
    return block.length
  }

  #hold(bytes: Buffer, begun: Begun): void {
    const before = this.#heldBytes
    const after = before + bytes.length
    this.#heldBytes = after
    begun.lines += linesIn(bytes)
    // Blocks are re-used by the reader, so what is held is copied.
    if (before <= longest) this.#held.push(Buffer.from(bytes))
    const passed = [this.#lineage.limit, longest].some((limit) => before <= limit && after > limit)
    if (!passed || begun.scalar) return
    const held = Buffer.concat(this.#held)
    if (!this.#recover(held) && after > longest) this.#held = [held.subarray(0, longest + 1)]
  }

  #finish(block: Buffer, from: number, end: number): number {
    const part = block.subarray(from, end)
    const whole = this.#heldBytes + part.length
    const bytes = this.#heldBytes ? Buffer.concat([...this.#held, part]) : part
    if (this.#lineage.doubts(whole) && !isJson(bytes) && this.#recover(bytes, block.subarray(end))) return block.length
    if (whole <= longest) this.#lineage.see(bytes)
    if (this.#begun) this.#begun.lines += linesIn(part)
    this.#emit(bytes, whole, whole > longest ? tooLong(whole) : undefined)
    this.#begun = undefined
    return end
  }

  /** Gives up a broken record where the next one begins in its bytes, to be read again from there; false where none does. */
  #recover(bytes: Buffer, rest: Buffer = Buffer.alloc(0)): boolean {
    const whole = this.#heldBytes <= longest + 1 || bytes.length === this.#heldBytes
    const next = whole ? this.#lineage.next(bytes) : -1
    if (next < 0 || !this.#begun) return false
    const own = bytes.subarray(0, next)
    let end = next
    while (end > 1 && (space(own[end - 1] as number) || own[end - 1] === comma)) end--
    this.#begun.lines = linesIn(own)
    this.#emit(own.subarray(0, end), end, 'its brackets or quotes do not close')
    this.#begun = undefined
    this.#again = Buffer.concat([bytes.subarray(next), rest])
    return true
  }

  #emit(bytes: Buffer, length: number, flag: string | undefined): void {
    const { offset, line, lines } = this.#begun as Begun
    this.#line += lines
    this.#held = []
    this.#heldBytes = 0
    this.#sink(flag ? { bytes: bytes.subarray(0, shownOfLong), offset, line, length, flag } : { bytes, offset, line })
  }
}

function linesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++
  return count
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}
