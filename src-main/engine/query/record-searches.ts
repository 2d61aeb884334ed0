import { availableParallelism } from 'node:os'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import { allOf, type Filter } from '../../contract/filter'
import type { Early, Searched } from '../../contract/query'
import { filterSql, sqlFilter } from './filter-sql'
import { type DatedPiece, newestPieces, type Piece, piecesWithin, within } from './record-pieces'
import { RecordSearch } from './record-search'
import { soughtBy } from './sought'
import { soughtIn, whateverFound, withSought } from './sought-leaves'
import { type Run, statement } from './statement'
import { wordFields } from './words-fields'
import type { WordsIndex } from './words-index'

/** A search that nobody has asked for in so long (ms) is not gone on with; what it found stays. */
const patience = 3000
/** Who is content with what has been found so far waits for a first piece, at least this long (ms) and at most so long. */
const [shortLook, firstLook] = [120, 400]
/** And later for as long again as it has taken so far, within these bounds (ms). */
const [soonAgain, laterLook] = [250, 2000]
/** Searches whose rows are kept; those asked for longest ago are dropped first. */
const kept = 12

/** Of fewer events than this share of the case, records are read as JSON where they are asked for. */
const few = 0.02

let tables = 0

/** Somebody's wish for something in pieces of the case, and until when it is worth going on. */
interface Wish {
  readonly searches: readonly RecordSearch[]
  readonly pieces: readonly Piece[]
  until: number
}

/** A filter that can be asked of the case at once, and how far records have been looked through for it where that is not to the end. */
export interface Resolved {
  readonly filter: Filter
  readonly searched?: Searched
}

/** Looks for what filters ask of records, words or what stands at a path: once for all who ask, and newest events first. */
export class RecordSearches {
  readonly #instance: DuckDBInstance
  readonly #index: WordsIndex | undefined
  /** By key; asked for last comes last. */
  readonly #searches = new Map<string, RecordSearch>()
  /** Made last comes first. */
  #wishes: readonly Wish[] = []
  /** Connections that search, and those of them that rest. */
  readonly #connections: DuckDBConnection[] = []
  readonly #resting: DuckDBConnection[] = []
  readonly #working = new Set<Promise<void>>()
  /** Told whenever a piece has been looked through. */
  readonly #waiting = new Set<() => void>()
  #home: Promise<DuckDBConnection> | undefined
  /** Tables that are being made and dropped. */
  readonly #making = new Set<Promise<unknown>>()
  #fields: readonly Field[] = wordFields
  #state = 0
  #pieces: Promise<readonly DatedPiece[]> | undefined
  #closed = false

  constructor(instance: DuckDBInstance, index?: WordsIndex) {
    this.#instance = instance
    this.#index = index
  }

  /** From now on words are looked for in these fields, besides the records; what stands beside the records may have changed. */
  lookAt(fields: readonly Field[]): void {
    this.#fields = fields
    this.#state++
    this.#pieces = undefined
  }

