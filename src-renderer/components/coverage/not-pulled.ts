import type { PullReport } from '../../../src-main/contract/connect'

/** A stretch of time that was asked for and did not come, and has not come by a later pull either. */
export interface NotPulled {
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
export function notPulled(pulls: readonly PullReport[]): readonly NotPulled[] {
  const open = new Map<string, readonly NotPulled[]>()
  for (const pull of pulls)
    for (const { stream, title, source, since, until, missing } of pull.streams) {
      if (source === undefined) continue
      const key = `${pull.connection} ${stream}`
      const asked = stretchOf({ from: since, to: until })
      // What was asked for once more came, but for what is missing of it again.
      const before = (open.get(key) ?? []).flatMap((one) => without(one, asked))
      const now = missing.map((one) => ({ source, connection: pull.name, title, ...stretchOf(one), why: one.why }))
      open.set(key, [...before, ...now])
    }
  return [...open.values()].flat().toSorted((a, b) => a.from - b.from)
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
