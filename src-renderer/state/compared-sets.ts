import type { CaseState } from '../../src-main/contract/case'
import type { Stretch } from '../../src-main/contract/compare'
import { allOf, everything, type Filter, not } from '../../src-main/contract/filter'
import { isoTime } from '../../src-main/contract/instant'
import { periodOf } from '../../src-main/contract/period'
import { parseQuery, printFilter } from '../../src-main/contract/query-text'
import { type Choice, choiceFilter } from './choice'
import { clauseFilter } from './clauses'
import { rangeTitle } from './range-text'
import { rangeFilter, readRange, type TimeRange } from './time-range'

/** What the events shown are compared with. */
export type Other =
  /** As long a time, just before. */
  | { readonly kind: 'before' }
  | { readonly kind: 'time'; readonly range: TimeRange }
  /** Another query in the same time; of a saved search its name. */
  | { readonly kind: 'query'; readonly text: string; readonly name?: string }
  /** All other events of the same time. */
  | { readonly kind: 'rest' }

/** What was kept of it; null where it cannot be read. */
export function readOther(kept: unknown): Other | null {
  const { kind, range, text, name } = (kept ?? {}) as Partial<Record<'kind' | 'range' | 'text' | 'name', unknown>>
  if (kind === 'before' || kind === 'rest') return { kind }
  if (kind === 'time') return { kind, range: readRange(range) }
  if (kind !== 'query' || typeof text !== 'string') return null
  return { kind, text, ...(typeof name === 'string' && { name }) }
}

/** Two sets of events: `b` is what is shown, `a` what it is compared with. */
export interface Sets {
  readonly a: Filter
  readonly b: Filter
  readonly names: { readonly a: string; readonly b: string }
  /** The time that both lie in, where it is one. */
  readonly within?: string
  readonly times?: { readonly a: Stretch; readonly b: Stretch }
}

/** Chips made while comparing narrow both sets down. */
export const comparing = 'compare'

type Extent = Pick<CaseState, 'first' | 'last'>
type Micros = readonly [from: bigint, to: bigint]

const units = { minutes: 60_000_000n, hours: 3_600_000_000n, days: 86_400_000_000n } as const

const parts = (filter: Filter): readonly Filter[] => (filter.kind === 'and' ? filter.of : [filter])
const isTime = (filter: Filter): boolean =>
  filter.kind === 'last' || (filter.kind === 'range' && filter.field === '@timestamp')

/** From when to when the parts of a filter that ask for a time go, ends left open being those of the case; null where there are none. */
export function stretchOf(filter: Filter, of: Extent): Stretch | null {
  const asked = parts(filter).filter(isTime)
  if (asked.length === 0 || of.first === undefined || of.last === undefined) return null
  const ends: Micros = [instant(of.first), instant(of.last) + 1n]
  let [from, to] = microsOf(asked[0] as Filter, ends)
  for (const part of asked.slice(1)) {
    const [start, end] = microsOf(part, ends)
    if (start > from) from = start
    if (end < to) to = end
  }
  return from < to ? { from: isoTime(from), to: isoTime(to) } : null
}

const instant = (time: unknown): bigint => periodOf(String(time))?.from ?? 0n

function microsOf(part: Filter, [first, end]: Micros): Micros {
  if (part.kind === 'last') return [end - 1n - BigInt(part.amount) * units[part.unit], end]
  if (part.kind !== 'range') return [first, end]
  const from = part.from === undefined ? first : instant(part.from) + (part.above ? 1n : 0n)
  return [from, part.to === undefined ? end : instant(part.to) + (part.including ? 1n : 0n)]
}

/** The stretch of the same length that ends where this one begins. */
export function stretchBefore({ from, to }: Stretch): Stretch {
  const length = instant(to) - instant(from)
  return { from: isoTime(instant(from) - length), to: from }
}

/** What to compare with where nothing was said: the time before, else all other events; null where there is neither. */
export function usualOther(choice: Choice, zone: string, of: Extent): Other | null {
  const filter = choiceFilter(choice, textFilter(choice.text, zone), comparing)
  if (stretchOf(filter, of)) return { kind: 'before' }
  return parts(filter).length > 0 ? { kind: 'rest' } : null
}

const textFilter = (text: string, zone: string): Filter => parseQuery(text, { zone }).filter ?? everything

/** The two sets; null where there is nothing to compare with. */
export function comparedSets(choice: Choice, other: Other, zone: string, of: Extent): Sets | null {
  const text = textFilter(choice.text, zone)
  const b = choiceFilter(choice, text)
  const times = parts(b).filter(isTime)
  const query = allOf(...parts(choiceFilter(choice, text, comparing)).filter((part) => !isTime(part)))
  const common = allOf(...choice.clauses.filter(({ owner }) => owner === comparing).map(clauseFilter))
  const own = stretchOf(b, of)
  const timeTitle = choice.range.kind === 'all' && own ? betweenTitle(own, zone) : rangeTitle(choice.range, zone)
  const within = (time: Filter) => allOf(time, ...parts(b).filter((part) => !isTime(part)))
  const bothIn = own && { within: timeTitle }
  const title = printFilter(query, { zone }) || 'All events'
  switch (other.kind) {
    case 'before': {
      if (!own) return null
      const before = stretchBefore(own)
      const a = within(rangeFilter({ kind: 'between', ...before }))
      return { a, b, names: { a: betweenTitle(before, zone), b: timeTitle }, times: { a: before, b: own } }
    }
    case 'time': {
      const a = within(rangeFilter(other.range))
      const stretch = stretchOf(rangeFilter(other.range), of)
      const names = { a: rangeTitle(other.range, zone), b: timeTitle }
      return { a, b, names, ...(own && stretch && { times: { a: stretch, b: own } }) }
    }
    case 'query': {
      const { filter } = parseQuery(other.text, { zone })
      if (!filter) return null
      return {
        a: allOf(...times, filter, common),
        b,
        names: { a: other.name ?? (other.text.trim() || 'All events'), b: title },
        ...bothIn
      }
    }
    case 'rest':
      if (parts(query).length === 0) return null
      return { a: allOf(...times, not(query), common), b, names: { a: 'Everything else', b: title }, ...bothIn }
  }
}

/** To the second: a stretch counted back from the newest event begins at any microsecond. */
const betweenTitle = (stretch: Stretch, zone: string): string =>
  rangeTitle({ kind: 'between', ...stretch }, zone).replaceAll(/(:\d\d)\.\d+/g, '$1')
