import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import { duckdb } from './dialect'
import { statement } from './statement'
import type { WordsIndex } from './words-index'
import { type Piece, within } from './words-pieces'
import { inRecord, rowsBeside } from './words-sql'

/**
 * The records in which words stand. They are looked for once, piece by piece, and kept by row for every question that asks for them. What
 * is found of a record never changes, so what comes into the case later is only added.
 */
export class WordSearch {
  readonly text: string
  /** The table of the rows found. */
  readonly table: string
  readonly #fields: readonly Field[]
  readonly #busy = new Set<number>()
  /** Of each piece begun, up to which row it has been looked through. */
  readonly #done = new Map<number, number>()
  /** The state of the case for which is known what stands beside the records. */
  #beside = -1
  /** Why it cannot be gone on with. */
  failed: Error | undefined
  /** The table is there. */
  readonly ready: Promise<unknown>

  readonly #index: WordsIndex | undefined
  readonly #narrowed: (piece: Piece) => readonly Piece[]

  constructor(
    text: string,
    table: string,
    fields: readonly Field[],
    index: WordsIndex | undefined,
    run: (sql: string) => Promise<unknown>
  ) {
    this.text = text
    this.table = table
    this.#fields = fields
    this.#index = index
    this.#narrowed = index?.narrowed(text) ?? ((piece) => [piece])
    this.ready = run(`CREATE TABLE ${table} (row BIGINT)`).then(() => run(`CREATE TABLE ${table}b (row BIGINT)`))
  }

  /** Looks at these fields, besides the record. */
  looksAt(fields: readonly Field[]): boolean {
    return fields.length === this.#fields.length && fields.every((field) => this.#fields.includes(field))
  }

  /** Whether there is nothing left to look at in these pieces; `state` tells the case of now from the case of before. */
  isComplete(pieces: readonly Piece[], state: number): boolean {
    return this.#beside === state && pieces.every((piece) => this.isDone(piece))
  }

  isDone({ first, last }: Piece): boolean {
    return (this.#done.get(first) ?? -1) >= last
  }

  /** Looks through the next of the pieces that nobody looks through; undefined where none is left. */
  next(pieces: readonly Piece[], state: number, connection: DuckDBConnection): Promise<void> | undefined {
    if (this.failed) return undefined
    for (const piece of pieces) {
      if (this.#busy.has(piece.first) || this.isDone(piece)) continue
      const rows = this.#narrowed({ first: this.#begin(piece), last: piece.last })
      if (rows.length > 0) return this.#search(piece, rows, connection)
      this.#done.set(piece.first, piece.last)
    }
    return this.#beside === state || this.#busy.has(beside) ? undefined : this.#searchBeside(state, connection)
  }

  /** That the words stand in an event, of those in pieces that are done. */
  readonly condition = (): string => `rowid IN (SELECT row FROM ${this.table} UNION ALL SELECT row FROM ${this.table}b)`

  /** Where to go on in a piece: it may have been shorter when it was looked through before. */
  #begin({ first }: Piece): number {
    return Math.max(first, (this.#done.get(first) ?? -1) + 1)
  }

  #search({ first, last }: Piece, rows: readonly Piece[], connection: DuckDBConnection): Promise<void> {
    return this.#work(first, async () => {
      const copied = this.#index?.copied({ first, last }) ?? []
      const fields = this.#fields.filter((field) => !copied.includes(field))
      // No condition on the row but these: with another beside them, DuckDB would read all there is.
      const { sql, values } = statement(
        (bind) => `INSERT INTO ${this.table} SELECT rowid FROM entry
          WHERE (${within(rows)}) AND (${inRecord(this.text, fields, bind, duckdb)})`
      )
      await connection.run(sql, [...values])
      this.#done.set(first, last)
    })
  }

  #searchBeside(state: number, connection: DuckDBConnection): Promise<void> {
    return this.#work(beside, async () => {
      const { sql, values } = statement(
        (bind) => `CREATE OR REPLACE TABLE ${this.table}b AS ${rowsBeside(this.text, bind, duckdb)}`
      )
      await connection.run(sql, [...values])
      this.#beside = state
    })
  }

  async #work(part: number, work: () => Promise<void>): Promise<void> {
    this.#busy.add(part)
    try {
      await work()
    } catch (error) {
      this.failed = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#busy.delete(part)
    }
  }
}

/** In the place of a piece: what stands beside the records. */
const beside = -1
