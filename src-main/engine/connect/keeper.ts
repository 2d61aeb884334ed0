import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { Books } from './books'
import { diskFault } from './disk-fault'
import { Journal, type JournalOptions } from './journal'
import { type EndLine, type JournalLine, journalLines } from './journal-lines'

export interface KeeperOptions extends JournalOptions {
  /** Requests that were made, for the chain of custody; answered when they stand in it. */
  readonly told: (lines: readonly JournalLine[]) => Promise<void>
}

/** So many requests are told to the chain of custody together, and whenever a part is whole. */
const toldTogether = 100

/** Writes down what happens in a pull: in its journal, in its books, and in the chain of custody. */
export class Keeper {
  #books = new Books()
  readonly #options: KeeperOptions
  #journal: Journal | undefined
  #untold: JournalLine[] = []
  #telling: Promise<void> = Promise.resolve()

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  get books(): Books {
    return this.#books
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
      await this.#options.told(lines).catch((error: unknown) => {
        throw diskFault(error, this.#options.folder)
      })
      this.add({ told: n })
    })
    // Whoever waits for it at the end hears of it.
    telling.catch(() => {})
    this.#telling = telling
    return telling
  }

  /**
   * Says that it is over, and answers how it ended. Where nothing can be written any more it failed, whatever it came to, and the books
   * are those of what is kept; for the journal it goes on.
   */
  async end(end: EndLine): Promise<EndLine['state']> {
    this.add({ end })
    try {
      await this.endPart()
      await this.tellRequests()
      return end.state
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const kept = journalLines(join(this.#options.folder, Journal.file))
      this.#books = new Books([...kept, { end: { at: end.at, state: 'failed', fault: error.message } }])
      return 'failed'
    }
  }
}
