import type { Coverage, CoverageQuery, Covered, FileCoverage, Silence, SourceCoverage } from '../../contract/coverage'
import { isoTime } from '../../contract/instant'
import { periodOf } from '../../contract/period'
import { type Quarters, type Run as SilentRun, silencesOf } from './silences'
import { type Run, type SqlRow, type Statement, statement } from './statement'
import { quarter, quarterOf, quarterStarts, stretch } from './time-sql'

/** Every record that is an event, shown or not: what a file covers it covers, though another tells the same. */
const isEvent = `status IN ('event', 'undated')`
const sourceSql = `coalesce("event.dataset", '')`

/** Each file and source: how many events it holds, and from when to when. */
const lanesSql: Statement = statement(
  () => `SELECT l.*, v.sha256, v.name, v.modified_at, v.id IN (FROM coming) AS coming FROM (
      SELECT evidence, ${sourceSql} AS source, count(*) AS events, count(*) - count("@timestamp") AS undated,
        count(*) FILTER (NOT shown) AS hidden, epoch_us(min("@timestamp")) AS first, epoch_us(max("@timestamp")) AS last
      FROM entry WHERE ${isEvent} GROUP BY 1, 2) l
    JOIN evidence v ON v.id = l.evidence ORDER BY source, first NULLS LAST, evidence`
)

const quartersSql: Statement = statement(
  () => `SELECT source, list(q ORDER BY q) AS numbers, list(n ORDER BY q) AS counts FROM (
      SELECT ${sourceSql} AS source, ${quarter()} AS q, count(*) AS n
      FROM entry WHERE "@timestamp" IS NOT NULL AND ${isEvent} GROUP BY 1, 2) GROUP BY source`
)

/** What lies in each part of what is drawn. */
const binsSql = ({ from, to }: Stretch, bins: number): Statement =>
  statement((bind) => {
    const [start, end] = [bind(from), bind(to)]
    const width = (to - from + BigInt(bins) - 1n) / BigInt(bins)
    return `SELECT evidence, ${sourceSql} AS source, ${stretch(width, from)} AS bin, count(*) AS n
      FROM entry WHERE "@timestamp" >= make_timestamp(${start}::BIGINT) AND "@timestamp" < make_timestamp(${end}::BIGINT) AND ${isEvent}
      GROUP BY 1, 2, 3`
  })

/** What is drawn, in microseconds. */
interface Stretch {
  readonly from: bigint
  readonly to: bigint
}

export async function coverageAnswer(query: CoverageQuery, run: Run): Promise<Coverage> {
  const lanes = await run(lanesSql)
  const extent = extentOf(lanes)
  const drawn = extent && stretchOf(query, extent)
  const bins = Math.max(1, Math.min(2000, Math.floor(query.bins)))
  const counts = new Map<string, number[]>()
  for (const row of drawn ? await run(binsSql(drawn, bins)) : []) {
    const key = `${row['evidence']} ${row['source']}`
    const of = counts.get(key) ?? new Array<number>(bins).fill(0)
    of[row['bin'] as number] = row['n'] as number
    counts.set(key, of)
  }
  const quarters = new Map((await run(quartersSql)).map((row) => [String(row['source']), row as unknown as Quarters]))
  const sources = [...new Set(lanes.map(({ source }) => String(source)))].map((source): SourceCoverage => {
    const rows = lanes.filter((row) => row['source'] === source)
    const files = rows.map((row) => fileOf(row, counts.get(`${row['evidence']} ${source}`) ?? emptyBins(bins)))
    return {
      source,
      ...together(files, extentOf(rows), bins),
      files,
      // What seems silent may be yet to come.
      ...silences(files.some(({ coming }) => coming) ? undefined : quarters.get(source), extent?.last ?? 0)
    }
  })
  return {
    ...(extent && { first: iso(extent.first), last: iso(extent.last) }),
    from: drawn ? Number(drawn.from / 1000n) : 0,
    to: drawn ? Number(drawn.to / 1000n) : 0,
    sources: sources.toSorted((a, b) => b.events - a.events || (a.source < b.source ? -1 : 1))
  }
}

const iso = (micros: unknown): string => isoTime(BigInt(micros as number))
const emptyBins = (bins: number): number[] => new Array<number>(bins).fill(0)

/** From the first time to the last, in microseconds. */
interface Extent {
  readonly first: number
  readonly last: number
}

function extentOf(rows: readonly SqlRow[]): Extent | null {
  const dated = rows.filter((row) => row['first'] !== null)
  if (dated.length === 0) return null
  const [firsts, lasts] = ['first', 'last'].map((name) => dated.map((row) => row[name] as number))
  return { first: Math.min(...(firsts ?? [])), last: Math.max(...(lasts ?? [])) }
}

/** Whole milliseconds, and never nothing; one asked for before all events, or after them, is not moved to where some are. */
function stretchOf({ from, to }: CoverageQuery, { first, last }: Extent): Stretch {
  const least = 1_000n
  const micros = (time: string | undefined): bigint | undefined =>
    time === undefined ? undefined : periodOf(time)?.from
  const down = (value: bigint) => value - (((value % least) + least) % least)
  const end = down(micros(to) ?? BigInt(last + 1000))
  const start = down(micros(from) ?? (BigInt(first) < end ? BigInt(first) : end - least))
  return { from: start, to: end > start ? end : start + least }
}

function fileOf(row: SqlRow, counts: readonly number[]): FileCoverage {
  const { sha256, name, modified_at: modifiedAt, coming, events, undated, hidden, first, last } = row
  return {
    sha256: String(sha256),
    name: String(name),
    modifiedAt: String(modifiedAt),
    ...(coming ? { coming: true } : {}),
    events: events as number,
    undated: undated as number,
    hidden: hidden as number,
    ...(first === null ? {} : { first: iso(first), last: iso(last) }),
    counts
  }
}

/** What the files of a source cover together. */
function together(files: readonly FileCoverage[], extent: Extent | null, bins: number): Covered {
  const sum = (of: (file: FileCoverage) => number) => files.reduce((all, file) => all + of(file), 0)
  return {
    events: sum(({ events }) => events),
    undated: sum(({ undated }) => undated),
    hidden: sum(({ hidden }) => hidden),
    ...(extent && { first: iso(extent.first), last: iso(extent.last) }),
    counts: emptyBins(bins).map((_, bin) => sum(({ counts }) => counts[bin] ?? 0))
  }
}

function silences(quarters: Quarters | undefined, end: number): Pick<SourceCoverage, 'rhythm' | 'gaps' | 'quiet'> {
  if (!quarters) return { rhythm: null, gaps: [] }
  const { rhythm, runs, tail } = silencesOf(quarters, quarterOf(BigInt(end)))
  return { rhythm, gaps: runs.map(silence), ...(tail && { quiet: silence(tail) }) }
}

const silence = ({ from, to, expected }: SilentRun): Silence => ({
  from: isoTime(quarterStarts(from)),
  to: isoTime(quarterStarts(to + 1)),
  expected
})
