import type { Filter } from '../../contract/filter'
import { isoTime } from '../../contract/instant'
import type { EventMarks, MarkCounts } from '../../contract/marks'
import { marksInForce } from '../store/marks'
import { filterSql } from './filter-sql'
import { type Run, type SqlRow, statement } from './statement'

/** How many of the events are marked, and with what. The filter is tried on marked events alone. */
export async function markCounts(filter: Filter, run: Run): Promise<MarkCounts> {
  const rows = await run(
    statement(
      (bind) => `WITH marks AS MATERIALIZED (SELECT * FROM ${marksInForce}),
        found AS MATERIALIZED (SELECT rowid AS row FROM entry WHERE rowid IN (SELECT row FROM marks) AND shown AND (${filterSql(filter, bind)}))
        SELECT 'tag' AS kind, text AS tag, count(*) FILTER (row IN (FROM found)) AS n FROM marks WHERE kind = 'tag' GROUP BY text
        UNION ALL SELECT kind, NULL, count(DISTINCT row) FROM marks WHERE kind <> 'tag' AND row IN (FROM found) GROUP BY kind
        UNION ALL SELECT 'any', NULL, count(*) FROM found
        ORDER BY kind, n DESC, tag`
    )
  )
  const counted = (kind: string) => Number(rows.find((row) => row['kind'] === kind)?.['n'] ?? 0)
  return {
    marked: counted('any'),
    starred: counted('star'),
    commented: counted('comment'),
    tags: rows.flatMap((row) => (row['kind'] === 'tag' ? [{ tag: String(row['tag']), count: Number(row['n']) }] : []))
  }
}

/** What is on the records in these rows, in their order. */
export async function marksAnswer(rows: readonly number[], run: Run): Promise<readonly Omit<EventMarks, '_id'>[]> {
  if (rows.length === 0) return []
  const found = await run({
    sql: `SELECT row, kind, text, author, epoch_us(moment) AS moment, change FROM ${marksInForce}
      WHERE row IN (SELECT unnest([${rows.join(', ')}]::BIGINT[])) ORDER BY row, moment, change, lower(text)`,
    values: []
  })
  const by = new Map<unknown, SqlRow[]>()
  for (const one of found) by.set(one['row'], [...(by.get(one['row']) ?? []), one])
  return rows.map((row) => marksFrom(by.get(row) ?? []))
}

function marksFrom(rows: readonly SqlRow[]): Omit<EventMarks, '_id'> {
  const who = (row: SqlRow) => ({ by: String(row['author']), at: isoTime(BigInt(row['moment'] as number)) })
  const of = (kind: string) => rows.filter((row) => row['kind'] === kind)
  const [star] = of('star')
  const tags = of('tag').map((row) => ({ tag: String(row['text']), ...who(row) }))
  return {
    ...(star ? { star: who(star) } : {}),
    tags: tags.sort((a, b) => a.tag.localeCompare(b.tag, 'en')),
    comments: of('comment').map((row) => ({
      comment: row['change'] as number,
      text: String(row['text']),
      ...who(row)
    }))
  }
}
