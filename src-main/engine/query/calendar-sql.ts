import type { AnswerTo, Query } from '../../contract/query'
import { zoneNamed } from '../../contract/zone'
import { duckdb } from './dialect'
import { filterSql } from './filter-sql'
import { type Run, type Statement, statement } from './statement'
import { quarter, quarterTime } from './time-sql'

type Calendar = Extract<Query, { select: 'calendar' }>

/** Converting to a zone is slow: events are counted by quarter of an hour, which every zone keeps to, and those converted. */
export function calendarSql({ filter, zone }: Calendar): Statement {
  return statement((bind) => {
    const local = duckdb.local(quarterTime('q'), bind(zoneNamed(zone)))
    return `WITH quarters AS MATERIALIZED (SELECT ${quarter()} AS q, count(*) AS n FROM entry WHERE shown AND (${filterSql(filter, bind)}) GROUP BY 1 ORDER BY 1)
      SELECT ${duckdb.weekday('local')} AS weekday, ${duckdb.hour('local')} AS hour, sum(n)::BIGINT AS n
      FROM (SELECT CASE WHEN q IS NOT NULL THEN ${local} END AS local, n FROM quarters) GROUP BY ALL ORDER BY weekday, hour`
  })
}

export async function calendarAnswer(query: Calendar, run: Run): Promise<AnswerTo<Calendar>> {
  const rows = await run(calendarSql(query))
  const [dated, undated] = [rows.filter((row) => row['weekday'] !== null), rows.find((row) => row['weekday'] === null)]
  return {
    cells: dated.map((row) => ({
      weekday: row['weekday'] as number,
      hour: row['hour'] as number,
      count: row['n'] as number
    })),
    undated: (undated?.['n'] as number | undefined) ?? 0
  }
}
