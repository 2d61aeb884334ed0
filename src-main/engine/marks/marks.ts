import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import { type Marking, type MarkResult, tagOf } from '../../contract/marks'
import type { Evidence } from '../store/case'
import { isDiskFull } from '../store/disk-full'
import { marksInForce } from '../store/marks'
import { text } from '../store/sql'
import { Transactions } from '../store/transactions'
import { type MarkTarget, putSql, takeSql, targetsSql } from './marking-sql'
import { found, held } from './same-record'

/** Who marks, when, and what is said of it in the case's own words. */
export interface Marker {
  readonly by: string
  readonly at: Date
}

/** A change of marks as it was made. */
export interface MarkChange extends MarkResult {
  readonly marking: Marking
}

/** The one hand that marks a case, on a connection of its own, one change after the other. */
export class Marks {
  readonly #changes: Transactions
  readonly #connection: DuckDBConnection

  constructor(connection: DuckDBConnection) {
    this.#changes = new Transactions(connection)
    this.#connection = connection
  }

  /** Puts a mark on records or takes it off. Whatever has it already, or has none to take off, is left as it is. */
  mark(on: MarkTarget, asked: Marking, { by, at }: Marker): Promise<MarkChange> {
    return this.#alone(async () => {
      const marking = await this.#asKept(asked)
      const change = await this.#next()
      const moment = text(at.toISOString())
      const targets = targetsSql(on)
      await this.#run(`CREATE OR REPLACE TEMP TABLE target AS ${targets.sql}`, targets.values)
      const taken = takeSql(marking, change)
      if (taken) await this.#run(taken.sql, taken.values)
      if (marking.mark === 'comment' && 'comment' in marking && (await this.#events(change)) === 0)
        throw new AppError(
          'record_missing',
          'That comment is not there any more: it was changed or taken off meanwhile.'
        )
      const put = putSql(marking, change, by, moment)
      if (put) await this.#run(put.sql, put.values)
      const query = 'query' in on ? on.query : null
      return { marking, ...(await this.#kept(change, by, moment, { marking, query, undoes: null })) }
    }, true)
  }

  /** Takes a change back. What was marked otherwise since then stays as it is. */
  undo(undone: number, { by, at }: Marker): Promise<MarkChange> {
    return this.#alone(async () => {
      const told = await this.#connection.runAndReadAll(
        'SELECT marking, (SELECT count(*)::INTEGER FROM mark_change WHERE undoes = $1) FROM mark_change WHERE id = $1',
        [undone]
      )
      const [marking, times] = (told.getRows()[0] ?? []) as [string?, number?]
      if (marking === undefined)
        throw new AppError('usage', `This case has no change of marks with the number ${undone}.`)
      if (times) throw new AppError('usage', 'That change has been taken back already.')
      const change = await this.#next()
      const moment = text(at.toISOString())
      await this.#run(`UPDATE marking SET gone = ${change} WHERE change = ${undone} AND gone IS NULL`)
      // As they were, with who put them there and when; of stars and tags no second where one was put there since.
      await this.#run(`INSERT INTO marking SELECT * REPLACE (${change} AS change, NULL AS gone) FROM marking m WHERE gone = ${undone}
        AND (kind = 'comment' OR NOT EXISTS (SELECT 1 FROM marking o WHERE o.gone IS NULL AND o.sha256 = m.sha256
          AND o.record IS NOT DISTINCT FROM m.record AND o.kind = m.kind AND o.text = m.text))`)
      const was = JSON.parse(marking) as Marking
      return { marking: was, ...(await this.#kept(change, by, moment, { marking: was, query: null, undoes: undone })) }
    })
  }

  /**
   * Has evidence read once more: its marks stay on the records they were put on, told by their text. A mark on a record that another
   * definition does not cut so waits for the next reading.
   */
  async keeping<T>(evidence: readonly Evidence[], read: () => Promise<T>): Promise<T> {
    const marked = await this.#changes.alone(async () => {
      const of = await this.#connection.runAndReadAll('SELECT DISTINCT sha256 FROM marking')
      const hashes = new Set(of.getRows().map(([sha256]) => sha256))
      const all = evidence.filter(({ sha256 }) => hashes.has(sha256))
      for (const one of all) await this.#run(held(one))
      return all
    })
    try {
      return await read()
    } finally {
      await this.#changes.alone(async () => {
        for (const one of marked) await this.#run(found(one))
      })
    }
  }

  /** What was put on the records of a file while it came stands on them now that it is called by its SHA-256. */
  came(was: string, sha256: string): Promise<void> {
    return this.#changes.alone(() =>
      this.#run(`UPDATE marking SET sha256 = ${text(sha256)} WHERE sha256 = ${text(was)}`)
    )
  }

  /** Gives up the change that is under way. */
  cancel(): void {
    this.#changes.cancel()
  }

  close(): Promise<void> {
    return this.#changes.close()
  }

  /** A tag is written as it was the first time, whatever the case of its letters. */
  async #asKept(marking: Marking): Promise<Marking> {
    if (marking.mark === 'comment' && 'text' in marking) {
      if (marking.text.trim() === '') throw new AppError('usage', 'A comment needs a text.')
      return { ...marking, text: marking.text.trim() }
    }
    if (marking.mark !== 'tag') return marking
    const tag = tagOf(marking.tag)
    if (tag === null) throw new AppError('usage', 'A tag is a word or a few, at most 100 characters.')
    const known = await this.#connection.runAndReadAll(
      `SELECT text FROM ${marksInForce} WHERE kind = 'tag' AND lower(text) = lower($1) ORDER BY text <> $1 LIMIT 1`,
      [tag]
    )
    return { ...marking, tag: (known.getRows()[0]?.[0] as string | undefined) ?? tag }
  }

  async #next(): Promise<number> {
    const last = await this.#connection.runAndReadAll('SELECT coalesce(max(id), 0)::INTEGER FROM mark_change')
    return (last.getRows()[0]?.[0] as number) + 1
  }

  /** How many records a change concerns. */
  async #events(change: number): Promise<number> {
    const counted = await this.#connection.runAndReadAll(
      `SELECT count(DISTINCT (sha256, record))::DOUBLE FROM marking WHERE change = ${change} OR gone = ${change}`
    )
    return counted.getRows()[0]?.[0] as number
  }

  async #kept(
    change: number,
    by: string,
    moment: string,
    { marking, query, undoes }: { marking: Marking; query: string | null; undoes: number | null }
  ): Promise<MarkResult> {
    const events = await this.#events(change)
    if (events === 0) return { change: 0, events }
    await this.#run(`INSERT INTO mark_change VALUES (${change}, $1, ${moment}, $2, $3, ${events}, ${undoes})`, [
      by,
      JSON.stringify(marking),
      query
    ])
    return { change, events }
  }

  async #run(sql: string, values: readonly (string | number | boolean | bigint | null)[] = []): Promise<void> {
    await this.#connection.run(sql, [...values])
  }

  async #alone<T>(work: () => Promise<T>, cancelable = false): Promise<T> {
    try {
      return await this.#changes.alone(work, cancelable)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      throw new AppError('disk_full', 'The disk is full: nothing was marked. Make room, then mark it again.')
    }
  }
}
