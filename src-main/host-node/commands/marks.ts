import type { EventRow } from '../../contract/event'
import { allOf, type Filter } from '../../contract/filter'
import type { EventMarks } from '../../contract/marks'
import type { Answers } from '../../contract/query'
import { type Command, caseOption, jsonOption, wholeNumber } from '../command'
import { asText } from '../csv'
import { filterOf } from '../filter-of'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'

const fields = ['@timestamp', 'user.name', 'event.action', 'resource.name'] as const
const marked: Filter = { kind: 'marked', mark: 'any' }

export default {
  usage: "['<query>'] --case <folder> [--limit n]",
  about: 'The events that were starred, tagged or commented on, with who did and when, newest first.',
  options: {
    case: caseOption,
    limit: { type: 'string', value: '<n>', about: 'at most so many events (1000)' },
    json: jsonOption
  },
  async run(call) {
    const filter = allOf(marked, filterOf(call.words))
    const limit = wholeNumber(call, 'limit', 1000)
    const { total, rows, marks } = await withCase(call.need('case'), async (engine) => {
      const { count } = (await engine.ask({ select: 'count', filter })) as Answers['count']
      const found = (await engine.ask({ select: 'rows', filter, fields, limit })) as Answers['rows']
      return { total: count, rows: found.rows, marks: await engine.marksOf(found.rows.map(({ _id }) => _id)) }
    })
    const { out, err, columns } = call.terminal
    if (call.has('json')) {
      await out(`${JSON.stringify({ total, events: rows.map((row, at) => ({ ...row, ...marks[at] })) })}\n`)
      return 0
    }
    const heads = [...fields, 'star', 'tags', 'comments', '_id'].map((title) => ({ title }))
    await out(
      table(
        heads,
        rows.map((row, at) => line(row, marks[at])),
        columns
      )
    )
    err(
      `${grouped(rows.length)} of ${grouped(total)} marked events${rows.length < total ? '; --limit shows more' : ''}`
    )
    return 0
  }
} satisfies Command as Command

const line = (row: EventRow, marks: EventMarks | undefined): readonly string[] => [
  ...fields.map((field) => asText(row[field])),
  marks?.star ? '*' : '',
  marks?.tags.map(({ tag }) => tag).join(', ') ?? '',
  marks?.comments.map(({ by, text }) => `${by}: ${text}`).join(' / ') ?? '',
  row._id
]
