import type { IdCounts } from '../../contract/names'
import { nameText } from '../../contract/names'
import { type Command, caseOption, jsonOption, wholeNumber } from '../command'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { type Column, table } from '../table'

export default {
  usage: '--case <folder> [--unresolved] [--limit n]',
  about:
    'The ids in events and what directory files call them, most frequent first. A directory is imported like a log: `spoor import users.csv --case …`.',
  options: {
    case: caseOption,
    unresolved: {
      type: 'boolean',
      about: 'the ids that stand without a name in their event, and that no directory names'
    },
    limit: { type: 'string', value: '<n>', about: 'at most so many ids (1000)' },
    json: jsonOption
  },
  notes: '`spoor search` and `spoor show` put names beside the ids with --names; names:alice finds the events.',
  async run(call) {
    const named = !call.has('unresolved')
    const limit = wholeNumber(call, 'limit', 1000)
    const { out, err, columns } = call.terminal
    const { total, ids } = await withCase(call.need('case'), (engine) => engine.ids({ named, limit }))
    if (call.has('json')) await out(`${JSON.stringify({ total, ids })}\n`)
    else if (ids.length)
      await out(
        table(
          named ? [...heads, ...nameHeads] : heads,
          ids.map((one) => row(one, named)),
          columns
        )
      )
    const more = total > ids.length ? `; --limit shows more than ${grouped(ids.length)}` : ''
    err(`${grouped(total)} ${total === 1 ? 'id' : 'ids'} ${named ? 'named by directories' : 'without a name'}${more}`)
    return 0
  }
} satisfies Command as Command

const heads: readonly Column[] = [{ title: 'Field' }, { title: 'Id' }, { title: 'Events', right: true }]
const nameHeads: readonly Column[] = [{ title: 'Name' }, { title: 'E-mail' }, { title: 'Kind' }, { title: 'From' }]

function row({ field, id, events, names }: IdCounts['ids'][number], named: boolean): readonly string[] {
  const each = (give: (name: (typeof names)[number]) => string | undefined) =>
    [...new Set(names.map(give).filter((one) => one !== undefined))].join(' / ')
  const told = [nameText(names), each(({ email }) => email), each(({ kind }) => kind), each(({ file }) => file)]
  return [field, id, grouped(events), ...(named ? told : [])]
}
