import { AppError } from '../../contract/errors'
import { type AnyField, type EventRow, fieldNames, isField } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import type { Answers } from '../../contract/query'
import type { Engine } from '../../contract/rpc'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText, csvLine } from '../csv'
import { filterOf } from '../filter-of'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'

const atAGlance: readonly AnyField[] = [
  '@timestamp',
  'user.name',
  'event.action',
  'event.outcome',
  'resource.name',
  'source.ip',
  'event.dataset'
]
const page = 10_000

export default {
  usage: "'<query>' --case <folder> [--limit n] [--fields a,b] [--format table|json|ndjson|csv]",
  about: 'The events that match, newest first. An empty query matches all.',
  options: {
    case: caseOption,
    limit: { type: 'string', value: '<n>', about: 'at most so many events (100)' },
    fields: { type: 'string', value: '<a,b>', about: 'only these fields; record.<path> for anything in the record' },
    format: { type: 'string', value: '<format>', about: 'table, json, ndjson or csv (table)' },
    json: jsonOption
  },
  async run(call) {
    const filter = filterOf(call.words)
    const limit = wholeNumber(call, 'limit', 100)
    const format = call.has('json') ? 'json' : oneOfThese(call, 'format', ['table', 'json', 'ndjson', 'csv'], 'table')
    const chosen = fieldsOf(call.get('fields'))
    const fields = chosen ?? (format === 'table' ? atAGlance : fieldNames)
    const { out, err, columns } = call.terminal

    await withCase(call.need('case'), async (engine) => {
      const { count: total } = (await engine.ask({ select: 'count', filter })) as Answers['count']
      const rows = rowsOf(engine, filter, fields, limit)
      if (format === 'ndjson')
        for await (const some of rows) await out(some.map((row) => `${JSON.stringify(row)}\n`).join(''))
      else if (format === 'csv') {
        await out(csvLine(['_id', ...fields]))
        for await (const some of rows) await out(some.map((row) => csvLine(cells(row, ['_id', ...fields]))).join(''))
      } else {
        const all: EventRow[] = []
        for await (const some of rows) all.push(...some)
        if (format === 'json') return out(`${JSON.stringify({ total, events: all })}\n`)
        const shown = [...fields, '_id']
        await out(
          table(
            shown.map((title) => ({ title })),
            all.map((row) => cells(row, shown).map(asText)),
            columns
          )
        )
        err(`${grouped(all.length)} of ${grouped(total)} events${all.length < total ? '; --limit shows more' : ''}`)
      }
    })
    return 0
  }
} satisfies Command as Command

/** The rows in pages, so that a million of them need no more memory than one page. */
async function* rowsOf(engine: Engine, filter: Filter, fields: readonly AnyField[], limit: number) {
  const sort = { field: '@timestamp', descending: true } as const
  for (let offset = 0; offset < limit; offset += page) {
    const some = Math.min(page, limit - offset)
    const { rows } = (await engine.ask({
      select: 'rows',
      filter,
      fields,
      sort,
      limit: some,
      offset
    })) as Answers['rows']
    yield rows
    if (rows.length < some) return
  }
}

const cells = (row: EventRow, names: readonly string[]): unknown[] =>
  names.map((name) => (row as Readonly<Record<string, unknown>>)[name])

/** Fields as typed, `a,b`. */
export function fieldsOf(typed: string | undefined): readonly AnyField[] | null {
  if (typed === undefined) return null
  return typed.split(',').map((part) => {
    const name = part.trim()
    if (isField(name) || name.startsWith('record.')) return name as AnyField
    throw new AppError(
      'field_unknown',
      `There is no field ${name}. \`spoor sources --json\` lists the fields of each source.`
    )
  })
}
