import type { DuckDBConnection } from '@duckdb/node-api'

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

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => transaction(this.connection, work))
    this.#last = done.catch(() => {})
    return done
  }

  async close(): Promise<void> {
    await this.#last
    this.connection.closeSync()
  }
}
