import type { AnyField, EventRow } from './event'
import type { Filter } from './filter'

/** How far to each side of an event its context may reach. */
export const reaches = ['1s', '5s', '10s', '1m', '5m', '10m', '30m', '1h'] as const
export type Reach = (typeof reaches)[number]

export const reachMs: Readonly<Record<Reach, number>> = {
  '1s': 1_000,
  '5s': 5_000,
  '10s': 10_000,
  '1m': 60_000,
  '5m': 300_000,
  '10m': 600_000,
  '30m': 1_800_000,
  '1h': 3_600_000
}

/** What happened around an event, whatever the search. */
export interface Around {
  readonly select: 'context'
  readonly event: string
  /** How far to each side; `file`: the records around it in its file, as always of an event without a time. */
  readonly within: Reach | 'file'
  /** The search, to tell its events from the others. */
  readonly filter: Filter
  readonly fields: readonly AnyField[]
  /** At most so many to each side, the nearest. */
  readonly limit: number
}

/** What happened around an event, from all sources, oldest first, the event itself among it. */
export interface Context {
  /** By time, or by file: the records that stand before and after it there, as for an event without a time. */
  readonly by: 'time' | 'file'
  /** Of a context by time: from inclusive, to exclusive, ISO 8601 in UTC. */
  readonly from?: string
  readonly to?: string
  /** The nearest, at most as many to each side as were asked for. */
  readonly rows: readonly ContextRow[]
  /** The place of the event among them. */
  readonly at: number
  /** How many there are in all, before and after the event. */
  readonly before: number
  readonly after: number
  /** All of them by source, most first. */
  readonly sources: readonly { readonly source: string; readonly count: number }[]
}

export interface ContextRow {
  readonly event: EventRow
  /** It is of the search too. */
  readonly found: boolean
}
