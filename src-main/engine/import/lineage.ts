import { endOf, members } from './json-text'
import { longest } from './split'

const learned = 32
const mostTokens = 16
/** A record that is looked at for where the next one begins is not longer than this. */
const window = 1 << 20
const glance = 8 << 10
const colon = 0x3a

/** What the records of a file have in common: by that a record is found again behind one that is broken. */
export class Lineage {
  readonly #keys = new Set<string>()
  /** First keys as they are written, in quotes. */
  readonly #tokens = new Set<string>()
  #records = 0
  #largest = 0
  #failures = 0

  /** Learns from a record that was read without trouble. */
  see(bytes: Buffer): void {
    if (bytes.length > this.#largest) this.#largest = bytes.length
    if (this.#records++ >= learned || bytes.length > window) return
    const text = bytes.toString('utf8')
    const token = /^\{\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1]
    if (token !== undefined && this.#tokens.size < mostTokens) this.#tokens.add(token)
    for (const { key } of members(text, 0)) this.#keys.add(key)
  }

  /** A record of more bytes is doubted; less is allowed where many were broken, so that a wholly broken file is read in good time. */
  get limit(): number {
    return this.#failures < 4 ? longest : Math.min(longest, Math.max(64 << 10, 8 * this.#largest))
  }

  /** Whether a record is so much longer than the others that it may well be several, run into one by a missing quote. */
  doubts(length: number): boolean {
    return this.#records >= 8 && length > 4096 && length > 2 * this.#largest
  }

  /** Where in the text of a broken record the next one begins; -1 where nothing looks like one. */
  next(bytes: Buffer): number {
    const found = [...this.#tokens].map((token) => this.#from(bytes, Buffer.from(token))).filter((at) => at > 0)
    if (found.length) this.#failures++
    return found.length ? Math.min(...found) : -1
  }

  #from(bytes: Buffer, token: Buffer): number {
    for (let at = bytes.indexOf(token, 2); at > 0; at = bytes.indexOf(token, at + 1)) {
      const brace = before(bytes, at)
      if (bytes[brace] !== 0x7b || brace === 0) continue
      // Behind a colon it is a value inside a record.
      if (bytes[before(bytes, brace)] !== colon && this.#isRecord(bytes, brace)) return brace
    }
    return -1
  }

  /** An object that has most of its keys in common with the records; cut off by the text's end, as many as are there. */
  #isRecord(bytes: Buffer, from: number): boolean {
    const text = bytes.subarray(from, from + glance).toString('utf8')
    const end = endOf(text, 0)
    const keys = [...members(text.slice(0, end), 0)].map(({ key }) => key)
    const known = keys.filter((key) => this.#keys.has(key)).length
    return known > 0 && known >= keys.length * 0.6 && known >= Math.min(this.#keys.size, 3) * 0.6
  }
}

/** The last byte before `at` that is no blank. */
function before(bytes: Buffer, at: number): number {
  let place = at - 1
  while (
    place > 0 &&
    (bytes[place] === 0x20 || bytes[place] === 0x0a || bytes[place] === 0x0d || bytes[place] === 0x09)
  )
    place--
  return place
}
