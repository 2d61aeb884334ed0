import type { AnswerTo, Query } from '../../contract/query'
import { besideSql, type EventAt, eventAt, inTime } from './event-at'
import type { Bind } from './field-sql'
import { filterSql } from './filter-sql'
import { type Run, statement } from './statement'

type Step = Extract<Query, { select: 'step' }>
type Positions = Extract<Query, { select: 'positions' }>

const idSql = `(SELECT substr(sha256, 1, 12) || '-' || (row - first_row + 1) FROM evidence
  WHERE row >= first_row AND row < first_row + records)`

/** The event that comes next, or came before, among those that pass the filter. */
export async function stepAnswer(query: Step, run: Run): Promise<AnswerTo<Step>> {
  const { event, filter, forward } = query
  const at = event === undefined ? null : await eventAt(event, run)
  const nearest = (condition: (bind: Bind) => string) =>
    run(
      statement(
        (bind) => `SELECT ${idSql} AS _id FROM (SELECT rowid AS row FROM entry
          WHERE shown AND ${condition(bind)} AND (${filterSql(filter, bind)}) ORDER BY ${inTime(forward)} LIMIT 1)`
      )
    )
  for (const condition of conditions(at, forward)) {
    const [found] = await nearest(condition)
    if (found) return { event: String(found['_id']) }
  }
  return { event: null }
}

/** Where to look, one after the other: by time alone, rows that lie too early or too late are not even read. */
function conditions(at: EventAt | null, forward: boolean): readonly ((bind: Bind) => string)[] {
  const [dated, undated] = [() => '"@timestamp" IS NOT NULL', () => '"@timestamp" IS NULL']
  if (!at) return forward ? [dated, undated] : [undated, dated]
  const beside = (bind: Bind) => besideSql(at, forward, bind)
  if (at.time === null) return forward ? [beside] : [(bind) => `"@timestamp" IS NULL AND ${beside(bind)}`, dated]
  if (!forward) return [beside]
  const time = (bind: Bind) => `make_timestamp(${bind(at.time as bigint)}::BIGINT)`
  return [(bind) => `"@timestamp" >= ${time(bind)} AND ${beside(bind)}`, undated]
}

/** Where the event stands among those that pass each of the filters, itself counted wherever it passes. */
export async function positionsAnswer({ event, of }: Positions, run: Run): Promise<AnswerTo<Positions>> {
  const at = await eventAt(event, run)
  if (of.length === 0) return { positions: [] }
  const rows = await run(
    statement((bind) => {
      const before = besideSql(at, false, bind)
      return of
        .map(
          (filter, place) => `SELECT ${place} AS place, count(*) AS total, count(*) FILTER (${before}) AS before,
            count(*) FILTER (rowid = ${bind(BigInt(at.row))}) AS own
            FROM entry WHERE shown AND (${filterSql(filter, bind)})`
        )
        .join(' UNION ALL ')
    })
  )
  const byPlace = new Map(rows.map((row) => [row['place'] as number, row]))
  return {
    positions: of.map((_, place) => {
      const row = byPlace.get(place) ?? {}
      const [total, before, own] = ['total', 'before', 'own'].map((name) => (row[name] as number | undefined) ?? 0)
      return { before: before ?? 0, total: total ?? 0, among: own === 1 }
    })
  }
}
