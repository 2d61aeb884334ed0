/** Which events came already: their ids by a number of 53 bits each, since millions of texts would not fit. */
export class Seen {
  #table = new Float64Array(1 << 12)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Whether it comes for the first time; from now on it does not. */
  add(id: string): boolean {
    // Zero is an empty place.
    const number = numberOf(id) || 1
    if (!put(this.#table, number)) return false
    if (++this.#size * 2 > this.#table.length) this.#grow()
    return true
  }

  #grow(): void {
    const larger = new Float64Array(this.#table.length * 2)
    for (const number of this.#table) if (number !== 0) put(larger, number)
    this.#table = larger
  }
}

function put(table: Float64Array, number: number): boolean {
  const last = table.length - 1
  for (let at = number % table.length; ; at = at === last ? 0 : at + 1) {
    if (table[at] === number) return false
    if (table[at] === 0) {
      table[at] = number
      return true
    }
  }
}

/** cyrb53, in the public domain: 53 bits of a text. */
function numberOf(text: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & two) + (one >>> 0)
}
