import { absent, allOf, type Filter, not, oneOf } from '../../src-main/contract/filter'
import type { Timeline } from '../../src-main/contract/query'
import type { Chart, Look, Table } from './draw/chart'
import { stackedBars } from './draw/stacked-bars'
import { withValue } from './draw/values'

export default {
  title: 'Events over time',
  about: 'How many events of each category happened when.',
  order: 1,
  width: 'full',
  query: (zone) => ({ select: 'timeline', zone, bins: 120, by: 'event.category', limit: 10 }),
  table: timelineTable,
  draw: stackedBars
} satisfies Chart<'timeline'>

function timelineTable({ every, starts, end, series, undated }: Timeline, look: Look): Table {
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
  const rows = starts.map((start, index) => ({
    title: look.moment(start, every),
    short: look.tick(start, every),
    clause: between(index),
    cells: series.map(({ counts }, of) => ({
      count: counts[index] ?? 0,
      clause: allOf(between(index), kinds[of]?.clause)
    }))
  }))
  const dated = series.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0)
  return {
    head: `Time (${look.zone})`,
    columns: series.map(({ key }, of) => ({ title: kinds[of]?.title ?? '', colour: look.category(key) })),
    rows,
    notes: undated
      ? [{ text: `${look.count(undated)} events have no time and stand in no bar.`, clause: absent('@timestamp') }]
      : [],
    total: dated + undated,
    scale: look.width(every)
  }
}
