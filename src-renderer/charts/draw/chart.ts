import type { EChartsCoreOption } from 'echarts/core'
import type { AnyField, Value } from '../../../src-main/contract/event'
import type { Filter } from '../../../src-main/contract/filter'
import type { Answers, Interval, Query, Select } from '../../../src-main/contract/query'

type ChartSelect = Exclude<Select, 'rows' | 'count' | 'facets' | 'places'>
type Unfiltered<Q> = Q extends Query ? Omit<Q, 'filter'> : never

/** One chart is one value in one file of `src-renderer/charts`; the folder is read. */
export interface Chart<S extends ChartSelect = ChartSelect> {
  /** Also the name under which its clause stands in the filter. */
  readonly title: string
  /** What it answers, for who cannot see it. */
  readonly about: string
  readonly order: number
  readonly width: 'full' | 'wide' | 'narrow'
  /** What it asks of the events that pass the filter. */
  query(zone: string): Unfiltered<Extract<Query, { readonly select: S }>>
  /** The numbers: what is drawn, what the table view lists, what is copied. */
  table(answer: Answers[S], look: Look): Table
  /** The drawing of the numbers; what is not chosen steps back while anything is. */
  draw(table: Table, look: Look, isBack: (clause: Filter) => boolean): EChartsCoreOption
}

/** The numbers of a chart; each leads to its events. */
export interface Table {
  /** What the rows are: `User`. */
  readonly head: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What the drawing leaves out, counted. */
  readonly notes: readonly Note[]
  readonly total: number
  /** How wide a bar of time is: `1 bar = 6 h`. */
  readonly scale?: string
}

export interface Column {
  readonly title: string
  readonly colour?: string
  /** All events of the column, where it is a kind of its own that a legend names. */
  readonly clause?: Filter
}

export interface Row {
  readonly title: string
  /** What the axis says, where the title is too long for it; empty where it says nothing. */
  readonly short?: string
  readonly colour?: string
  /** All events of the row. */
  readonly clause: Filter
  /** The one value that the row counts, if it counts one; null where the events have none. */
  readonly value?: { readonly field: AnyField; readonly value: Value | null }
  /** One per column. */
  readonly cells: readonly Cell[]
}

export interface Cell {
  readonly count: number
  readonly clause: Filter
}

export interface Note {
  readonly text: string
  /** The events it speaks of, where a filter can name them. */
  readonly clause?: Filter
}

/** How things look here and now: colours of the theme, figures and times as the analyst wants them. */
export interface Look {
  readonly colours: Readonly<
    Record<
      'text' | 'dim' | 'faint' | 'mark' | 'empty' | 'line' | 'ground' | 'raised' | 'accent' | 'success' | 'failure',
      string
    >
  >
  readonly font: string
  readonly zone: string
  /** How a value reads: an id with what a directory calls it behind it, on an axis before it. */
  named(field: AnyField, value: Value): { readonly title: string; readonly short?: string }
  category(value: unknown): string
  count(value: number): string
  percent(part: number, whole: number): string
  /** A moment on the clock of the zone, as exact as bars of this width need. */
  moment(ms: number, every: Interval): string
  /** A moment as short as an axis wants it: the time, or the date where a day begins. */
  tick(ms: number, every: Interval): string
  /** `1 bar = 6 h`. */
  width(every: Interval): string
}
