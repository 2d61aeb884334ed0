import { bars } from './draw/bars'
import type { Chart } from './draw/chart'
import { countsTable } from './draw/values'

export default {
  title: 'Volume by action',
  about: 'What was done most, in the words of the logs, in the colour of its category.',
  order: 2,
  width: 'narrow',
  query: () => ({ select: 'groups', by: ['event.action', 'event.category'], limit: 12 }),
  table: (answer, look) =>
    countsTable(answer, look, {
      head: 'Action',
      many: 'actions',
      fields: ['event.action', 'event.category'],
      colour: ({ key }) => look.category(key[1])
    }),
  draw: bars
} satisfies Chart<'groups'>
