import type { Filter } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import type { Chart, Look, Table } from './draw/chart'
import { heat } from './draw/heat'
import { undatedNotes } from './draw/values'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const hours = Array.from({ length: 24 }, (_, hour) => hour)

export default {
  title: 'Hour and weekday',
  about: 'At which hours of which days of the week events happened.',
  order: 5,
  width: 'wide',
  query: (zone) => ({ select: 'calendar', zone }),
  table: calendarTable,
  draw: heat
} satisfies Chart<'calendar'>

function calendarTable({ cells, undated }: Answers['calendar'], look: Look): Table {
  const counts = new Map(cells.map(({ weekday, hour, count }) => [weekday * 24 + hour, count]))
  const at = (weekday: number, hour: number): Filter => ({ kind: 'hour', weekday, hour, zone: look.zone })
  return {
    head: `Weekday (${look.zone})`,
    columns: hours.map((hour) => ({ title: `${String(hour).padStart(2, '0')}:00` })),
    rows: weekdays.map((title, weekday) => ({
      title,
      short: title.slice(0, 3),
      clause: { kind: 'or', of: hours.map((hour) => at(weekday, hour)) },
      cells: hours.map((hour) => ({ count: counts.get(weekday * 24 + hour) ?? 0, clause: at(weekday, hour) }))
    })),
    notes: undatedNotes(undated, look, 'cell'),
    total: cells.reduce((sum, { count }) => sum + count, 0) + undated
  }
}
