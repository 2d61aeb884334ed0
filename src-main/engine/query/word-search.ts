import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import { duckdb } from './dialect'
import type { Bind } from './field-sql'
import { statement } from './statement'
import { type Piece, within } from './words-pieces'
import { besideRecord, inRecord } from './words-sql'

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
  /** Why it cannot be gone on with. */
  failed: Error | undefined
  /** The table is there. */
  readonly ready: Promise<unknown>

  readonly #narrowed: (piece: Piece) => readonly Piece[]

  /** `narrowed`: the rows of a piece that the words may stand in. */
  constructor(
    text: string,
    table: string,
    fields: readonly Field[],
    narrowed: (piece: Piece) => readonly Piece[],
    run: (sql: string) => Promise<unknown>
  ) {
    this.text = text
    this.table = table
    this.#fields = fields
    this.#narrowed = narrowed
    this.ready = run(`CREATE TABLE ${table} (row BIGINT)`)
  }

  /** Looks at these fields, besides the record. */
  looksAt(fields: readonly Field[]): boolean {
    return fields.length === this.#fields.length && fields.every((field) => this.#fields.includes(field))
  }

  isDone({ first, last }: Piece): boolean {
    return (this.#done.get(first) ?? -1) >= last
  }

  /** Looks through the next of the pieces that nobody looks through; undefined where none is left. */
  next(pieces: readonly Piece[], connection: DuckDBConnection): Promise<void> | undefined {
    if (this.failed) return undefined
    for (const piece of pieces) {
      if (this.#busy.has(piece.first) || this.isDone(piece)) continue
      const rows = this.#narrowed({ first: this.#begin(piece), last: piece.last })
      if (rows.length > 0) return this.#search(piece, rows, connection)
      this.#done.set(piece.first, piece.last)
    }
    return undefined
  }

  /** That the words stand in an event, of those in pieces that are done. */
  readonly condition = (bind: Bind): string =>
    `rowid IN (SELECT row FROM ${this.table}) OR ${besideRecord(this.text, bind, duckdb)}`

  /** Where to go on in a piece: it may have been shorter when it was looked through before. */
  #begin({ first }: Piece): number {
    return Math.max(first, (this.#done.get(first) ?? -1) + 1)
  }

  async #search({ first, last }: Piece, rows: readonly Piece[], connection: DuckDBConnection): Promise<void> {
    this.#busy.add(first)
    try {
      // No condition on the row but these: with another beside them, DuckDB would read all there is.
      const { sql, values } = statement(
        (bind) => `INSERT INTO ${this.table} SELECT rowid FROM entry
          WHERE (${within(rows)}) AND (${inRecord(this.text, this.#fields, bind, duckdb)})`
      )
      await connection.run(sql, [...values])
      this.#done.set(first, last)
    } catch (error) {
      this.failed = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#busy.delete(first)
    }
  }
}
