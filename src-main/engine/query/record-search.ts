import type { DuckDBConnection } from '@duckdb/node-api'
import type { Bind } from './field-sql'
import { type Piece, within } from './record-pieces'
import type { Sought } from './sought'
import { statement } from './statement'

/**
 * The records that have what is looked for. They are looked through once, piece by piece, and those that have it are kept by row for every
 * question that asks for them; what comes into the case later is only added.
 */
export class RecordSearch {
  readonly #sought: Sought
  /** The table of the rows found. */
  readonly #table: string
  readonly #busy = new Set<number>()
  /** Of each piece begun, up to which row it has been looked through. */
  readonly #done = new Map<number, number>()
  /** The state of the case for which is known what stands beside the records. */
  #beside = -1
  #users = 0
  #dropping: (() => void) | undefined
  /** Why it cannot be gone on with. */
  failed: Error | undefined
  /** When it was first asked for, as `performance.now()` counts. */
  readonly begun = performance.now()
  /** The tables are there. */
  readonly ready: Promise<unknown>

  constructor(sought: Sought, table: string, run: (sql: string) => Promise<unknown>) {
    this.#sought = sought
    this.#table = table
    this.ready = run(`CREATE TABLE ${table} (row BIGINT); CREATE TABLE ${table}b (row BIGINT)`)
  }

  get key(): string {
    return this.#sought.key
  }

  /** Whether there is nothing left to look at in these pieces; `state` tells the case of now from the case of before. */
  isComplete(pieces: readonly Piece[], state: number): boolean {
    return this.#knowsBeside(state) && pieces.every((piece) => this.isDone(piece))
  }

  isDone({ first, last }: Piece): boolean {
    return (this.#done.get(first) ?? -1) >= last
  }

  /** Looks through the next of the pieces that nobody looks through; undefined where none is left. */
  next(pieces: readonly Piece[], state: number, connection: DuckDBConnection): Promise<void> | undefined {
    if (this.failed) return undefined
    for (const piece of pieces) {
      if (this.#busy.has(piece.first) || this.isDone(piece)) continue
      const rows = this.#sought.narrowed({ first: this.#begin(piece), last: piece.last })
      if (rows.length > 0) return this.#search(piece, rows, connection)
      this.#done.set(piece.first, piece.last)
    }
    return this.#knowsBeside(state) || this.#busy.has(beside) ? undefined : this.#searchBeside(state, connection)
  }

  /** That an event has it, of those in pieces that are done. */
  readonly condition = (): string =>
    `rowid IN (SELECT row FROM ${this.#table} UNION ALL SELECT row FROM ${this.#table}b)`

  /** Keeps what was found until it is let go, for a question that is about to ask for it. */
  hold(): () => void {
    this.#users++
    return () => {
      if (--this.#users === 0) this.#dropping?.()
    }
  }

  /** Forgets what was found, as soon as nobody asks for it. */
  drop(run: (sql: string) => Promise<unknown>): void {
    this.#dropping = () => {
      run(`DROP TABLE ${this.#table}; DROP TABLE ${this.#table}b`).catch(() => {})
    }
    if (this.#users === 0) this.#dropping()
  }

  #knowsBeside(state: number): boolean {
    return !this.#sought.beside || this.#beside === state
  }

  /** Where to go on in a piece: it may have been shorter when it was looked through before. */
  #begin({ first }: Piece): number {
    return Math.max(first, (this.#done.get(first) ?? -1) + 1)
  }

  #search(piece: Piece, rows: readonly Piece[], connection: DuckDBConnection): Promise<void> {
    // No condition on the row but these: with another beside them, DuckDB would read all there is.
    const found = (bind: Bind) =>
      `INSERT INTO ${this.#table} SELECT rowid FROM entry WHERE (${within(rows)}) AND (${this.#sought.holds(piece, bind)})`
    return this.#work(piece.first, connection, found, () => this.#done.set(piece.first, piece.last))
  }

  #searchBeside(state: number, connection: DuckDBConnection): Promise<void> {
    const found = (bind: Bind) =>
      `CREATE OR REPLACE TABLE ${this.#table}b AS ${this.#sought.beside?.(bind) ?? 'SELECT NULL::BIGINT AS row'}`
    return this.#work(beside, connection, found, () => {
      this.#beside = state
    })
  }

  async #work(part: number, connection: DuckDBConnection, found: (bind: Bind) => string, done: () => void) {
    this.#busy.add(part)
    try {
      const { sql, values } = statement(found)
      await connection.run(sql, [...values])
      done()
    } catch (error) {
      this.failed = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#busy.delete(part)
    }
  }
}

/** In the place of a piece: what stands beside the records. */
const beside = -1
