import type { Interval, Timeline } from '../../../src-main/contract/query'
import { type CategoryMark, categoryMark, categoryMarks, outcomeMark, outcomes } from '../../state/categories'

/** How wide a bar is, in words: `1 bar = 6 h`. */
export const intervalTitles: Readonly<Record<Interval, string>> = {
  '1s': '1 s',
  '5s': '5 s',
  '15s': '15 s',
  '30s': '30 s',
  '1m': '1 min',
  '5m': '5 min',
  '15m': '15 min',
  '30m': '30 min',
  '1h': '1 h',
  '3h': '3 h',
  '6h': '6 h',
  '12h': '12 h',
  '1d': '1 day',
  '1w': '1 week',
  '1M': '1 month',
  '1y': '1 year'
}

const day = 86_400_000
/** How long a bar is, months and years on average. */
export const intervalMs: Readonly<Record<Interval, number>> = {
  '1s': 1000,
  '5s': 5000,
  '15s': 15_000,
  '30s': 30_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '3h': 10_800_000,
  '6h': 21_600_000,
  '12h': 43_200_000,
  '1d': day,
  '1w': 7 * day,
  '1M': 30.44 * day,
  '1y': 365.25 * day
}

/** More bars than this are neither drawn well nor read. */
const mostBars = 600
/** Whether bars of this width would be too many for what the timeline spans. */
export const tooNarrow = (every: Interval, { starts, end }: Timeline): boolean =>
  (end - (starts[0] ?? end)) / intervalMs[every] > mostBars

/** One colour of the bars, from the bottom up. */
export interface Layer {
  readonly key: string
  readonly title: string
  /** A CSS colour. */
  readonly colour: string
  readonly counts: readonly number[]
}

export type SplitBy = 'event.category' | 'event.outcome'

/** The parts each bar is made of, in the order that is the same everywhere. */
export function layersOf({ series, starts }: Timeline, by: SplitBy): Layer[] {
  const sums = new Map<string, number[]>()
  for (const { key, counts } of series) {
    const mark = by === 'event.category' ? categoryMark(key) : outcomeMark(key)
    const sum = sums.get(mark) ?? starts.map(() => 0)
    sums.set(
      mark,
      sum.map((value, at) => value + (counts[at] ?? 0))
    )
  }
  return layerLooks(by).flatMap((look) => {
    const counts = sums.get(look.key)
    return counts?.some((value) => value > 0) ? [{ ...look, counts }] : []
  })
}

const layerLooks = (by: SplitBy): readonly Omit<Layer, 'counts'>[] =>
  by === 'event.category'
    ? categoryMarks.map((key) => ({ key, title: categoryTitle(key), colour: `var(--category-${key})` }))
    : (['failure', 'success', 'absent'] as const).map((key) => ({
        key,
        title: `${outcomes[key].sign} ${outcomes[key].title}`,
        colour: `var(${outcomes[key].variable})`
      }))

const categoryTitle = (mark: CategoryMark): string => (mark === 'none' ? 'no category' : mark)

export const totalsOf = (layers: readonly Layer[], bars: number): number[] =>
  Array.from({ length: bars }, (_, at) => layers.reduce((sum, layer) => sum + (layer.counts[at] ?? 0), 0))

/** One path a layer; a bar that holds anything can be seen, however tall its neighbours. */
export function layerPaths(
  layers: readonly Layer[],
  totals: readonly number[],
  width: number,
  height: number
): string[] {
  const most = Math.max(1, ...totals)
  const step = width / totals.length
  const gap = step > 6 ? 1 : step > 3 ? 0.5 : 0
  const scale = totals.map((total) => (total === 0 ? 0 : Math.max(1.5, (total / most) * height) / total))
  const base = totals.map(() => height)
  return layers.map(({ counts }) =>
    counts
      .map((count, at) => {
        if (count === 0) return ''
        const tall = count * (scale[at] ?? 0)
        const top = (base[at] ?? height) - tall
        base[at] = top
        return `M${(at * step).toFixed(2)} ${top.toFixed(2)}h${(step - gap).toFixed(2)}v${tall.toFixed(2)}h${(gap - step).toFixed(2)}z`
      })
      .join('')
  )
}

/** From the start of one bar to the end of another, as a filter names it. */
export function barRange({ starts, end }: Timeline, one: number, other: number) {
  const [first, last] = one < other ? [one, other] : [other, one]
  return {
    kind: 'between' as const,
    from: new Date(starts[first] ?? 0).toISOString(),
    to: new Date(starts[last + 1] ?? end).toISOString()
  }
}
