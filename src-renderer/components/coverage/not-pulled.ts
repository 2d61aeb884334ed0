import type { PullReport } from '../../../src-main/contract/connect'
import type { SourceCoverage } from '../../../src-main/contract/coverage'

/** A stretch of time that was asked for and did not come, and has not come by a later pull either. */
export interface NotPulled {
  /** A name of its own where nothing came that could be told a source of. */
  readonly source: string
  readonly connection: string
  readonly title: string
  /** Epoch milliseconds; infinite where it has no end on that side. */
  readonly from: number
  readonly to: number
  readonly why: string
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/** What the pulls of a case, oldest first, leave open, by the source its events would have had. */
export function notPulled(
  pulls: readonly PullReport[],
  /** What a file of the evidence was read as, by its SHA-256. */
  readAs: (sha256: string) => string | undefined
): readonly NotPulled[] {
  const open = new Map<string, readonly NotPulled[]>()
  const recognised = new Map<string, string>()
  for (const pull of pulls) {
    const isRunning = pull.endedAt === undefined && pull.state !== 'interrupted'
    for (const { stream, title, source: told, since, until, reached, missing } of pull.streams) {
      const key = `${pull.connection} ${stream}`
      const parts = pull.parts.filter((part) => part.stream === stream)
      const read = told ?? parts.map(({ sha256 }) => readAs(sha256)).find((one) => one !== undefined)
      if (read !== undefined) recognised.set(key, read)
      const source = recognised.get(key) ?? key
      const asked = stretchOf({ from: since, to: until })
      // What was asked for once more came, but for what is missing of it again, and for what may come yet.
      const isComing = isRunning && reached === undefined
      const before = (open.get(key) ?? []).flatMap((one) => (isComing ? [one] : without(one, asked)))
      const now = missing.map((one) => ({ source, connection: pull.name, title, ...stretchOf(one), why: one.why }))
      open.set(key, [...before.map((one) => ({ ...one, source })), ...now])
    }
  }
  return [...open.values()].flat().toSorted((a, b) => a.from - b.from)
}

/** The sources that were asked for and of which nothing came at all: they have a line, too. */
export function nothingOf(
  missing: readonly NotPulled[],
  sources: readonly SourceCoverage[]
): readonly SourceCoverage[] {
  const seen = new Set(sources.map(({ source }) => source))
  const unseen = new Set(missing.map(({ source }) => source).filter((source) => !seen.has(source)))
  return [...unseen].map((source) => ({
    source,
    events: 0,
    undated: 0,
    hidden: 0,
    counts: [],
    files: [],
    rhythm: null,
    gaps: []
  }))
}

const stretchOf = ({
  from,
  to
}: {
  readonly from?: string | undefined
  readonly to?: string | undefined
}): Stretch => ({
  // Nothing was logged before there were clocks that count from then.
  from: from === undefined || Date.parse(from) <= 0 ? Number.NEGATIVE_INFINITY : Date.parse(from),
  to: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to)
})

/** What of one stretch lies outside another. */
function without<S extends Stretch>(one: S, { from, to }: Stretch): readonly S[] {
  if (to <= one.from || from >= one.to) return [one]
  return [...(from > one.from ? [{ ...one, to: from }] : []), ...(to < one.to ? [{ ...one, from: to }] : [])]
}
