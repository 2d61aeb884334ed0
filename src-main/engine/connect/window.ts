import type { MissingStretch } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import type { BeginLine, DoneLine } from './journal-lines'
import type { At } from './paging'

/** Seconds by which a pull since last time begins earlier, unless its stream says otherwise. */
export const usualOverlap = 600
/** While it follows, what comes late is asked for so many seconds longer, unless its stream says how late events come. */
const followOverlap = 60
const day = 86_400_000

export interface WindowAsked {
  readonly asked: BeginLine['asked']
  /** Up to where all has come before, if anything has. */
  readonly last: Pick<DoneLine, 'reached' | 'cursor'> | undefined
  readonly following: boolean
  readonly now: number
  /** By how much the server's clock is ahead of ours. */
  readonly ahead: number | undefined
}

/** What of a stream is asked for: what the analyst said, else what came since last time; and what no one can ask for any more. */
export function windowOf(
  { overlap, furthest, title }: Stream,
  { asked: { since, until }, last, following, now, ahead = 0 }: WindowAsked
): { readonly at: At; readonly missing?: MissingStretch } {
  const earlier = overlap ?? (following ? followOverlap : usualOverlap)
  // By the server's clock, where that is ahead of ours.
  const to = following || until === undefined ? now + Math.max(0, ahead) : Date.parse(until)
  const held = last && Math.min(last.reached, to) - earlier * 1000
  const wanted = held ?? (since === undefined ? undefined : Date.parse(since))
  const on = last?.cursor === undefined ? {} : { cursor: last.cursor }
  const earliest = furthest === undefined ? Number.NEGATIVE_INFINITY : to - furthest * day
  if (wanted !== undefined && wanted >= earliest) return { at: { since: wanted, until: to, ...on } }
  if (furthest === undefined) return { at: { until: to, ...on } }
  const at = { since: earliest, until: to, ...on }
  if (wanted === undefined) return { at }
  const why = `${title} can be asked for ${furthest} days back, and no further`
  return { at, missing: { from: new Date(wanted).toISOString(), to: new Date(earliest).toISOString(), why } }
}
