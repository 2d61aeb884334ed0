import type { LedgerLine } from '../../contract/evidence'

const atLeast = 1.3
const longest = 15_000

/**
 * Tells that more can be asked for, of files that are in and of the one that comes: at first, then whenever it is much more or some time
 * has gone by. Each time the whole page is asked anew, which must not keep the import from going on.
 */
export class ToldGrowth {
  readonly #tell: () => Promise<void>
  #whole = 0
  #records = 0
  #coming = false
  #told = { records: 0, coming: false, at: Number.NEGATIVE_INFINITY }
  #telling = false

  constructor(tell: () => Promise<void>) {
    this.#tell = tell
  }

  /** So many records of the file at hand have come. */
  come(records: number): void {
    this.#coming = true
    this.#records = this.#whole + records
    this.#tellNews()
  }

  /** These files are in. */
  whole(lines: readonly LedgerLine[]): void {
    for (const { already, records } of lines) if (!already) this.#whole += records
    this.#coming = false
    this.#records = this.#whole
    this.#tellNews()
  }

  /** What had come of the file at hand was taken out again, which is told already. */
  takenOut(): void {
    this.#coming = false
    this.#records = this.#whole
    this.#told = { records: this.#whole, coming: false, at: performance.now() }
  }

  #tellNews(): void {
    const { records, coming, at } = this.#told
    const same = this.#records === records && this.#coming === coming
    // A file that was shown as still coming is not so for longer than it is.
    const isWhole = coming && !this.#coming
    const much = this.#records > records * atLeast || performance.now() - at >= longest
    if (this.#telling || same || !(much || isWhole)) return
    this.#told = { records: this.#records, coming: this.#coming, at: performance.now() }
    this.#telling = true
    const done = () => {
      this.#telling = false
      this.#tellNews()
    }
    // What keeps it from being told keeps the import from going on too, which says so.
    this.#tell().then(done, done)
  }
}
