import { join } from 'node:path'
import type { Stream } from '../../contract/connector'
import type { Connected } from './connected'
import { Journal } from './journal'
import { type JournalLine, journalLines } from './journal-lines'
import type { Keeper } from './keeper'
import { Seen } from './seen'
import { type Places, seenIn } from './seen-in'
import { chosen } from './template'

/** Which events of each stream of a pull came already. */
export class SeenStreams {
  readonly #connected: Connected
  readonly #places: Places
  readonly #keeper: Keeper
  readonly #seen = new Map<string, Seen>()
  readonly #contents = new Map<string, Seen>()
  #resumed = false

  constructor(
    {
      connected,
      folder,
      evidence = folder
    }: Partial<Places> & Pick<Places, 'folder'> & { readonly connected: Connected },
    keeper: Keeper
  ) {
    this.#connected = connected
    this.#places = { folder, evidence }
    this.#keeper = keeper
  }

  of = (name: string): Seen => seenOf(this.#seen, name)

  /** The contents that came while a stream was followed. */
  contentsOf = (name: string): Seen => seenOf(this.#contents, name)

  /** Knows the events again that came before a pull was interrupted. */
  async resume(lines: readonly JournalLine[]): Promise<void> {
    this.#resumed = true
    const follows = lines.some((line) => 'begin' in line && line.begin.asked.follow !== undefined)
    for (const [name, stream] of Object.entries(this.#connected.streams)) {
      const paging = chosen(stream.paging, this.#connected.values)
      // Where pages are counted, new events push on all the others.
      const isCounted = paging?.kind === 'offset' || paging?.kind === 'page'
      const isAnew = lines.some((line) => 'anew' in line && line.anew.stream === name)
      const all = isCounted || isAnew || follows
      this.#seen.set(name, await seenIn(this.#places, lines, name, stream, all))
    }
  }

  /** A stretch of a stream is asked for again: any event of it may come once more. */
  async again(name: string): Promise<void> {
    if (!this.#resumed) return
    await this.#keeper.flush()
    const lines = journalLines(join(this.#places.folder, Journal.file))
    this.#seen.set(name, await seenIn(this.#places, lines, name, this.#connected.streams[name] as Stream, true))
  }
}

function seenOf(all: Map<string, Seen>, name: string): Seen {
  const seen = all.get(name) ?? new Seen()
  all.set(name, seen)
  return seen
}
