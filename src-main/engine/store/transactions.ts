import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'

/** Does all of it, or nothing. */
export async function transaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN')
  try {
    const result = await work()
    await connection.run('COMMIT')
    return result
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {})
    throw error
  }
}

/** Changes of a case that are made one after the other, each whole or not at all, on a connection of their own. */
export class Transactions {
  readonly connection: DuckDBConnection
  #last: Promise<unknown> = Promise.resolve()
  /** While a change is worked on; not while it is written down or taken back. */
  #working = false
  #canceled = false
  #cancels = 0
  #interrupting: ReturnType<typeof setInterval> | undefined

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  alone<T>(work: () => Promise<T>, cancelable = false): Promise<T> {
    const cancels = cancelable ? this.#cancels : undefined
    const done = this.#last.then(() => transaction(this.connection, () => this.#work(work, cancels)))
    this.#last = done.catch(() => {})
    return done
  }

  /** Gives up what is cancelable and under way or waits for its turn: it rejects with `canceled`, and nothing of it stays. */
  cancel(): void {
    this.#cancels++
    if (!this.#working || this.#canceled) return
    this.#canceled = true
    // An interrupt between two statements is forgotten.
    this.#interrupting = setInterval(() => this.connection.interrupt(), 20)
    this.connection.interrupt()
  }

  /** `cancels`: how often had been canceled when it was asked for, where it can be. */
  async #work<T>(work: () => Promise<T>, cancels: number | undefined): Promise<T> {
    if (cancels === undefined) return work()
    this.#working = true
    this.#canceled = cancels < this.#cancels
    try {
      if (this.#canceled) throw new Error('canceled before it began')
      return await work()
    } catch (error) {
      throw this.#canceled ? new AppError('canceled', 'The change was canceled.') : error
    } finally {
      clearInterval(this.#interrupting)
      this.#working = false
    }
  }

  async close(): Promise<void> {
    await this.#last
    this.connection.closeSync()
  }
}
