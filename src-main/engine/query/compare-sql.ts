import {
  type ChangeKind,
  type Compare,
  type Comparison,
  changeKinds,
  type FieldComparison
} from '../../contract/compare'
import type { AnyField } from '../../contract/event'
import type { Extent } from '../../contract/extent'
import { allOf, type Filter } from '../../contract/filter'
import { isoTime } from '../../contract/instant'
import { barsAnswer, type Span } from './compare-bars-sql'
import type { Bind } from './field-sql'
import { filterSql } from './filter-sql'
import { countedSql, countedValue, together } from './grouping-sql'
import { entryWith } from './rebuilt-sql'
import { type Run, type SqlRow, type Statement, statement } from './statement'

const parts = (filter: Filter): readonly Filter[] => (filter.kind === 'and' ? filter.of : [filter])

/** The events of either set, each with whether it is `in_a` and `in_b`. What both filters ask for is tried once. */
function eventsSql({ a, b }: Pick<Compare, 'a' | 'b'>, by: readonly AnyField[], bind: Bind): string {
  const texts = (filter: Filter) => parts(filter).map((part) => JSON.stringify(part))
  const [inA, inB] = [new Set(texts(a)), new Set(texts(b))]
  const shared = parts(a).filter((part) => inB.has(JSON.stringify(part)))
  const [onlyA, onlyB] = [
    parts(a).filter((part) => !inB.has(JSON.stringify(part))),
    parts(b).filter((part) => !inA.has(JSON.stringify(part)))
  ].map((of) => filterSql(allOf(...of), bind)) as [string, string]
  return `(SELECT *, (${onlyA}) IS TRUE AS in_a, (${onlyB}) IS TRUE AS in_b FROM ${entryWith(by)}
    WHERE shown AND (${filterSql(allOf(...shared), bind)}) AND ((${onlyA}) OR (${onlyB})))`
}

/** How many events are in each, without a time, and from when to when (in microseconds). */
const extentsSql = (query: Compare): Statement =>
  statement(
    (bind) =>
      `SELECT count(*) FILTER (in_a AND in_b) AS both, ${['a', 'b'].map((side) => {
        const of = (what: string) => `${what} FILTER (in_${side})`
        return `${of('count(*)')} AS count_${side}, ${of('count(*)')} - ${of('count("@timestamp")')} AS undated_${side},
        epoch_us(${of('min("@timestamp")')}) AS first_${side}, epoch_us(${of('max("@timestamp")')}) AS last_${side}`
      })} FROM ${eventsSql(query, [], bind)}`
  )

/** What became of a value: of the same share in all events of each it is the same. */
const kindSql = (totalA: string, totalB: string): string =>
  `CASE WHEN a = 0 THEN 'new' WHEN b = 0 THEN 'gone' WHEN b::HUGEINT * ${totalA} > a::HUGEINT * ${totalB} THEN 'up'
    WHEN b::HUGEINT * ${totalA} < a::HUGEINT * ${totalB} THEN 'down' ELSE 'same' END`

/**
 * How far a value's two shares lie apart, measured by what chance would do to a value as frequent as this (the test of two
 * proportions): so neither every value seen once comes first, nor every frequent one that moved a little.
 */
const tellingSql = (totalA: string, totalB: string): string =>
  `abs(b / greatest(1, ${totalB}) - a / greatest(1, ${totalA})) / sqrt(greatest(1e-30,
    (a + b) / (${totalA} + ${totalB}) * greatest(1.0 / (${totalA} + ${totalB}), 1 - (a + b) / (${totalA} + ${totalB}))))`

const orders = { change: 'telling DESC, a + b DESC', a: 'a DESC, b DESC', b: 'b DESC, a DESC' } as const

