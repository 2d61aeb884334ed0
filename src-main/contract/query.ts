import type { Compare, Comparison } from './compare'
import type { Around, Context } from './context'
import type { Coverage, CoverageQuery } from './coverage'
import type { AnyField, EventRow, Field, Value } from './event'
import type { Extent } from './extent'
import type { Filter } from './filter'
import type { MarkCounts } from './marks'
import type { Position, Positions, Step } from './track'

/** Widths a histogram's bars may have. Bars begin at full hours and midnights of the zone asked for, weeks on Monday. */
export const intervals = [
  '1s',
  '5s',
  '15s',
  '30s',
  '1m',
  '5m',
  '15m',
  '30m',
  '1h',
  '3h',
  '6h',
  '12h',
  '1d',
  '1w',
  '1M',
  '1y'
] as const
export type Interval = (typeof intervals)[number]

/** What to show of the events that pass a filter. */
export type Query =
  | {
      readonly select: 'rows'
      readonly filter: Filter
      readonly fields: readonly AnyField[]
      readonly sort?: Sort
      readonly limit: number
      readonly offset?: number
      /** Each event is tried on these, in their order: rules that colour it. */
      readonly rules?: readonly Filter[]
    }
  /** How many events of a listing stand before an event of it, or before the first that is as late as a time. */
  | {
      readonly select: 'locate'
      readonly filter: Filter
      readonly sort?: Sort
      readonly of: { readonly event: string } | { readonly time: string }
    }
  | { readonly select: 'count'; readonly filter: Filter }
  /** How often each combination of values occurs, most frequent first. Absent is a value: null. */
  | { readonly select: 'groups'; readonly filter: Filter; readonly by: readonly AnyField[]; readonly limit: number }
  /** Several fields' most frequent values at once; `matching`: only values that hold this text, or ids that a directory calls so. */
  | {
      readonly select: 'facets'
      readonly filter: Filter
      readonly by: readonly AnyField[]
      readonly limit: number
      readonly matching?: string
    }
  /** How the numbers of a field are spread, in at most so many bars. */
  | { readonly select: 'distribution'; readonly filter: Filter; readonly field: AnyField; readonly bins: number }
  | Compare
  /** Events over time. `every` absent: the narrowest interval giving at most `bins` bars. `by` splits each bar. */
  | {
      readonly select: 'timeline'
      readonly filter: Filter
      readonly zone: string
      readonly every?: Interval
      readonly bins?: number
      readonly by?: Field
      readonly limit?: number
    }
  /** Hour of the day by day of the week, in a zone. */
  | { readonly select: 'calendar'; readonly filter: Filter; readonly zone: string }
  /** Where events came from, clustered on a grid of `cell` degrees, over the whole filtered set. */
  | { readonly select: 'places'; readonly filter: Filter; readonly cell: number }
  /** How many of the events are marked, and with what. */
  | { readonly select: 'marks'; readonly filter: Filter }
  /** What happened around an event, from all sources. */
  | Around
  | CoverageQuery
  | Step
  | Positions

export interface Sort {
  readonly field: AnyField
  readonly descending: boolean
}

export type Select = Query['select']

/** The answer to each kind of query. Counts are exact. */
export interface Answers {
  rows: {
    readonly rows: readonly EventRow[]
    /** The place of the first rule each row passes, null where it passes none; of a query with rules. */
    readonly ruled?: readonly (number | null)[]
  }
  /** null: the event is none of the listing. */
  locate: { readonly at: number | null }
  count: Extent
  groups: {
    readonly groups: readonly Group[] /** Events in groups beyond the limit. */
    readonly rest: number /** How many groups there are. */
    readonly distinct: number
  }
  facets: { readonly total: number; readonly facets: readonly Facet[] }
  distribution: Distribution
  compare: Comparison
  timeline: Timeline
  calendar: {
    readonly cells: readonly { readonly weekday: number; readonly hour: number; readonly count: number }[]
    readonly undated: number
  }
  places: Places
  marks: MarkCounts
  context: Context
  coverage: Coverage
  step: { readonly event: string | null }
  positions: { readonly positions: readonly Position[] }
}

/** How far the words of a filter have been looked for: in so many records of those that come into question. */
export interface Searched {
  readonly records: number
  readonly of: number
}

/** Answers are welcome of what has been found so far: `true`, as soon as there is more than before; `now`, without waiting for more. */
export type Early = true | 'now'

/** Of an answer that was welcome early: what it is of, where that is not all yet. */
export interface SoFar {
  readonly searched?: Searched
}
export type Answer = Answers[Select] & SoFar
export type AnswerTo<Q extends Query> = Answers[Q['select']] & SoFar

export interface Group {
  /** One value per field asked for; null where the event has none. */
  readonly key: readonly (Value | null)[]
  readonly count: number
}

/** A field's values. Of `source.ip` also what the log has where an event has no address: its `source.address`. */
export interface Facet {
  readonly field: AnyField
  readonly values: readonly { readonly value: Value; readonly count: number }[]
  /** Events without the field. */
  readonly absent: number
  /** Events whose value is not among `values`; of a search, whose value is among those it found. */
  readonly rest: number
  /** How many different values there are; of a search, how many it found. */
  readonly distinct: number
}

export interface Distribution {
  /** One more than there are bars: each is from one edge to before the next. Each ten times as far where numbers differ so much. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  readonly least?: number
  readonly greatest?: number
  /** Events without the field. */
  readonly absent: number
  /** Events whose value is no number. */
  readonly others: number
}

export interface Timeline {
  readonly every: Interval
  readonly zone: string
  /** One entry per split value (null: the events without one, 'rest' marked by `others`); one entry if not split. */
  readonly series: readonly { readonly key: Value | null; readonly others?: true; readonly counts: readonly number[] }[]
  /** Start of each bar, epoch milliseconds, ascending, without gaps: empty bars are there with zero. */
  readonly starts: readonly number[]
  /** End of the last bar, epoch milliseconds. */
  readonly end: number
  /** Events in the filter that have no time, so stand in no bar. */
  readonly undated: number
}

export interface Places {
  readonly clusters: readonly Cluster[]
  /** Events that no map can show, by why. */
  readonly without: {
    readonly private: number
    readonly unknown: number
    readonly notAnAddress: number
    readonly absent: number
  }
}

export interface Cluster {
  /** Mean of the places in it, degrees. */
  readonly lat: number
  readonly lon: number
  readonly north: number
  readonly south: number
  readonly west: number
  readonly east: number
  readonly count: number
  readonly failures: number
  readonly successes: number
  /** How many addresses. */
  readonly addresses: number
  /** The most frequent places in it, at most five. */
  readonly places: readonly { readonly country?: string; readonly city?: string; readonly count: number }[]
}
