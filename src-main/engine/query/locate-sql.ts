import type { AnswerTo, Query } from '../../contract/query'
import { duckdb } from './dialect'
import { eventAt } from './event-at'
import { beforeSql, listingSql, newestFirst, timeDescends } from './listing-sql'
import { type Run, statement } from './statement'
import { microsOf } from './value-sql'

type Locate = Extract<Query, { select: 'locate' }>

/** How many events of a listing stand before an event of it, or before the first that is as old as a time. */
export async function locateAnswer({ filter, sort = newestFirst, of }: Locate, run: Run): Promise<AnswerTo<Locate>> {
  const listing = { filter, sort }
  if ('time' in of) {
    const [found] = await run(
      statement((bind) => {
        const time = duckdb.instant(bind(microsOf(of.time)))
        return `SELECT count(*) AS n FROM ${listingSql(listing, bind)} WHERE t ${timeDescends(sort) ? '>' : '<'} ${time}`
      })
    )
    return { at: found?.['n'] as number }
  }
  const { row } = await eventAt(of.event, run)
  const [found] = await run(
    statement(
      (bind) => `WITH listing AS (SELECT * FROM ${listingSql(listing, bind)}),
        it AS MATERIALIZED (SELECT * FROM listing WHERE row = ${bind(BigInt(row))})
        SELECT (SELECT count(*) FROM it) AS own, count(*) FILTER (${beforeSql(sort)}) AS n FROM listing`
    )
  )
  return { at: found?.['own'] === 1 ? (found['n'] as number) : null }
}
