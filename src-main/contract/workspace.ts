import type { MarkedBy } from './marks'

/** One filter that was in force, and the one it was changed from: together they are the tree of what was searched. */
export interface Search {
  readonly id: string
  /** null: where a search began from every event. */
  readonly from: string | null
  /** When, ISO 8601 in UTC. */
  readonly at: string
  /** The whole filter as query text, times in UTC. */
  readonly query: string
  /** How many events it found; absent where it was left before that was known. */
  readonly found?: number
  /** How it was put together, as the window has it. */
  readonly view: unknown
}

/** A query to come back to: a filter, or a statement of SQL. */
export interface SavedQuery extends MarkedBy {
  readonly id: string
  readonly kind: 'search' | 'sql'
  readonly name: string
  /** Query text, times in UTC; or SQL. */
  readonly query: string
  /** How it was looked at, as the window has it: columns, their order and colours. */
  readonly view?: unknown
}

/** `id`: in place of that one. */
export type NewSavedQuery = Pick<SavedQuery, 'kind' | 'name' | 'query' | 'view'> & { readonly id?: string }
