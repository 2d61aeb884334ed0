import { filterOf, printFilter } from '../../src-main/contract/query-text'
import type { Search } from '../../src-main/contract/workspace'

/** One line of the history of searches. */
export interface SearchRow {
  /** null: every event, where all began. */
  readonly search: Search | null
  /** How many branches deep it stands: a chain of searches goes straight down. */
  readonly depth: number
  /** What was added to the search before, and what was taken away. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** The tree of searches as lines: under each what was made of it, its newest branch going straight on, older ones set in. */
export function searchRows(searches: readonly Search[]): readonly SearchRow[] {
  const known = new Set(searches.map(({ id }) => id))
  const under = new Map<string | null, Search[]>()
  for (const search of searches) {
    // One whose search before is no longer kept stands on its own.
    const from = search.from !== null && known.has(search.from) ? search.from : null
    under.set(from, [...(under.get(from) ?? []), search])
  }
  const rows: SearchRow[] = []
  const walk = (search: Search | null, before: readonly string[], depth: number): void => {
    const parts = search ? partsOf(search.query) : []
    rows.push({
      search,
      depth,
      added: parts.filter((part) => !before.includes(part)),
      removed: before.filter((part) => !parts.includes(part))
    })
    const branches = under.get(search?.id ?? null) ?? []
    for (const [at, branch] of branches.entries()) walk(branch, parts, depth + (at < branches.length - 1 ? 1 : 0))
  }
  walk(null, [], 0)
  return rows
}

/** What has to hold all at once, each as query text. */
function partsOf(query: string): readonly string[] {
  try {
    const filter = filterOf(query)
    return filter.kind === 'and' ? filter.of.map((part) => printFilter(part)) : [query]
  } catch {
    // Written by another version.
    return [query]
  }
}
