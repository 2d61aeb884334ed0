import type { AnyField, Value } from './event'
import type { Extent } from './extent'
import type { Filter } from './filter'

/** What differs between two sets of events, in each field: values that are new in `b`, gone, more frequent, less. */
export interface Compare {
  readonly select: 'compare'
  readonly a: Filter
  readonly b: Filter
  readonly by: readonly AnyField[]
  /** Values of each field. */
  readonly limit: number
  /** The most telling change first unless told; else what is most frequent in `a` or in `b`. */
  readonly order?: 'change' | 'a' | 'b'
  /** Only values that changed so. */
  readonly only?: ChangeKind
  /** Stretches of time whose beginnings are laid upon each other; else both sets lie on one axis. */
  readonly times?: { readonly a: Stretch; readonly b: Stretch }
  /** At most so many bars, 60 unless told; 0: none are needed. */
  readonly bins?: number
}

/** From inclusive, to exclusive; ISO 8601 in UTC. */
export interface Stretch {
  readonly from: string
  readonly to: string
}

/** What became of a value from `a` to `b`; up and down are of its share in all events of each. */
export type ChangeKind = 'new' | 'gone' | 'up' | 'down' | 'same'
export const changeKinds: readonly ChangeKind[] = ['new', 'gone', 'up', 'down', 'same']

export interface Comparison {
  readonly a: Extent
  readonly b: Extent
  /** Events that are in both. */
  readonly both: number
  readonly fields: readonly FieldComparison[]
  readonly bars: ComparedBars
}

export interface FieldComparison {
  readonly field: AnyField
  readonly values: readonly Compared[]
  /** How many values changed so, of all there are. */
  readonly kinds: Readonly<Record<ChangeKind, number>>
  /** What is not among `values`, of those asked for. */
  readonly rest: { readonly values: number; readonly a: number; readonly b: number }
}

/** Events with a value (null: without the field) in each set; of a list with each of its values. */
export interface Compared {
  readonly value: Value | null
  readonly a: number
  readonly b: number
  readonly kind: ChangeKind
}

/** How many events there are in each bar of `width` milliseconds, from each set's start (epoch milliseconds). */
export interface ComparedBars {
  readonly width: number
  readonly a: { readonly start: number; readonly counts: readonly number[] }
  readonly b: { readonly start: number; readonly counts: readonly number[] }
}

/**
 * How many times as frequent a value is in `b` as in `a`, each relative to all events there: 1 is no change, Infinity is new, 0 is gone.
 * NaN where one of the sets is empty.
 */
export const timesAsFrequent = ({ a, b }: Pick<Compared, 'a' | 'b'>, totalA: number, totalB: number): number =>
  totalA === 0 || totalB === 0 ? Number.NaN : b / totalB / (a / totalA)

/** What is compared unless told otherwise: who, what, how it went, from where, on what. */
export const comparedFields: readonly AnyField[] = [
  'event.action',
  'user.name',
  'source.ip',
  'source.geo.country_iso_code',
  'event.outcome',
  'resource.name',
  'application.name',
  'event.dataset'
]
