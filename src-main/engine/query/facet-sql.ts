import { type Field, fieldInfo, type Value } from '../../contract/event'
import type { AnswerTo, Facet, Query } from '../../contract/query'
import { identifier } from '../store/sql'
import { filterSql } from './filter-sql'
import { groupsAnswer } from './group-sql'
import { placeColumn } from './place-sql'
import { type Run, type Statement, statement } from './statement'

type Facets = Extract<Query, { select: 'facets' }>

/** Counted together with the others in one pass over the events; a list holds several values, so it is counted by itself. */
const together = (field: Field) => !placeColumn(field) && fieldInfo(field).type !== 'list' && field !== '@timestamp'

/** Places are counted by address first. */
const counted = (field: Field): Field => (placeColumn(field) ? 'source.ip' : field)

export async function facetsAnswer(query: Facets, run: Run): Promise<AnswerTo<Facets>> {
  const joint = query.by.filter((field) => together(field) || placeColumn(field))
  const alone = query.by.filter((field) => !joint.includes(field))
  const rows = await run(facetsSql({ ...query, by: joint }))
  const total = (rows.find((row) => row['facet'] === -1)?.['n'] as number | undefined) ?? 0
  const facets = new Map<Field, Facet>()
  for (const [index, field] of joint.entries()) {
    const own = rows.filter((row) => row['facet'] === index)
    const values = own.filter((row) => row['value'] !== null)
    // Two rows without a value: of the events without the field, and of those with it.
    const absent = own.find((row) => row['value'] === null && row['distinct'] === -1)
    const present = own.find((row) => row['value'] === null && row['distinct'] !== -1)
    facets.set(field, {
      field,
      values: values.map((row) => ({ value: typedValue(field, String(row['value'])), count: row['n'] as number })),
      absent: (absent?.['n'] as number | undefined) ?? 0,
      rest: ((present?.['n'] as number | undefined) ?? 0) - values.reduce((sum, row) => sum + (row['n'] as number), 0),
      distinct: (present?.['distinct'] as number | undefined) ?? 0
    })
  }
  for (const field of alone) facets.set(field, await facetAlone(query, field, run))
  return { total, facets: query.by.map((field) => facets.get(field) as Facet) }
}

function typedValue(field: Field, value: string): Value {
  const { type } = fieldInfo(field)
  return type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value
}

/** Every field's values in one pass: the filter, which costs most, is tried once. */
export function facetsSql({ filter, by, limit }: Facets): Statement {
  return statement((bind) => {
    const fields = [...new Set(by.map(counted))]
    const columns = fields.map(identifier)
    const condition = `shown AND (${filterSql(filter, bind)})`
    const sets = [...columns.map((column) => `(${column})`), '()'].join(', ')
    const all = `SELECT ${columns.map((column, index) => `${column} AS c${index}, grouping(${column}) AS g${index}, `).join('')}count(*) AS n
      FROM entry WHERE ${condition} GROUP BY GROUPING SETS (${sets})`
    const facets = by.map((field, index) => {
      const at = fields.indexOf(counted(field))
      const place = placeColumn(field)
      const own = place
        ? `SELECT CAST(${place} AS VARCHAR) AS value, sum(n)::BIGINT AS n FROM counted LEFT JOIN place ON ip = c${at} WHERE g${at} = 0 GROUP BY 1`
        : `SELECT CAST(c${at} AS VARCHAR) AS value, n FROM counted WHERE g${at} = 0`
      const part = (columns: string, rest = '') =>
        `SELECT ${index} AS facet, ${columns} FROM (${own}) WHERE value ${rest}`
      return `(${part('value, n, 0 AS "distinct"', `IS NOT NULL ORDER BY n DESC, value LIMIT ${bind(BigInt(limit))}`)})
        UNION ALL ${part(`NULL, coalesce(sum(n), 0)::BIGINT, -1`, 'IS NULL')}
        UNION ALL ${part('NULL, coalesce(sum(n), 0)::BIGINT, count(*)', 'IS NOT NULL')}`
    })
    const none = columns.map((_, index) => `g${index} = 1`).join(' AND ') || 'TRUE'
    return `WITH counted AS MATERIALIZED (${all})
      SELECT -1 AS facet, NULL::VARCHAR AS value, n, 0 AS "distinct" FROM counted WHERE ${none}
      ${facets.map((facet) => `UNION ALL ${facet}`).join('\n')} ORDER BY facet, n DESC, value`
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
        `SELECT count(*) AS n FROM entry WHERE shown AND (${filterSql(filter, bind)}) AND (${identifier(field)} IS NULL${list})`
    )
  )
  return row?.['n'] as number
}
