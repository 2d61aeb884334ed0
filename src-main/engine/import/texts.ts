/** A long list of texts, held as bytes: a workbook may have a million of them. */
export class Texts {
  #bytes = Buffer.allocUnsafe(1 << 20)
  #used = 0
  #ends = new Uint32Array(1 << 12)
  #count = 0

  add(text: string): void {
    const most = 3 * text.length
    if (this.#used + most > this.#bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#used + most))
      this.#bytes.copy(more, 0, 0, this.#used)
      this.#bytes = more
    }
    if (this.#count === this.#ends.length) {
      const more = new Uint32Array(2 * this.#ends.length)
      more.set(this.#ends)
      this.#ends = more
    }
    this.#used += this.#bytes.write(text, this.#used)
    this.#ends[this.#count++] = this.#used
  }

  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    return this.#bytes.toString('utf8', index === 0 ? 0 : (this.#ends[index - 1] as number), this.#ends[index])
  }
}
