import { bars } from './draw/bars'
import type { Chart } from './draw/chart'
import { countsTable } from './draw/values'

export default {
  title: 'Most active users',
  about: 'Which accounts did most.',
  order: 3,
  width: 'narrow',
  query: () => ({ select: 'groups', by: ['user.name'], limit: 12 }),
  table: (answer, look) => countsTable(answer, look, { head: 'User', many: 'users', fields: ['user.name'] }),
  draw: bars
} satisfies Chart<'groups'>
