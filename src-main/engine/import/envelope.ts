const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const comma = 0x2c
const openBrace = 0x7b
const openBracket = 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d
const space = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Not on the way to the list. */
const aside = -1

/**
 * Reads what stands around the records: objects, in which keys lead to a list. Lists on the way, of pages or of groups, are gone through.
 */
export class Envelope {
  readonly #path: readonly string[]
  /** For each bracket open, how many keys of the path lead to it. */
  readonly #stack: number[] = []
  /** The bytes of a key on the way. */
  #key: number[] | undefined
  #inString = false
  #escaped = false
  /** How many keys of the path lead to the value that comes next. */
  #next = 0
  #awaitsValue = false

  constructor(path: readonly string[]) {
    this.#path = path
  }

  get open(): boolean {
    return this.#stack.length > 0
  }

  /** Reads on from `from`: to behind the bracket that opens the list, to a value that stands where the list should, or to the block's end. */
  read(block: Buffer, from: number): { readonly at: number; readonly found?: 'list' | 'value' } {
    for (let at = from; at < block.length; at++) {
      const byte = block[at] as number
      if (this.#inString) this.#string(byte)
      else if (byte === quote) this.#quote()
      else if (byte === colon) this.#awaitsValue = true
      else if (byte === comma) this.#awaitsValue = false
      else if (byte === openBrace || byte === openBracket) {
        const led = this.#led()
        if (led === this.#path.length) {
          this.#awaitsValue = false
          return byte === openBracket ? { at: at + 1, found: 'list' } : { at, found: 'value' }
        }
        this.#stack.push(led)
        this.#awaitsValue = false
      } else if (closes(byte)) {
        this.#stack.pop()
        this.#awaitsValue = false
      } else if (!space(byte) && this.#stack.length === 0) return { at, found: 'value' }
    }
    return { at: block.length }
  }

  /** How many keys lead to the bracket that opens here. */
  #led(): number {
    const around = this.#stack.at(-1)
    if (around === undefined) return 0
    return this.#awaitsValue ? this.#next : around
  }

  #quote(): void {
    this.#inString = true
    const around = this.#stack.at(-1)
    if (!this.#awaitsValue && around !== undefined && around !== aside) this.#key = []
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) {
      this.#inString = false
      if (this.#key) this.#keyEnds(this.#key)
      return
    }
    if (this.#key && this.#key.length < 1024) this.#key.push(byte)
  }

  #keyEnds(bytes: readonly number[]): void {
    const around = this.#stack.at(-1) ?? aside
    this.#key = undefined
    this.#next = around !== aside && text(bytes) === this.#path[around] ? around + 1 : aside
  }
}

function text(bytes: readonly number[]): string {
  const written = Buffer.from(bytes).toString('utf8')
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`)
  } catch {
    return written
  }
}
