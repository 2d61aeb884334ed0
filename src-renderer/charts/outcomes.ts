import type { Value } from '../../src-main/contract/event'
import type { Chart, Look } from './draw/chart'
import { ring } from './draw/ring'
import { countsTable } from './draw/values'

export default {
  title: 'Outcomes',
  about: 'How many actions succeeded and failed, and of how many the log does not say.',
  order: 6,
  width: 'narrow',
  query: () => ({ select: 'groups', by: ['event.outcome'], limit: 10 }),
  table: (answer, look) =>
    countsTable(answer, look, {
      head: 'Outcome',
      many: 'outcomes',
      fields: ['event.outcome'],
      title,
      colour: ({ key }) => colour(key[0] ?? null, look)
    }),
  draw: ring
} satisfies Chart<'groups'>

const titles: Readonly<Record<string, string>> = { success: '✓ Success', failure: '✗ Failure' }
const title = (value: Value | null) => (value === null ? '– Not logged' : (titles[String(value)] ?? String(value)))

const colour = (value: Value | null, { colours }: Look): string =>
  value === 'success' ? colours.success : value === 'failure' ? colours.failure : colours.faint
