import { longest, type Sink, type Splitter, shownOfLong, tooLong } from './split'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const LF = 0x0a
const space = (byte: number) => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
const opens = (byte: number) => byte === 0x7b || byte === 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d

/**
 * The records of JSON that is not one to a line: the elements of an array, the list under `key` of an object around it, or values one
 * after another. Each record is the exact text of its value. What stands around the list is envelope, not a record.
 * A value that the file's end cuts off is a record too, flagged.
 */
export class JsonSplitter implements Splitter {
  readonly #sink: Sink
  readonly #key: string | undefined
  /** What is held of the value (or the key) that began in an earlier block. */
  #held: Buffer[] = []
  #heldBytes = 0
  #position: number
  #line = 1
  /** Brackets open now, and where records begin: 0 values one after another, 1 in an array, 2 in a list under the key. */
  #depth = 0
  #level = 0
  #inString = false
  #escaped = false
  #begun: { offset: number; line: number } | undefined
  #scalar = false
  /** While in the object around the list: the key being read, the last one read, and whether a value comes next. */
  #keyText: string | undefined
  #lastKey = ''
  #awaitsValue = false
  #envelope = false
  records = 0

  constructor(sink: Sink, offset = 0, key?: string) {
    this.#sink = sink
    this.#key = key
    this.#position = offset
  }

  /** Whether the end came in the middle of something. */
  get open(): boolean {
    return this.#depth > 0 || this.#begun !== undefined
  }

  get begun(): number {
    return this.#begun?.offset ?? this.#position
  }

  push(block: Buffer): void {
    let start = this.#begun ? 0 : -1
    const length = block.length
    for (let at = 0; at < length; at++) {
      const byte = block[at] as number
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === backslash) this.#escaped = true
        else if (byte === quote) {
          this.#inString = false
          if (this.#keyText !== undefined) {
            this.#lastKey = this.#keyText
            this.#keyText = undefined
          }
          continue
        } else if (byte === LF) this.#line++
        if (this.#keyText !== undefined) this.#keyText += String.fromCharCode(byte)
        continue
      }
      if (byte === LF) this.#line++
      if (this.#begun) {
        if (this.#scalar && this.#depth === this.#level && (space(byte) || byte === comma || closes(byte))) {
          this.#finish(block, start, at)
          start = -1
          // The byte that ended it is looked at again, as what stands between records.
        } else {
          if (byte === quote) this.#inString = true
          else if (opens(byte)) this.#depth++
          else if (closes(byte) && --this.#depth === this.#level) {
            this.#finish(block, start, at + 1)
            start = -1
          }
          continue
        }
      }
      if (space(byte) || byte === comma) continue
      if (this.#envelope) this.#around(byte)
      else if (closes(byte) && this.#depth > 0) this.#leave()
      else if (this.#depth === 0 && byte === 0x5b) {
        this.#depth = 1
        this.#level = 1
      } else if (this.#depth === 0 && byte === 0x7b && this.#key !== undefined) {
        this.#depth = 1
        this.#envelope = true
        this.#lastKey = ''
        this.#awaitsValue = false
      } else {
        this.#begun = { offset: this.#position + at, line: this.#line }
        start = at
        this.#scalar = !opens(byte)
        if (opens(byte)) this.#depth++
        else if (byte === quote) this.#inString = true
      }
    }
    if (this.#begun && start >= 0) this.#hold(block.subarray(start))
    this.#position += length
  }

  end(): void {
    if (!this.#begun) return
    const { offset, line } = this.#begun
    const whole = this.#scalar && this.#depth === this.#level && !this.#inString
    const bytes = Buffer.concat(this.#held)
    this.#emit(bytes, this.#heldBytes, offset, line, whole ? undefined : 'the file ends inside this record')
    // What is cut off stays open, so that the reader can say so.
    if (whole) this.#begun = undefined
  }

  /** In the object around the list: find the key's list, pass over everything else. */
  #around(byte: number): void {
    if (byte === quote) {
      this.#inString = true
      if (this.#depth === 1 && !this.#awaitsValue) this.#keyText = ''
      else this.#awaitsValue = false
    } else if (byte === colon) this.#awaitsValue = true
    else if (byte === 0x5b && this.#depth === 1 && this.#awaitsValue && this.#lastKey === this.#key) {
      this.#depth = 2
      this.#level = 2
      this.#envelope = false
    } else if (opens(byte)) {
      this.#depth++
      this.#awaitsValue = false
    } else if (closes(byte)) {
      if (--this.#depth === 0) this.#envelope = false
      this.#awaitsValue = false
    } else if (this.#depth === 1) this.#awaitsValue = false
  }

  #leave(): void {
    this.#depth--
    if (this.#level === 2) {
      this.#envelope = true
      this.#awaitsValue = false
    }
    this.#level = 0
    if (this.#depth === 0) this.#envelope = false
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    const room = longest + 1 - (this.#heldBytes - bytes.length)
    if (room > 0) this.#held.push(Buffer.from(bytes.subarray(0, room)))
  }

  #finish(block: Buffer, start: number, end: number): void {
    const { offset, line } = this.#begun as { offset: number; line: number }
    let bytes = block.subarray(Math.max(start, 0), end)
    let whole = bytes.length
    if (this.#heldBytes) {
      this.#hold(bytes)
      whole = this.#heldBytes
      bytes = Buffer.concat(this.#held)
    }
    this.#emit(bytes, whole, offset, line, whole > longest ? tooLong(whole) : undefined)
    this.#held = []
    this.#heldBytes = 0
    this.#begun = undefined
  }

  #emit(bytes: Buffer, length: number, offset: number, line: number, flag: string | undefined): void {
    this.records++
    const shown = flag ? bytes.subarray(0, shownOfLong) : bytes
    this.#sink(flag ? { bytes: shown, offset, line, length, flag } : { bytes: shown, offset, line })
  }
}
