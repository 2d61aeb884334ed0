import type { DuckDBConnection } from '@duckdb/node-api'

/** Changes of a case that are made one after the other, each whole or not at all, on a connection of their own. */
export class Transactions {
  readonly connection: DuckDBConnection
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      await this.connection.run('BEGIN')
      try {
        const result = await work()
        await this.connection.run('COMMIT')
        return result
      } catch (error) {
        await this.connection.run('ROLLBACK').catch(() => {})
        throw error
      }
    })
    this.#last = done.catch(() => {})
    return done
  }

  async close(): Promise<void> {
    await this.#last
    this.connection.closeSync()
  }
}
