import { type Reach, reaches } from '../../contract/context'
import { AppError } from '../../contract/errors'
import type { AnyField } from '../../contract/event'
import { everything } from '../../contract/filter'
import type { Answers } from '../../contract/query'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText } from '../csv'
import { filterOf } from '../filter-of'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'
import { fieldsOf } from './search'

const shown: readonly AnyField[] = [
  '@timestamp',
  'event.dataset',
  'user.name',
  'event.action',
  'resource.name',
  'source.ip'
]
const withins = [...reaches, 'file'] as const

export default {
  usage: "<event> --case <folder> [--within 5m] ['<query>']",
  about: 'What happened around an event, from all sources, oldest first; the event itself is marked.',
  options: {
    case: caseOption,
    within: { type: 'string', value: '<reach>', about: `how far to each side: ${withins.join(' ')} (5m)` },
    limit: { type: 'string', value: '<n>', about: 'at most so many to each side, the nearest (100)' },
    fields: { type: 'string', value: '<field,…>', about: 'these fields instead' },
    json: jsonOption
  },
  notes:
    'Given a query, its events are marked with *. An event without a time is shown between its neighbours in its file.',
  async run(call) {
    const [event, ...query] = call.words
    if (!event) throw new AppError('usage', 'Which event? One _id is needed, as `spoor search` prints it.')
    const fields = fieldsOf(call.get('fields')) ?? shown
    const filter = query.length > 0 ? filterOf(query) : everything
    const asked = {
      select: 'context',
      event,
      within: oneOfThese<Reach | 'file'>(call, 'within', withins, '5m'),
      filter,
      fields,
      limit: wholeNumber(call, 'limit', 100)
    } as const
    const context = await withCase(call.need('case'), async (engine) => (await engine.ask(asked)) as Answers['context'])
    const { out, err, columns } = call.terminal
    if (call.has('json')) {
      await out(`${JSON.stringify(context)}\n`)
      return 0
    }
    const titles = ['', ...fields, '_id'].map((title) => ({ title }))
    const rows = context.rows.map(({ event: row, found }, at) => [
      `${at === context.at ? '>' : ' '}${query.length > 0 && found ? '*' : ''}`,
      ...fields.map((field) => asText((row as Record<string, unknown>)[field]) || '–'),
      row._id
    ])
    await out(table(titles, rows, columns))
    const shownBefore = context.at
    const shownAfter = context.rows.length - 1 - context.at
    const some = (of: number, all: number) => (of < all ? ` (the nearest ${grouped(of)} shown)` : '')
    err(
      `${grouped(context.before)} before${some(shownBefore, context.before)}, ${grouped(context.after)} after${some(shownAfter, context.after)}, ${context.by === 'file' ? 'in its file' : `from ${context.from} to before ${context.to}`}`
    )
    return 0
  }
} satisfies Command as Command
