import { reachMs } from '../../contract/context'
import { isoTime } from '../../contract/instant'
import type { AnswerTo, Query } from '../../contract/query'
import { besideSql, type EventAt, eventAt, inTime } from './event-at'
import type { Bind } from './field-sql'
import { filterSql } from './filter-sql'
import { eventRows } from './rows-sql'
import { type Run, type Statement, statement } from './statement'

type ContextQuery = Extract<Query, { select: 'context' }>
type Answer = AnswerTo<ContextQuery>

/** A stretch of time around an event, in microseconds; without one the context is that of its file. */
interface Stretch {
  readonly from: bigint
  readonly to: bigint
}

/** What happened around an event: the nearest events to each side, and how many there are in all. */
export async function contextAnswer(query: ContextQuery, run: Run): Promise<Answer> {
  const at = await eventAt(query.event, run)
  const stretch = stretchAround(at.time, query.within)
  const within = (bind: Bind) => (stretch ? timeSql(stretch, bind) : fileSql(at, bind))
  const counted = await run(countsSql(at, within, stretch === null))
  const nearest = await run(nearestSql(at, within, stretch === null, query.limit))
  const ids = nearest.map(({ row }) => row as number)
  const ofSearch = new Set((await run(foundSql(query.filter, within, ids))).map(({ row }) => row as number))
  const rows = (await eventRows(ids, query.fields, run)).map((event, index) => ({
    event,
    found: ofSearch.has(ids[index] as number)
  }))
  const sum = (name: string) => counted.reduce((all, row) => all + (row[name] as number), 0)
  return {
    by: stretch ? 'time' : 'file',
    ...(stretch && { from: isoTime(stretch.from), to: isoTime(stretch.to) }),
    rows,
    at: ids.indexOf(at.row),
    before: sum('before'),
    after: sum('after'),
    sources: counted.map(({ source, n }) => ({ source: String(source), count: n as number }))
  }
}

/** From the millisecond of the event, which is how finely a range is chosen, to the end of the last one that is as far off. */
function stretchAround(time: bigint | null, within: ContextQuery['within']): Stretch | null {
  if (time === null || within === 'file') return null
  const start = time - (((time % 1000n) + 1000n) % 1000n)
  const reach = BigInt(reachMs[within]) * 1000n
  return { from: start - reach, to: start + reach + 1000n }
}

const timeSql = ({ from, to }: Stretch, bind: Bind): string =>
  `"@timestamp" >= make_timestamp(${bind(from)}::BIGINT) AND "@timestamp" < make_timestamp(${bind(to)}::BIGINT)`

const fileSql = ({ evidence }: EventAt, bind: Bind): string => `evidence = ${bind(evidence)}::INTEGER`

/** What comes before or after the event in the context's own order. */
const sideSql = (at: EventAt, inFile: boolean, forward: boolean, bind: Bind): string =>
  inFile ? `rowid ${forward ? '>' : '<'} ${bind(BigInt(at.row))}` : besideSql(at, forward, bind)

type Within = (bind: Bind) => string

const countsSql = (at: EventAt, within: Within, inFile: boolean): Statement =>
  statement((bind) => {
    const [before, after] = [false, true].map((forward) => sideSql(at, inFile, forward, bind))
    return `SELECT coalesce("event.dataset", '') AS source, count(*) AS n,
        count(*) FILTER (${before}) AS before, count(*) FILTER (${after}) AS after
      FROM entry WHERE ${within(bind)} AND (shown OR rowid = ${bind(BigInt(at.row))}) GROUP BY 1 ORDER BY n DESC, source`
  })

/** The rows to each side that are nearest, and the event's own between them. */
const nearestSql = (at: EventAt, within: Within, inFile: boolean, limit: number): Statement =>
  statement((bind) => {
    const most = bind(BigInt(limit))
    const order = (forward: boolean) => (inFile ? `rowid ${forward ? 'ASC' : 'DESC'}` : inTime(forward))
    const side = (forward: boolean) =>
      `SELECT rowid AS row, "@timestamp" AS time FROM entry
       WHERE ${within(bind)} AND shown AND ${sideSql(at, inFile, forward, bind)} ORDER BY ${order(forward)} LIMIT ${most}`
    const own = `SELECT rowid AS row, "@timestamp" AS time FROM entry WHERE rowid = ${bind(BigInt(at.row))}`
    return `SELECT row FROM ((${side(false)}) UNION ALL (${own}) UNION ALL (${side(true)})) ORDER BY ${inFile ? '' : 'time, '}row`
  })

/** Which of the rows are of the search. The stretch is named again, so that nothing beyond it is read. */
const foundSql = (filter: ContextQuery['filter'], within: Within, ids: readonly number[]): Statement =>
  statement(
    (bind) => `SELECT rowid AS row FROM entry
      WHERE ${within(bind)} AND rowid BETWEEN ${Math.min(...ids)} AND ${Math.max(...ids)}
        AND rowid IN (SELECT unnest([${ids.join(', ')}]::BIGINT[])) AND shown AND (${filterSql(filter, bind)})`
  )
