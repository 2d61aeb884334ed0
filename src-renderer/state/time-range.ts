import { everything, type Filter, type TimeUnit } from '../../src-main/contract/filter'

/** The stretch of time looked at. Relative ones count back from the newest event of the case. */
export type TimeRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'last'; readonly amount: number; readonly unit: TimeUnit }
  /** ISO 8601 in UTC, from inclusive, to exclusive. */
  | { readonly kind: 'between'; readonly from?: string; readonly to?: string }

export const allTime: TimeRange = { kind: 'all' }

export const quickRanges = [
  { title: 'All time', range: allTime },
  { title: 'Last 15 minutes', range: { kind: 'last', amount: 15, unit: 'minutes' } },
  { title: 'Last 24 hours', range: { kind: 'last', amount: 24, unit: 'hours' } },
  { title: 'Last 7 days', range: { kind: 'last', amount: 7, unit: 'days' } },
  { title: 'Last 30 days', range: { kind: 'last', amount: 30, unit: 'days' } },
  { title: 'Last 90 days', range: { kind: 'last', amount: 90, unit: 'days' } }
] as const satisfies readonly { title: string; range: TimeRange }[]

export function rangeFilter(range: TimeRange): Filter {
  switch (range.kind) {
    case 'all':
      return everything
    case 'last':
      return { kind: 'last', amount: range.amount, unit: range.unit }
    case 'between':
      return {
        kind: 'range',
        field: '@timestamp',
        ...(range.from !== undefined && { from: range.from }),
        ...(range.to !== undefined && { to: range.to })
      }
  }
}

/** What was kept of a range; all time where it cannot be read. */
export function readRange(kept: unknown): TimeRange {
  const range = kept as TimeRange | null | undefined
  return range && ['all', 'last', 'between'].includes(range.kind) ? range : allTime
}
