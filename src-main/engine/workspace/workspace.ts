import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { NewSavedQuery, SavedQuery, Search } from '../../contract/workspace'
import { Transactions } from '../store/transactions'

/** So many searches are kept; older ones that nothing came from go first. */
const mostSearches = 1000

/** How analysts work with a case: what they searched, what they saved, how the window looked. On a connection of its own. */
export class Workspace {
  readonly #changes: Transactions
  readonly #connection: DuckDBConnection

  constructor(connection: DuckDBConnection) {
    this.#changes = new Transactions(connection)
    this.#connection = connection
  }

  searches(): Promise<readonly Search[]> {
    return this.#changes.alone(async () => {
      const rows = await this.#rows(
        'SELECT id, came_from, moment, query, found::DOUBLE, view FROM search ORDER BY moment, rowid'
      )
      return rows.map(([id, from, at, query, found, view]) => ({
        id: id as string,
        from: from as string | null,
        at: at as string,
        query: query as string,
        ...(found === null ? {} : { found: found as number }),
        view: JSON.parse(view as string)
      }))
    })
  }

  /** Keeps a search; whether it is a new one. */
  keepSearch({ id, from, at, query, found, view }: Search, by: string): Promise<boolean> {
    return this.#changes.alone(async () => {
      const known = await this.#rows('DELETE FROM search WHERE id = $1 RETURNING query', [id])
      await this.#connection.run('INSERT INTO search VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        from,
        at,
        by,
        query,
        found === undefined ? null : BigInt(found),
        JSON.stringify(view ?? null)
      ])
      await this.#connection.run(`DELETE FROM search WHERE id IN (SELECT s.id FROM search s
        WHERE NOT EXISTS (SELECT 1 FROM search next WHERE next.came_from = s.id)
        ORDER BY s.moment LIMIT greatest(0, (SELECT count(*) FROM search) - ${mostSearches}))`)
      return known[0]?.[0] !== query
    })
  }

  savedQueries(): Promise<readonly SavedQuery[]> {
    return this.#changes.alone(() => this.#saved(''))
  }

  saveQuery(query: NewSavedQuery, by: string, at: Date): Promise<SavedQuery> {
    return this.#changes.alone(async () => {
      const name = query.name.trim()
      if (name === '') throw new AppError('usage', 'What is saved needs a name.')
      const others = await this.#saved('WHERE kind = $1 AND lower(name) = lower($2)', [query.kind, name])
      if (others.some(({ id }) => id !== query.id))
        throw new AppError(
          'usage',
          `There is a saved query called “${name}” already. Choose another name, or delete that one first.`
        )
      const id = query.id ?? crypto.randomUUID()
      await this.#connection.run('DELETE FROM saved_query WHERE id = $1', [id])
      const view = query.view === undefined ? null : JSON.stringify(query.view)
      await this.#connection.run('INSERT INTO saved_query VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        query.kind,
        name,
        query.query,
        view,
        by,
        at.toISOString()
      ])
      const [saved] = await this.#saved('WHERE id = $1', [id])
      return saved as SavedQuery
    })
  }

  removeSavedQuery(id: string): Promise<void> {
    return this.#changes.alone(async () => {
      const removed = await this.#rows('DELETE FROM saved_query WHERE id = $1 RETURNING id', [id])
      if (removed.length === 0) throw new AppError('usage', 'That saved query is not there any more.')
    })
  }

  session(): Promise<unknown> {
    return this.#changes.alone(async () => {
      const [row] = await this.#rows('SELECT value FROM session')
      return row ? JSON.parse(row[0] as string) : null
    })
  }

  keepSession(session: unknown): Promise<void> {
    return this.#changes.alone(async () => {
      await this.#connection.run('DELETE FROM session')
      await this.#connection.run('INSERT INTO session VALUES ($1)', [JSON.stringify(session ?? null)])
    })
  }

  close(): Promise<void> {
    return this.#changes.close()
  }

  async #saved(where: string, values: readonly string[] = []): Promise<readonly SavedQuery[]> {
    const rows = await this.#rows(
      `SELECT id, kind, name, query, view, author, moment FROM saved_query ${where} ORDER BY lower(name), moment`,
      values
    )
    return rows.map(([id, kind, name, query, view, by, at]) => ({
      id: id as string,
      kind: kind as SavedQuery['kind'],
      name: name as string,
      query: query as string,
      ...(view === null ? {} : { view: JSON.parse(view as string) }),
      by: by as string,
      at: at as string
    }))
  }

  async #rows(sql: string, values: readonly string[] = []): Promise<readonly (readonly unknown[])[]> {
    const answer = await this.#connection.runAndReadAll(sql, [...values])
    return answer.getRows()
  }
}
