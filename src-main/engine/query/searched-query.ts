import type { Filter } from '../../contract/filter'
import type { Query, Searched } from '../../contract/query'
import type { Resolved } from './record-searches'

const isFilter = (part: unknown): part is Filter => typeof part === 'object' && part !== null && 'kind' in part

/** The query with its filters resolved, and how far records have been looked through for them where that is not to the end. */
export async function resolveQuery<Q extends Query>(
  query: Q,
  resolve: (filter: Filter) => Promise<Resolved>
): Promise<{ readonly query: Q; readonly searched?: Searched }> {
  // Of the few rows around an event, what they hold is seen at once.
  if (query.select === 'context') return { query }
  let searched: Searched | undefined
  const parts: [string, unknown][] = []
  for (const [name, part] of Object.entries(query)) {
    const resolved = isFilter(part) ? await resolve(part) : undefined
    parts.push([name, resolved?.filter ?? part])
    if (resolved?.searched)
      searched = {
        records: (searched?.records ?? 0) + resolved.searched.records,
        of: (searched?.of ?? 0) + resolved.searched.of
      }
  }
  return { query: Object.fromEntries(parts) as unknown as Q, ...(searched && { searched }) }
}
