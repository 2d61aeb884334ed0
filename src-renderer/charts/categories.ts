import { bars } from './draw/bars'
import type { Chart } from './draw/chart'
import { countsTable } from './draw/values'

export default {
  title: 'Categories',
  about: 'How many events there are of each kind, the same kinds across all sources.',
  order: 4,
  width: 'narrow',
  query: () => ({ select: 'groups', by: ['event.category'], limit: 10 }),
  table: (answer, look) =>
    countsTable(answer, look, {
      head: 'Category',
      many: 'categories',
      fields: ['event.category'],
      title: (value) => String(value ?? 'no category'),
      colour: ({ key }) => look.category(key[0])
    }),
  draw: bars
} satisfies Chart<'groups'>
