import type { TimeRange } from '../../state/time-range'

const lengths = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

/** The stretch of time that a range is, as from and to; all that there is where it is open at an end. */
export function drawnStretch(range: TimeRange, last: string | undefined): { from?: string; to?: string } {
  switch (range.kind) {
    case 'all':
      return {}
    case 'between':
      return {
        ...(range.from !== undefined && { from: range.from }),
        ...(range.to !== undefined && { to: range.to })
      }
    case 'last':
      // Relative ones count back from the newest event of the case.
      if (last === undefined) return {}
      return { from: new Date(Date.parse(last) - range.amount * lengths[range.unit]).toISOString() }
  }
}
