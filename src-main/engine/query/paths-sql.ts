import type { AnswerTo, Query, SeenPath } from '../../contract/query'
import { recordPath, type Step } from '../../contract/record-path'
import { filterSql } from './filter-sql'
import { type Run, statement } from './statement'

type Paths = Extract<Query, { select: 'paths' }>

/** Kinds of events whose records are looked at, most frequent first: those of each kind are made alike. */
const mostKinds = 300

/** What records hold: of each kind of event the first and the last are taken apart, for all of them would take minutes. */
export async function pathsAnswer({ filter }: Paths, run: Run): Promise<AnswerTo<Paths>> {
  const rows = await run(
    statement(
      (bind) => `SELECT coalesce(document, raw) AS document FROM entry WHERE rowid IN (
        SELECT unnest([first, last]) FROM (SELECT min(rowid) AS first, max(rowid) AS last, count(*) AS n FROM entry
          WHERE shown AND (${filterSql(filter, bind)}) GROUP BY "event.dataset", "event.action" ORDER BY n DESC, first LIMIT ${mostKinds}))`
    )
  )
  const seen = new Map<string, { example: string; present: number }>()
  for (const { document } of rows)
    for (const [path, value] of leaves(parsed(String(document)))) {
      const known = seen.get(path)
      if (known) known.present++
      else seen.set(path, { example: exampleOf(value), present: 1 })
    }
  const paths = [...seen].map(([path, found]): SeenPath => ({ field: `record.${path}`, ...found }))
  return { paths: paths.sort((x, y) => (x.field < y.field ? -1 : 1)), looked: rows.length }
}

/** Integers beyond what JavaScript holds exactly would be shown with other digits than they have. */
const exampleOf = (value: unknown): string =>
  typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? 'a long number' : String(value).slice(0, 120)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The values of a record with their paths; of a list its first. */
function* leaves(value: unknown, steps: readonly Step[] = []): Generator<[string, unknown]> {
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    if (steps.length > 0) yield [recordPath(steps), value]
  } else if (Array.isArray(value)) yield* leaves(value[0], [...steps, 0])
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...steps, key])
}
