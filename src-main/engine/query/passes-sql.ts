import type { Filter } from '../../contract/filter'
import { filterSql } from './filter-sql'
import { type Run, type Statement, statement } from './statement'

/** Which of the filters, by their place, the event in a row passes. */
const passesSql = (row: number, filters: readonly Filter[]): Statement =>
  statement((bind) => {
    const at = bind(BigInt(row))
    return filters
      .map(
        (filter, place) => `SELECT ${place} AS place FROM entry WHERE rowid = ${at} AND (${filterSql(filter, bind)})`
      )
      .join(' UNION ALL ')
  })

export async function passesAnswer(row: number, filters: readonly Filter[], run: Run): Promise<readonly boolean[]> {
  if (filters.length === 0) return []
  const passed = new Set((await run(passesSql(row, filters))).map(({ place }) => place))
  return filters.map((_, place) => passed.has(place))
}