/** Of each field, by its place in `by`: a row without a value that counts each kind and the values asked for, then the first of these. */
export function comparedSql(query: Compare, totals: readonly [number, number], by: readonly AnyField[]): Statement {
  return statement((bind) => {
    const { limit, only, order = 'change' } = query
    const [totalA, totalB] = totals.map((total) => `${Math.round(total)}::BIGINT`) as [string, string]
    const measures = { a: 'count(*) FILTER (in_a)', b: 'count(*) FILTER (in_b)' }
    const counted = countedSql(by, eventsSql(query, by, bind), measures, bind)
    const wanted = only ? `kind = ${bind(only)}` : 'TRUE'
    const most = bind(BigInt(limit))
    const kinds = changeKinds.map((kind) => `count(*) FILTER (kind = '${kind}') AS "${kind}"`)
    const tops = by.map(
      (_, index) => `UNION ALL (SELECT facet, FALSE, value, kind, a, b, 0${', 0'.repeat(changeKinds.length)} FROM told
        WHERE facet = ${index} AND (${wanted}) ORDER BY ${orders[order]}, value LIMIT ${most})`
    )
    return `WITH ${counted}, told AS MATERIALIZED (SELECT *, ${kindSql(totalA, totalB)} AS kind, ${tellingSql(totalA, totalB)} AS telling
        FROM counted WHERE facet BETWEEN 0 AND ${by.length - 1} AND a + b > 0)
      SELECT facet, TRUE AS sums, NULL::VARCHAR AS value, NULL::VARCHAR AS kind, coalesce(sum(a) FILTER (${wanted}), 0)::BIGINT AS a,
        coalesce(sum(b) FILTER (${wanted}), 0)::BIGINT AS b, count(*) FILTER (${wanted}) AS found, ${kinds.join(', ')}
      FROM told GROUP BY facet ${tops.join('\n')}`
  })
}

/** What differs between two sets of events, in each field. */
export async function compareAnswer(query: Compare, run: Run): Promise<Comparison> {
  const [sums = {}] = await run(extentsSql(query))
  const [a, b] = [extentOf(sums, 'a'), extentOf(sums, 'b')]
  const by = [...new Set(query.by)]
  const joint = by.filter(together)
  const fields = new Map<AnyField, FieldComparison>()
  for (const asked of [joint, ...by.filter((field) => !together(field)).map((field) => [field])]) {
    if (asked.length === 0) continue
    const rows = await run(comparedSql(query, [a.count, b.count], asked))
    for (const [index, field] of asked.entries())
      fields.set(
        field,
        fieldOf(
          field,
          rows.filter((row) => row['facet'] === index)
        )
      )
  }
  const bars = await barsAnswer(query, [spanOf(sums, 'a'), spanOf(sums, 'b')], run)
  return {
    a,
    b,
    both: sums['both'] as number,
    fields: query.by.map((field) => fields.get(field) as FieldComparison),
    bars
  }
}

function fieldOf(field: AnyField, rows: readonly SqlRow[]): FieldComparison {
  const values = rows
    .filter((row) => !row['sums'])
    .map((row) => ({
      value: countedValue(field, row['value']),
      a: row['a'] as number,
      b: row['b'] as number,
      kind: row['kind'] as ChangeKind
    }))
  const sums = rows.find((row) => row['sums']) ?? {}
  const sumOf = (name: string) => (sums[name] as number | undefined) ?? 0
  const listed = (side: 'a' | 'b') => values.reduce((sum, value) => sum + value[side], 0)
  return {
    field,
    values,
    kinds: Object.fromEntries(changeKinds.map((kind) => [kind, sumOf(kind)])) as Record<ChangeKind, number>,
    rest: { values: sumOf('found') - values.length, a: sumOf('a') - listed('a'), b: sumOf('b') - listed('b') }
  }
}

function extentOf(sums: SqlRow, side: 'a' | 'b'): Extent {
  const span = spanOf(sums, side)
  return {
    count: sums[`count_${side}`] as number,
    undated: sums[`undated_${side}`] as number,
    ...(span && { first: isoTime(BigInt(span.first)), last: isoTime(BigInt(span.last)) })
  }
}

function spanOf(sums: SqlRow, side: 'a' | 'b'): Span | undefined {
  const [first, last] = [sums[`first_${side}`] ?? null, sums[`last_${side}`] ?? null]
  return first === null || last === null ? undefined : { first: first as number, last: last as number }
}
