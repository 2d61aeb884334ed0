import { Books } from './books'
import { Journal, type JournalOptions } from './journal'
import type { JournalLine } from './journal-lines'

export interface KeeperOptions extends JournalOptions {
  /** Requests that were made, for the chain of custody; answered when they stand in it. */
  readonly told: (lines: readonly JournalLine[]) => Promise<void>
}

/** So many requests are told to the chain of custody together, and whenever a part is whole. */
const toldTogether = 100

/** Writes down what happens in a pull: in its journal, in its books, and in the chain of custody. */
export class Keeper {
  readonly books = new Books()
  readonly #options: KeeperOptions
  #journal: Journal | undefined
  #untold: JournalLine[] = []
  #telling: Promise<void> = Promise.resolve()

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  /** Begins, or goes on where a journal ends: its lines are the answer. */
  async open(): Promise<readonly JournalLine[]> {
    const partEnded: JournalOptions['partEnded'] = (part) => {
      this.books.take({ part })
      void this.tellRequests()
      this.#options.partEnded(part)
    }
    const { journal, lines } = await Journal.open({ ...this.#options, partEnded })
    this.#journal = journal
    for (const line of lines) this.books.take(line)
    this.#untold = lines.filter((line) => 'request' in line && line.request.n > this.books.told)
    return lines
  }

  /** Adds a line; with the answer it tells of, where that holds events of a stream. */
  add(line: JournalLine, body?: Buffer, stream?: string): void {
    this.books.take(line)
    this.#journal?.add(line, body, stream)
    if (!('request' in line)) return
    this.#untold.push(line)
    if (this.#untold.length >= toldTogether) void this.tellRequests()
  }

  room = async (): Promise<void> => this.#journal?.room()
  flush = async (): Promise<void> => this.#journal?.flush()
  endPart = async (): Promise<void> => this.#journal?.endPart()
  close = async (): Promise<void> => this.#journal?.close()

  /** Has requests written into the chain of custody, and notes up to which. */
  tellRequests(): Promise<void> {
    const lines = this.#untold.splice(0)
    const last = lines.at(-1)
    if (!last || !('request' in last)) return this.#telling
    const { n } = last.request
    const telling = this.#telling.then(async () => {
      await this.flush()
      await this.#options.told(lines)
      this.add({ told: n })
    })
    // Whoever waits for it at the end hears of it.
    telling.catch(() => {})
    this.#telling = telling
    return telling
  }
}
