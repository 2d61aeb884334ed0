import type { Coverage, Covered, SourceCoverage } from '../../../src-main/contract/coverage'
import { type Interval, intervals, type Timeline } from '../../../src-main/contract/query'
import { intervalMs } from '../explore/histogram-shape'

/** One line of the chart: a source, or one of its files under it. */
export interface Lane {
  readonly id: string
  readonly source: SourceCoverage
  readonly covered: Covered
  readonly name: string
  readonly isFile: boolean
}

/** The lines from the top down; the files of a source only where it is opened. */
export const lanesOf = (
  { sources }: Coverage,
  title: (id: string) => string,
  opened: (id: string) => boolean
): Lane[] =>
  sources.flatMap((source) => [
    { id: source.source, source, covered: source, name: title(source.source), isFile: false },
    ...(opened(source.source)
      ? source.files.map((file) => ({
          id: `${source.source} ${file.sha256}`,
          source,
          covered: file,
          name: file.name,
          isFile: true
        }))
      : [])
  ])

/** Shades from a single event to the most that a line has in one part. */
export const shades = [0.3, 0.45, 0.62, 0.8, 1] as const

/** One path per shade over all parts of a line. By roots, so that a quiet hour beside a busy one can still be told from none. */
export function shadePaths(counts: readonly number[], width: number, top: number, height: number): string[] {
  const most = Math.max(1, ...counts)
  const step = width / counts.length
  const paths = shades.map(() => '')
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (count === 0) continue
    const shade = Math.min(shades.length - 1, Math.floor(Math.sqrt(count / most) * shades.length))
    let end = at + 1
    while (end < counts.length && shadeOf(counts[end] ?? 0, most) === shade) end++
    paths[shade] +=
      `M${(at * step).toFixed(2)} ${top}H${Math.max(end * step, at * step + 1.5).toFixed(2)}v${height}H${(at * step).toFixed(2)}z`
    at = end - 1
  }
  return paths
}

const shadeOf = (count: number, most: number): number =>
  count === 0 ? -1 : Math.min(shades.length - 1, Math.floor(Math.sqrt(count / most) * shades.length))

/** Where a moment stands from the left, held within the chart. */
export const placeOf = ({ from, to }: Coverage, width: number, time: string | number): number => {
  const moment = typeof time === 'number' ? time : Date.parse(time)
  return Math.min(width, Math.max(0, ((moment - from) / (to - from)) * width))
}

/** The parts of the chart as bars of a timeline, for the marks on its axis. */
export function asTimeline({ from, to }: Coverage, bins: number, zone: string): Timeline {
  const width = (to - from) / bins
  const every = intervals.findLast((each: Interval) => intervalMs[each] <= width) ?? '1s'
  const starts = Array.from({ length: bins }, (_, at) => from + at * width)
  return { every, zone, series: [], starts, end: to, undated: 0 }
}

const roundTo = [3_600_000, 900_000, 60_000, 1_000, 1]

/** Where a part begins or ends, moved outwards to a round moment no further off than the part is wide. */
export function roundEdge({ from, to }: Coverage, bins: number, bin: number, side: 'start' | 'end'): number {
  const width = (to - from) / bins
  const moment = from + width * bin
  const unit = roundTo.find((each) => each <= width) ?? 1
  return side === 'start' ? Math.floor(moment / unit) * unit : Math.ceil(moment / unit) * unit
}
