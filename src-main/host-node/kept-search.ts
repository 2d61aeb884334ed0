import { randomUUID } from 'node:crypto'
import type { Filter } from '../contract/filter'
import { printFilter } from '../contract/query-text'
import type { Engine } from '../contract/rpc'

/** Keeps what was asked in the history of the case, and in its chain of custody, like a search in the window. */
export async function keepSearch(engine: Engine, filter: Filter, found: number): Promise<void> {
  const query = printFilter(filter)
  if (query === '') return
  await engine.keepSearch({ id: randomUUID(), from: null, at: new Date().toISOString(), query, found, view: null })
}
