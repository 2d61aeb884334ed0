import { type AnyField, fieldInfo, isField, type Value } from '../../contract/event'
import type { AnswerTo, Facet, Query } from '../../contract/query'
import { filterSql } from './filter-sql'
import { countedSql, countedValue, matchingSql, together } from './grouping-sql'
import { entryWith } from './rebuilt-sql'
import { type Run, type SqlRow, type Statement, statement } from './statement'

type Facets = Extract<Query, { select: 'facets' }>

/** Its values are not one an event, so they do not add up to all events. */
const several = (field: AnyField) => !isField(field) || fieldInfo(field).type === 'list'

export async function facetsAnswer(query: Facets, run: Run): Promise<AnswerTo<Facets>> {
  const by = [...new Set(query.by)]
  const joint = by.filter(together)
  const alone = by.filter((field) => !together(field))
  const facets = new Map<AnyField, Facet>()
  let total: number | undefined
  const ask = async (fields: readonly AnyField[]) => {
    const rows = await run(facetsSql({ ...query, by: fields }))
    for (const [index, field] of fields.entries()) facets.set(field, facetOf(field, index, rows))
    return rows.find((row) => row['value'] === null && row['facet'] === 0)?.['all'] as number | undefined
  }
  if (joint.length > 0 || alone.every(several)) total = (await ask(joint)) ?? 0
  for (const field of alone) {
    const events = (await ask([field])) ?? 0
    if (!several(field)) total ??= events
  }
  return { total: total ?? 0, facets: query.by.map((field) => facets.get(field) as Facet) }
}

/** A facet from the rows of its place: the one without a value sums it up. */
function facetOf(field: AnyField, index: number, rows: readonly SqlRow[]): Facet {
  const own = rows.filter((row) => row['facet'] === index)
  const sums = own.find((row) => row['value'] === null)
  const values = own
    .filter((row) => row['value'] !== null)
    .map((row) => ({ value: countedValue(field, row['value']) as Value, count: row['n'] as number }))
  const listed = values.reduce((sum, { count }) => sum + count, 0)
  return {
    field,
    values,
    absent: (sums?.['absent'] as number | undefined) ?? 0,
    rest: ((sums?.['n'] as number | undefined) ?? 0) - listed,
    distinct: (sums?.['distinct'] as number | undefined) ?? 0
  }
}

/**
 * Of each facet, by its place in `by`, the most frequent values, and a row without a value that sums it up: events with a value that
 * was asked for, without any, and all.
 */
export function facetsSql({ filter, by, limit, matching }: Facets): Statement {
  return statement((bind) => {
    const events = `(FROM ${entryWith(by)} WHERE shown AND (${filterSql(filter, bind)}))`
    const counted = countedSql(by, events, { n: 'count(*)' }, bind)
    const wanted = `value IS NOT NULL${matching ? ` AND (${matchingSql(by, matching, bind)})` : ''}`
    // What is bound must be used.
    const most = by.length > 0 ? bind(BigInt(limit)) : ''
    const tops = by.map(
      (_, index) => `UNION ALL (SELECT facet, value, n, 0, 0, 0 FROM counted
        WHERE facet = ${index} AND ${wanted} ORDER BY n DESC, value LIMIT ${most})`
    )
    return `WITH ${counted}
      SELECT facet, NULL::VARCHAR AS value, coalesce(sum(n) FILTER (wanted), 0)::BIGINT AS n,
        coalesce(sum(n) FILTER (value IS NULL), 0)::BIGINT AS absent, count(*) FILTER (wanted) AS "distinct", sum(n)::BIGINT AS "all"
      FROM (SELECT *, ${wanted} AS wanted FROM counted) GROUP BY facet
      ${tops.join('\n')} ORDER BY facet, n DESC, value`
  })
}
