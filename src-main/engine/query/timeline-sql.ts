import type { Value } from '../../contract/event'
import type { AnswerTo, Interval, Query } from '../../contract/query'
import { zoneNamed } from '../../contract/zone'
import { type Bars, barAt, barsOver } from './bars'
import { countSql } from './count-sql'
import { duckdb } from './dialect'
import { filterSql } from './filter-sql'
import { groupKey, groupValue, keyColumns, valuesSql } from './group-sql'
import { entryWith } from './rebuilt-sql'
import { type Run, type Statement, statement } from './statement'
import { quarter, quarterTime, stretch } from './time-sql'

type TimelineQuery = Extract<Query, { select: 'timeline' }>
type Timeline = AnswerTo<TimelineQuery>

/** Bars that clocks mark, as SQL intervals; counted from the year 1, which began on a Monday at midnight. */
const cuts: Partial<Record<Interval, string>> = {
  '30m': '30 minutes',
  '1h': '1 hour',
  '3h': '3 hours',
  '6h': '6 hours',
  '12h': '12 hours',
  '1d': '1 day',
  '1w': '1 week',
  '1M': '1 month',
  '1y': '1 year'
}

/** Events by bar, and by the most frequent values of a field: `bar` as `barAt` knows it. */
export function timelineSql({ filter, zone, by, limit = 10 }: TimelineQuery, bars: Bars): Statement {
  return statement((bind) => {
    const keys = by ? [groupKey(by, 'k', bind)] : []
    const width = bars.width === undefined ? undefined : BigInt(bars.width) * 1_000n
    const local = () => (zone === 'UTC' ? quarterTime('q') : duckdb.local(quarterTime('q'), bind(zone)))
    // Whole milliseconds, as JavaScript has them.
    const cut = () => `epoch_ms(time_bucket(INTERVAL '${cuts[bars.every]}', ${local()}, TIMESTAMP '0001-01-01'))`
    const bar = width ? 'q' : cut()
    const q = width ? stretch(width, BigInt(bars.starts[0] ?? 0) * 1_000n) : quarter()
    const counted = `(SELECT COLUMNS(*), count(*) AS n FROM (SELECT ${[`${q} AS q`, ...keyColumns(keys)].join(', ')} FROM ${entryWith(by ? [by] : [])}
      WHERE shown AND "@timestamp" IS NOT NULL AND (${filterSql(filter, bind)})) GROUP BY ALL${width ? '' : ' ORDER BY q'})`
    const [key] = keys
    if (!key) return `SELECT ${bar} AS bar, sum(n)::BIGINT AS n FROM ${counted} GROUP BY 1`
    return `WITH valued AS (${valuesSql(counted, keys, ['q', `${key.value} AS v`], ['n'])}),
      bars AS MATERIALIZED (SELECT ${bar} AS bar, v, sum(n)::BIGINT AS n FROM valued GROUP BY ALL),
      top AS MATERIALIZED (SELECT v, sum(n) AS total FROM bars WHERE v IS NOT NULL GROUP BY v ORDER BY total DESC, v LIMIT ${bind(BigInt(limit))})
      SELECT bar, top.v AS v, top.v IS NULL AND bars.v IS NOT NULL AS others, coalesce(any_value(total), 0)::BIGINT AS total, sum(n)::BIGINT AS n
      FROM bars LEFT JOIN top ON top.v = bars.v GROUP BY ALL ORDER BY total DESC, v, others`
  })
}

export async function timelineAnswer(query: TimelineQuery, run: Run): Promise<Timeline> {
  const zone = zoneNamed(query.zone)
  // Bars are chosen by the time from the first event to the last.
  const [extent] = await run(countSql(query.filter))
  const undated = extent?.['undated'] as number
  const milliseconds = (micros: unknown) => Math.floor((micros as number) / 1000)
  const first = (extent?.['first'] ?? null) === null ? null : milliseconds(extent?.['first'])
  if (first === null) return { every: query.every ?? '1h', zone, series: [], starts: [], end: 0, undated }
  const bars = barsOver(first, milliseconds(extent?.['last']), zone, query.every, query.bins ?? 100)
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
