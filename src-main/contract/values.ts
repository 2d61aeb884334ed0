import type { RecordField, Value } from './event'

/** A value, and how many events have it. */
export interface ValueCount {
  readonly value: Value
  readonly count: number
}

/** A path that records have, in how many of those looked at, and some of its values. */
export interface RecordPathCount {
  readonly field: RecordField
  readonly count: number
  readonly examples: readonly string[]
}

export interface RecordPathCounts {
  /** In how many records was looked. */
  readonly looked: number
  readonly paths: readonly RecordPathCount[]
}

export interface RecordValueCounts {
  readonly looked: number
  readonly values: readonly ValueCount[]
}
