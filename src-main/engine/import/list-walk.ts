import { longest, shownOfLong, tooLong } from './split'

/** An element of a list in a JSON file: its bytes, its place, and the keys that lead to its list (`roles.realm`). */
export interface Element {
  readonly path: string
  readonly bytes: Buffer
  readonly offset: number
  readonly length: number
  readonly line: number
  /** Why it cannot be read, where that is known already. */
  readonly flag?: string
}

interface Frame {
  readonly array: boolean
  /** Of an object: the key at hand. */
  key: string
  awaitsKey: boolean
}

interface Open {
  readonly path: string
  readonly offset: number
  readonly line: number
  /** How many frames stand around it. */
  readonly depth: number
}

const [quote, backslash, comma, colon, LF] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a]
const opens = (byte: number) => byte === 0x7b || byte === 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d
const space = (byte: number) => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
const rootTexts: ReadonlySet<string> = new Set(['id', 'realm'])

/**
 * The elements of every outermost list of a JSON file, whatever keys lead there, in whatever blocks it comes; and those of lists inside
 * an element, where `nested` wants their path. What stands around the lists is envelope; of its texts `root` keeps an id and a realm.
 */
export class ListWalk {
  readonly #sink: (element: Element) => void
  readonly #nested: (path: string) => boolean
  readonly #frames: Frame[] = []
  readonly #open: Open[] = []
  readonly root: Record<string, string> = {}
  #held: Buffer[] = []
  #heldFrom = 0
  #heldBytes = 0
  #position: number
  #solid = 0
  #line = 1
  #inString = false
  #escaped = false
  #text: string | undefined

  constructor(sink: (element: Element) => void, offset = 0, nested: (path: string) => boolean = () => false) {
    this.#sink = sink
    this.#nested = nested
    this.#position = offset
  }

  push(block: Buffer): void {
    for (let at = 0; at < block.length; at++) {
      const byte = block[at] as number
      if (this.#inString) this.#string(byte)
      else if (!space(byte)) this.#byte(byte, block, at)
      if (byte === LF) this.#line++
      if (!space(byte) || this.#inString) this.#solid = this.#position + at + 1
    }
    this.#position += block.length
    this.#hold(block)
  }

  /** What the file's end cuts off is an element too, flagged. */
  end(): void {
    const [first] = this.#open
    if (!first) return
    const bytes = Buffer.concat(this.#held).subarray(first.offset - this.#heldFrom)
    const length = this.#position - first.offset
    this.#sink({ ...first, bytes: bytes.subarray(0, shownOfLong), length, flag: 'the file ends inside this record' })
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) {
      this.#inString = false
      this.#told()
      return
    }
    if (this.#text !== undefined) this.#text += String.fromCharCode(byte)
  }

  /** A text that was listened to is at its end: a key, or one of the root's texts. */
  #told(): void {
    const frame = this.#frames.at(-1)
    const text = this.#text
    this.#text = undefined
    if (text === undefined || !frame) return
    if (frame.awaitsKey) frame.key = text
    else this.root[frame.key] = text
  }

  #byte(byte: number, block: Buffer, at: number): void {
    const frame = this.#frames.at(-1)
    if ((byte === comma || closes(byte)) && this.#open.at(-1)?.depth === this.#frames.length) this.#finish(block)
    if (byte === comma) {
      if (frame && !frame.array) frame.awaitsKey = true
    } else if (byte === colon) {
      if (frame) frame.awaitsKey = false
    } else if (closes(byte)) this.#frames.pop()
    else {
      if (frame?.array && this.#open.at(-1)?.depth !== this.#frames.length) this.#begin(at)
      if (byte === quote) {
        this.#inString = true
        const listened = frame && !frame.array && (frame.awaitsKey || this.#isRootText(frame))
        if (listened) this.#text = ''
      } else if (opens(byte)) this.#frames.push({ array: byte === 0x5b, key: '', awaitsKey: byte === 0x7b })
    }
  }

  #isRootText = (frame: Frame): boolean => this.#frames.length === 1 && rootTexts.has(frame.key)

  #begin(at: number): void {
    const path = this.#frames.flatMap(({ array, key }) => (array ? [] : [key])).join('.')
    if (this.#open.length && !this.#nested(path)) return
    const offset = this.#position + at
    if (!this.#open.length) this.#heldFrom = offset
    this.#open.push({ path, offset, line: this.#line, depth: this.#frames.length })
  }

  #finish(block: Buffer): void {
    const { path, offset, line } = this.#open.pop() as Open
    const length = this.#solid - offset
    const place = { path, offset, line, length }
    const inBlock = offset - this.#position
    const bytes =
      inBlock >= 0
        ? block.subarray(inBlock, inBlock + length)
        : Buffer.concat([...this.#held, block.subarray(0, Math.max(0, this.#solid - this.#position))]).subarray(
            offset - this.#heldFrom,
            offset - this.#heldFrom + length
          )
    if (length > longest) this.#sink({ ...place, bytes: bytes.subarray(0, shownOfLong), flag: tooLong(length) })
    else this.#sink({ ...place, bytes })
    if (this.#open.length) return
    this.#held = []
    this.#heldBytes = 0
  }

  #hold(block: Buffer): void {
    if (!this.#open.length) return
    const start = this.#position - block.length
    const bytes = this.#heldBytes ? block : block.subarray(Math.max(0, this.#heldFrom - start))
    const room = longest + 1 - this.#heldBytes
    if (room > 0) this.#held.push(Buffer.from(bytes.subarray(0, room)))
    this.#heldBytes += bytes.length
  }
}
