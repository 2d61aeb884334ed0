import type { Value } from '../../contract/event'
import type { AnswerTo, Query } from '../../contract/query'
import { type Bars, barAt, barsOver } from './bars'
import { duckdb } from './dialect'
import { filterSql } from './filter-sql'
import { groupKey, groupValue } from './group-sql'
import { type Run, type Statement, statement } from './statement'
import { checkedZone, quarter, quarterTime, stretch, yearOne } from './time-sql'

type TimelineQuery = Extract<Query, { select: 'timeline' }>
type Timeline = AnswerTo<TimelineQuery>

const parts = { '1d': 'day', '1w': 'week', '1M': 'month', '1y': 'year' } as const

/** From when to when, to choose the bars by. */
const extentSql = ({ filter }: TimelineQuery): Statement =>
  statement(
    (bind) => `SELECT epoch_ms(min("@timestamp")) AS first, epoch_ms(max("@timestamp")) AS last,
      count(*) - count("@timestamp") AS undated FROM entry WHERE shown AND (${filterSql(filter, bind)})`
  )

/** Events by bar, and by the most frequent values of a field: `bar` is the time that clocks show where it starts. */
export function timelineSql({ filter, zone, by, limit = 10 }: TimelineQuery, bars: Bars): Statement {
  return statement((bind) => {
    const key = by && groupKey(by, 'k', bind)
    const width = bars.width === undefined ? undefined : BigInt(bars.width) * 1_000n
    const part = parts[bars.every as keyof typeof parts]
    const local = () => (zone === 'UTC' ? quarterTime('q') : duckdb.local(quarterTime('q'), bind(checkedZone(zone))))
    // Whole milliseconds, as JavaScript has them.
    const bar = width ? `(q * ${width} - ${yearOne}) // 1000` : `epoch_ms(date_trunc('${part}', ${local()}))`
    const columns = [`${width ? stretch(width) : quarter()} AS q`, ...(key?.columns ?? [])]
    const counted = `SELECT COLUMNS(*), count(*) AS n FROM (SELECT ${columns.join(', ')} FROM entry
      WHERE shown AND "@timestamp" IS NOT NULL AND (${filterSql(filter, bind)})) GROUP BY ALL${width ? '' : ' ORDER BY q'}`
    const places = key?.columns.includes('"source.ip" AS address') ? 'LEFT JOIN place ON ip = address' : ''
    if (!key) return `SELECT ${bar} AS bar, sum(n)::BIGINT AS n FROM (${counted}) GROUP BY 1`
    return `WITH bars AS MATERIALIZED (SELECT ${bar} AS bar, ${key.value} AS v, sum(n)::BIGINT AS n FROM (${counted}) ${places} GROUP BY ALL),
      top AS MATERIALIZED (SELECT v, sum(n) AS total FROM bars WHERE v IS NOT NULL GROUP BY v ORDER BY total DESC, v LIMIT ${bind(BigInt(limit))})
      SELECT bar, top.v AS v, top.v IS NULL AND bars.v IS NOT NULL AS others, coalesce(any_value(total), 0)::BIGINT AS total, sum(n)::BIGINT AS n
      FROM bars LEFT JOIN top ON top.v = bars.v GROUP BY ALL ORDER BY total DESC, v, others`
  })
}

export async function timelineAnswer(query: TimelineQuery, run: Run): Promise<Timeline> {
  const zone = checkedZone(query.zone)
  const [extent] = await run(extentSql(query))
  const undated = extent?.['undated'] as number
  const first = (extent?.['first'] ?? null) as number | null
  if (first === null) return { every: query.every ?? '1h', zone, series: [], starts: [], end: 0, undated }
  const bars = barsOver(first, extent?.['last'] as number, zone, query.every, query.bins ?? 100)
  const series = new Map<string, { key: Value | null; others?: true; counts: number[] }>()
  for (const row of await run(timelineSql(query, bars))) {
    const others = row['others'] === true
    const key = query.by ? groupValue(query.by, row['v']) : null
    const name = others ? 'others' : JSON.stringify(key)
    const one = series.get(name) ?? { key, ...(others ? { others } : {}), counts: bars.starts.map(() => 0) }
    const at = barAt(bars, row['bar'] as number)
    one.counts[at] = (one.counts[at] ?? 0) + (row['n'] as number)
    series.set(name, one)
  }
  const { every, starts, end } = bars
  return { every, zone, series: [...series.values()], starts, end, undated }
}
