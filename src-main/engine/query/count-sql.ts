import type { Filter } from '../../contract/filter'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { filterSql } from './filter-sql'
import { type Run, type Statement, statement } from './statement'

type Count = Extract<Query, { select: 'count' }>

/** How many events there are, how many of them have no time, and from when to when (in microseconds) the others are. */
export const countSql = (filter: Filter): Statement =>
  statement(
    (bind) => `SELECT count(*) AS count, count(*) - count("@timestamp") AS undated,
      epoch_us(min("@timestamp")) AS first, epoch_us(max("@timestamp")) AS last
    FROM entry WHERE shown AND (${filterSql(filter, bind)})`
  )

export async function countAnswer({ filter }: Count, run: Run): Promise<AnswerTo<Count>> {
  const [row = {}] = await run(countSql(filter))
  const time = (micros: unknown) => (micros === null ? undefined : isoTime(BigInt(micros as number)))
  const [first, last] = [time(row['first'] ?? null), time(row['last'] ?? null)]
  return {
    count: row['count'] as number,
    undated: row['undated'] as number,
    ...(first ? { first } : {}),
    ...(last ? { last } : {})
  }
}
