import type { Covered, FileCoverage, Silence, SourceCoverage } from './coverage'

const day = 86_400_000
/** An export may begin so much later than what was kept, in parts of it: nothing may have happened in its first hours. */
const slack = 0.03

/** How many days a product keeps its log, by plan or kind of event. */
export type Keeps = Readonly<Record<string, number>>

/** A stretch of time, ISO 8601 in UTC, from inclusive, to exclusive. */
export interface Stretch {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Why a source has nothing there, if it is no sign that nothing happened: the evidence begins later, ends earlier, or is silent. */
export type Absence =
  | { readonly kind: 'before'; readonly first: string; readonly kept: Kept | null }
  /** `though`: its file was written later, so that it could hold what happened then. */
  | { readonly kind: 'after'; readonly last: string; readonly written: string | null; readonly though?: true }
  | { readonly kind: 'silent'; readonly silence: Silence }
  | { readonly kind: 'undated' }
  /** Its file is still being imported: the rest of it may hold events of then. */
  | { readonly kind: 'coming'; readonly name: string }

/** What the product's own retention says of where a source's evidence begins. */
export interface Kept {
  /** When the file that begins it was last written: about when it was exported. */
  readonly written: string
  /** How far back it could reach then, by each plan, in days, the shortest first. */
  readonly plans: readonly { readonly plan: string; readonly days: number; readonly back: string }[]
  /** The plan at whose very limit it begins: what came before was gone. */
  readonly limit?: string
  /** It begins later than any plan would have it: there may be more to export. */
  readonly more?: true
}

/** Why a source says nothing in a stretch; null where it covers it, so that nothing found means that nothing was logged. */
export function absenceOf(source: SourceCoverage, keeps: Keeps, { from, to }: Stretch): Absence | null {
  const coming = source.files.find((file) => file.coming)
  if (coming) return { kind: 'coming', name: coming.name }
  const { first, last } = source
  if (first === undefined || last === undefined) return { kind: 'undated' }
  if (to !== undefined && ms(to) <= ms(first)) return { kind: 'before', first, kept: keptAt(source, keeps) }
  if (from !== undefined && ms(from) > ms(last)) {
    const written = writtenAt(source, 'last')
    return { kind: 'after', last, written, ...(written !== null && ms(from) < ms(written) && { though: true }) }
  }
  const within = (silence: Silence) =>
    from !== undefined && to !== undefined && ms(from) >= ms(silence.from) && ms(to) <= ms(silence.to)
  const silence = source.gaps.find(within)
  return silence ? { kind: 'silent', silence } : null
}

/** What the product keeps, beside where a source begins; null where nothing is known of either. */
export function keptAt(source: SourceCoverage, keeps: Keeps): Kept | null {
  const written = writtenAt(source, 'first')
  if (written === null || source.first === undefined || Object.keys(keeps).length === 0) return null
  const reach = ms(written) - ms(source.first)
  const plans = Object.entries(keeps)
    .toSorted((a, b) => a[1] - b[1])
    .map(([plan, days]) => ({ plan, days, back: new Date(ms(written) - days * day).toISOString() }))
  const limit = plans.find(({ days }) => Math.abs(days * day - reach) <= Math.max(day, days * day * slack))
  const more = plans.every(({ days }) => days * day > reach)
  return { written, plans, ...(limit ? { limit: limit.plan } : more ? { more } : {}) }
}

/** When the file was last written that holds a source's first or last event; null where that is before its own events, so not to be trusted. */
export function writtenAt(source: SourceCoverage, end: 'first' | 'last'): string | null {
  const file = source.files.find((each) => each[end] === source[end])
  return file && isTrusted(file) ? file.modifiedAt : null
}

const isTrusted = ({ modifiedAt, last, coming }: FileCoverage & Covered): boolean =>
  !coming && last !== undefined && !Number.isNaN(ms(modifiedAt)) && ms(modifiedAt) >= ms(last)

const ms = (time: string): number => Date.parse(time)
