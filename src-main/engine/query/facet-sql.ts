import { type Field, fieldInfo, type Value } from '../../contract/event'
import type { AnswerTo, Facet, Query } from '../../contract/query'
import { identifier } from '../store/sql'
import { filterSql } from './filter-sql'
import { groupsAnswer } from './group-sql'
import { placeColumn } from './place-sql'
import { entryWith } from './rebuilt-sql'
import { type Run, type Statement, statement } from './statement'

type Facets = Extract<Query, { select: 'facets' }>

/** Where an event has no address, what its log has in its place: a host, a service name. */
const columnSql = (field: Field): string =>
  field === 'source.ip' ? 'coalesce("source.ip", "source.address")' : identifier(field)

/** Counted together with the others in one pass over the events; a list holds several values, so it is counted by itself. */
const together = (field: Field) => !placeColumn(field) && fieldInfo(field).type !== 'list' && field !== '@timestamp'

/** Places are counted by address first. */
const counted = (field: Field): Field => (placeColumn(field) ? 'source.ip' : field)

export async function facetsAnswer(query: Facets, run: Run): Promise<AnswerTo<Facets>> {
  const by = [...new Set(query.by)]
  const joint = by.filter((field) => together(field) || placeColumn(field))
  const rows = await run(facetsSql({ ...query, by: joint }))
  const sumsOf = (facet: number) => rows.find((row) => row['facet'] === facet && row['value'] === null)
  const facets = new Map<Field, Facet>()
  for (const [index, field] of joint.entries()) {
    const values = rows.filter((row) => row['facet'] === index && row['value'] !== null)
    const sums = sumsOf(index)
    const absent = (sums?.['absent'] as number | undefined) ?? 0
    const listed = values.reduce((sum, row) => sum + (row['n'] as number), 0)
    facets.set(field, {
      field,
      values: values.map((row) => ({ value: typedValue(field, String(row['value'])), count: row['n'] as number })),
      absent,
      rest: ((sums?.['n'] as number | undefined) ?? 0) - absent - listed,
      distinct: (sums?.['distinct'] as number | undefined) ?? 0
    })
  }
  for (const field of by) if (!facets.has(field)) facets.set(field, await facetAlone(query, field, run))
  const total = (sumsOf(joint.length)?.['n'] as number | undefined) ?? 0
  return { total, facets: query.by.map((field) => facets.get(field) as Facet) }
}

function typedValue(field: Field, value: string): Value {
  const { type } = fieldInfo(field)
  return type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value
}

/**
 * Every field's values in one pass: the filter, which costs most, is tried once. Of each facet, by its place in `by`, the most
 * frequent values and a row without a value that sums it up; the last facet is all events.
 */
export function facetsSql({ filter, by, limit }: Facets): Statement {
  return statement((bind) => {
    const columns = [...new Set(by.map(counted))]
    // Which facet and which value in one column each: the groups of addresses and names are many, and read several times.
    const facet = columns.map((field) => `WHEN grouping(${columnSql(field)}) = 0 THEN ${by.indexOf(field)}`)
    const value = columns.map((field) => `CAST(${columnSql(field)} AS VARCHAR)`)
    const sets = [...columns.map((field) => `(${columnSql(field)})`), '()'].join(', ')
    const which = facet.length > 0 ? `CASE ${facet.join(' ')} ELSE ${by.length} END` : '0'
    const groups = `SELECT ${which} AS facet, coalesce(${['NULL::VARCHAR', ...value].join(', ')}) AS value, count(*) AS n
      FROM ${entryWith(by)} WHERE shown AND (${filterSql(filter, bind)}) GROUP BY GROUPING SETS (${sets})`
    const placed = by.flatMap((field, index) => {
      const place = placeColumn(field)
      // Addresses that are counted for their places alone are at -1.
      return place
        ? [
            `SELECT ${index} AS facet, CAST(${place} AS VARCHAR) AS value, sum(n)::BIGINT AS n
              FROM groups LEFT JOIN place ON ip = value WHERE facet = ${by.indexOf('source.ip')} GROUP BY 2`
          ]
        : []
    })
    // What is bound must be used.
    const most = by.length > 0 ? bind(BigInt(limit)) : ''
    const tops = by.map(
      (field, index) => `UNION ALL (SELECT *, 0, 0 FROM ${placeColumn(field) ? 'placed' : 'groups'}
        WHERE facet = ${index} AND value IS NOT NULL ORDER BY n DESC, value LIMIT ${most})`
    )
    const none = 'SELECT * FROM groups WHERE FALSE'
    return `WITH groups AS MATERIALIZED (${groups}), placed AS MATERIALIZED (${placed.join(' UNION ALL ') || none})
      SELECT facet, NULL::VARCHAR AS value, sum(n)::BIGINT AS n, coalesce(sum(n) FILTER (value IS NULL), 0)::BIGINT AS absent,
        count(value) AS "distinct" FROM (FROM groups UNION ALL FROM placed) GROUP BY facet
      ${tops.join('\n')} ORDER BY facet, n DESC, value`
  })
}

async function facetAlone({ filter, limit }: Facets, field: Field, run: Run): Promise<Facet> {
  const asked = { select: 'groups', filter, by: [field], limit: limit + 1 } as const
  const { groups, rest, distinct } = await groupsAnswer(asked, run)
  const present = groups.filter(({ key }) => key[0] !== null)
  const values = present.slice(0, limit).map(({ key, count }) => ({ value: key[0] as Value, count }))
  const listed = groups.find(({ key }) => key[0] === null)
  const absent = listed ? listed.count : await absentOf(field, filter, run)
  const beyond = rest - (listed ? 0 : absent) + present.slice(limit).reduce((sum, { count }) => sum + count, 0)
  return { field, values, absent, rest: beyond, distinct: distinct - (absent > 0 ? 1 : 0) }
}

async function absentOf(field: Field, filter: Facets['filter'], run: Run): Promise<number> {
  const list = fieldInfo(field).type === 'list' ? ` OR len(${identifier(field)}) = 0` : ''
  const [row] = await run(
    statement(
      (bind) =>
        `SELECT count(*) AS n FROM ${entryWith([field])} WHERE shown AND (${filterSql(filter, bind)}) AND (${identifier(field)} IS NULL${list})`
    )
  )
  return row?.['n'] as number
}
