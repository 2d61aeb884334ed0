import type { Filter } from '../../contract/filter'
import type { Bind } from './field-sql'

/** The events of these ids, wherever their files stand in the case; an id of another case is that of none. */
export function eventsSql({ ids }: Extract<Filter, { kind: 'events' }>, bind: Bind): string {
  // As one text: ten thousand parameters would take longer than the search.
  const asked = `SELECT split_part(id, '-', 1) AS hash, TRY_CAST(split_part(id, '-', 2) AS BIGINT) AS number
    FROM (SELECT unnest(string_split(${bind(ids.join(' '))}, ' ')) AS id)`
  return `rowid IN (SELECT v.first_row + i.number - 1 FROM (${asked}) i
    JOIN evidence v ON starts_with(v.sha256, i.hash) WHERE length(i.hash) >= 4 AND i.number BETWEEN 1 AND v.records)`
}
