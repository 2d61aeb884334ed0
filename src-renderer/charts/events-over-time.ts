import { categories } from '../../src-main/contract/event'
import { allOf, type Filter, not, oneOf } from '../../src-main/contract/filter'
import type { Timeline } from '../../src-main/contract/query'
import type { Chart, Look, Table } from './draw/chart'
import { stackedBars } from './draw/stacked-bars'
import { undatedNotes, withValue } from './draw/values'

export default {
  title: 'Events over time',
  about: 'How many events of each category happened when.',
  order: 1,
  width: 'full',
  query: (zone) => ({ select: 'timeline', zone, bins: 120, by: 'event.category', limit: 10 }),
  table: timelineTable,
  draw: stackedBars
} satisfies Chart<'timeline'>

/** In the one order of all categories, so that a part of a bar stays where it is when the filter changes. */
const rank = ({ key, others }: Timeline['series'][number]): number =>
  others ? 99 : key === null ? 98 : (categories as readonly unknown[]).indexOf(key)

function timelineTable({ every, starts, end, series: unordered, undated }: Timeline, look: Look): Table {
  const series = unordered.toSorted((a, b) => rank(a) - rank(b))
  const between = (index: number): Filter => ({
    kind: 'range',
    field: '@timestamp',
    from: new Date(starts[index] ?? 0).toISOString(),
    to: new Date(starts[index + 1] ?? end).toISOString()
  })
  const named = series.flatMap(({ key }) => (key === null ? [] : [key]))
  const kinds = series.map(({ key, others }) =>
    others
      ? { title: 'other', clause: not(oneOf('event.category', ...named)) }
      : { title: String(key ?? 'no category'), clause: withValue('event.category', key) }
  )
  const ticks = starts.map((start) => look.tick(start, every))
  const isDate = (tick: string) => tick.includes('-')
  // Over several days only their beginnings are named; a time without its day would tell nothing.
  const days = ticks.filter(isDate).length > 2
  const rows = starts.map((start, index) => ({
    title: look.moment(start, every),
    short: days && !isDate(ticks[index] ?? '') ? '' : (ticks[index] ?? ''),
    clause: between(index),
    cells: series.map(({ counts }, of) => ({
      count: counts[index] ?? 0,
      clause: allOf(between(index), kinds[of]?.clause)
    }))
  }))
  const dated = series.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0)
  return {
    head: `Time (${look.zone})`,
    columns: series.map(({ key }, of) => ({ title: '', ...kinds[of], colour: look.category(key) })),
    rows,
    notes: undatedNotes(undated, look, 'bar'),
    total: dated + undated,
    scale: look.width(every)
  }
}