  /** The filter with what is found in records: in all of them, or `early` in those looked through so far. `given` up: it need not go on. What is handed to `held` is called when it has been asked. */
  async resolve(
    filter: Filter,
    run: Run,
    early: Early | undefined,
    given: () => boolean,
    held: (release: () => void) => void
  ): Promise<Resolved> {
    if (soughtIn(filter).length === 0) return { filter }
    const pieces = piecesWithin(await this.#piecesOf(run), filter)
    const paths = await this.#worthKeeping(filter, records(pieces), run)
    const leaves = soughtIn(filter).filter((leaf) => leaf.kind === 'words' || paths)
    const searches = new Map(leaves.map((leaf) => [leaf, this.#search(leaf)]))
    for (const search of searches.values()) held(search.hold())
    await Promise.all([...searches.values()].map(({ ready }) => ready))
    const wish: Wish = { searches: [...searches.values()], pieces, until: Number.POSITIVE_INFINITY }
    await this.#lookFor(wish, early, given)
    const resolved = withSought(filter, (leaf) => {
      const search = searches.get(leaf)
      return search ? sqlFilter(search.key, search.condition) : leaf
    })
    if (!this.#isOpen(wish)) return { filter: resolved }
    const done = doneOf(wish)
    const searched = { records: records(done), of: records(pieces) }
    const rows = within(done)
    return {
      filter: allOf(
        sqlFilter(rows, () => rows),
        resolved
      ),
      searched
    }
  }

  /** What was found so far does not hold any more. */
  forget(): void {
    const old = [...this.#searches.values()]
    this.#searches.clear()
    this.#pieces = undefined
    this.#state++
    for (const search of old) search.drop((sql) => this.#run(sql))
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closed = true
    const interrupting = setInterval(() => {
      for (const connection of this.#connections) connection.interrupt()
    }, 20)
    await Promise.all(this.#working)
    clearInterval(interrupting)
    for (const connection of this.#connections.splice(0)) connection.closeSync()
    await Promise.allSettled(this.#making)
    const home = await this.#home
    home?.closeSync()
  }

  #piecesOf(run: Run): Promise<readonly DatedPiece[]> {
    this.#pieces ??= newestPieces(run).catch((error) => {
      // Who asked has given up: the next one asks again.
      this.#pieces = undefined
      throw error
    })
    return this.#pieces
  }

  /** Whether records are looked through for what stands at their paths: not where few are left by what else the filter asks for. */
  async #worthKeeping(filter: Filter, of: number, run: Run): Promise<boolean> {
    if (soughtIn(filter).every(({ kind }) => kind === 'words')) return false
    const others = whateverFound(filter)
    const [row = {}] = await run(
      statement((bind) => `SELECT count(*) AS n FROM entry WHERE shown AND (${filterSql(others, bind)})`)
    )
    return (row['n'] as number) > of * few
  }

  async #lookFor(wish: Wish, early: Early | undefined, given: () => boolean): Promise<void> {
    this.#wishes = [wish, ...this.#wishes]
    try {
      const begun = Math.min(...wish.searches.map((search) => search.begun))
      const sofar = performance.now() - begun
      const first = sofar < firstLook
      const look = early === 'now' ? 0 : first ? firstLook : Math.min(laterLook, Math.max(soonAgain, sofar))
      const end = early ? performance.now() + look : Number.POSITIVE_INFINITY
      const short = early && first ? performance.now() + shortLook : end
      const enough = () => performance.now() >= end || (performance.now() >= short && doneOf(wish).length > 0)
      while (this.#isOpen(wish) && !given() && !this.#closed) {
        await this.#wake()
        if (enough()) break
        await new Promise<void>((moved) => {
          this.#waiting.add(moved)
          setTimeout(moved, 50)
        })
        for (const { failed } of wish.searches) if (failed) throw failed
      }
    } finally {
      wish.until = given() ? 0 : performance.now() + patience
    }
  }

  #search(leaf: Filter): RecordSearch {
    const sought = soughtBy(leaf, this.#fields, this.#index)
    const known = this.#searches.get(sought.key)
    this.#searches.delete(sought.key)
    const search =
      known && !known.failed ? known : new RecordSearch(sought, `words.w${++tables}`, (sql) => this.#run(sql))
    this.#searches.set(sought.key, search)
    this.#dropOld()
    return search
  }

  #dropOld(): void {
    for (const old of [...this.#searches.values()].slice(0, -kept)) {
      if (this.#open().some(({ searches }) => searches.includes(old))) continue
      this.#searches.delete(old.key)
      old.drop((sql) => this.#run(sql))
    }
  }

  async #run(sql: string): Promise<void> {
    this.#home ??= this.#instance.connect().then(async (home) => {
      await home.run(`ATTACH IF NOT EXISTS ':memory:' AS words`)
      return home
    })
    const run = this.#home.then((home) => home.run(sql))
    // A connection must not be closed while something runs on it.
    this.#making.add(run)
    await run.finally(() => this.#making.delete(run))
  }

  #isOpen({ searches, pieces }: Wish): boolean {
    return !searches.every((search) => search.isComplete(pieces, this.#state))
  }

  #open(): readonly Wish[] {
    this.#wishes = this.#wishes.filter((wish) => wish.until > performance.now() && this.#isOpen(wish))
    return this.#wishes
  }

  /** Sets every connection that rests to work. */
  async #wake(): Promise<void> {
    while (this.#connections.length < Math.min(8, availableParallelism())) {
      const connection = await this.#instance.connect()
      this.#connections.push(connection)
      this.#resting.push(connection)
    }
    for (const connection of this.#resting.splice(0)) {
      const working = this.#work(connection).finally(() => {
        this.#working.delete(working)
        this.#resting.push(connection)
      })
      this.#working.add(working)
    }
  }

  async #work(connection: DuckDBConnection): Promise<void> {
    for (let piece = this.#next(connection); piece; piece = this.#next(connection)) {
      await piece
      for (const moved of this.#waiting) moved()
      this.#waiting.clear()
    }
  }

  /** The search of one more piece; of what was wished for last first. */
  #next(connection: DuckDBConnection): Promise<void> | undefined {
    if (this.#closed) return undefined
    for (const { searches, pieces } of this.#open()) {
      for (const search of searches) {
        const next = search.next(pieces, this.#state, connection)
        if (next) return next
      }
    }
    return undefined
  }
}

const doneOf = ({ searches, pieces }: Wish) =>
  pieces.filter((piece) => searches.every((search) => search.isDone(piece)))
const records = (pieces: readonly Piece[]) => pieces.reduce((sum, { first, last }) => sum + last - first + 1, 0)
