import { AppError } from '../../contract/errors'
import { type AnyField, type EventRow, fieldNames, isField } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { type IdField, isIdField } from '../../contract/names'
import type { Answers } from '../../contract/query'
import type { Engine } from '../../contract/rpc'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText, csvLine } from '../csv'
import { type EventNames, namesIn, withName } from '../event-names'
import { filterOf } from '../filter-of'
import { keepSearch } from '../kept-search'
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
    names: { type: 'boolean', about: 'what directories call the ids, beside them' },
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
      await keepSearch(engine, filter, total)
      const named = call.has('names') ? fields.filter(isIdField) : []
      const rows = withNames(engine, named, rowsOf(engine, filter, fields, limit))
      if (format === 'ndjson')
        for await (const some of rows)
          await out(
            some.map(({ row, names }) => `${JSON.stringify(named.length ? { ...row, names } : row)}\n`).join('')
          )
      else if (format === 'csv') {
        await out(csvLine(['_id', ...fields, ...named.map((field) => `names.${field}`)]))
        for await (const some of rows)
          await out(
            some
              .map(({ row, names }) =>
                csvLine([...cells(row, ['_id', ...fields]), ...named.map((field) => names[field]?.join(' / '))])
              )
              .join('')
          )
      } else {
        const all: Told[] = []
        for await (const some of rows) all.push(...some)
        if (format === 'json') {
          const events = all.map(({ row }) => row)
          return out(`${JSON.stringify({ total, events, ...(call.has('names') && { names: namesById(all) }) })}\n`)
        }
        const shown = [...fields, '_id']
        await out(
          table(
            shown.map((title) => ({ title })),
            all.map(({ row, names }) =>
              shown.map((field) => withName(asText(cells(row, [field])[0]), names[field as IdField]))
            ),
            columns
          )
        )
        err(`${grouped(all.length)} of ${grouped(total)} events${all.length < total ? '; --limit shows more' : ''}`)
      }
    })
    return 0
  }
} satisfies Command as Command

interface Told {
  readonly row: EventRow
  readonly names: EventNames
}

async function* withNames(
  engine: Engine,
  fields: readonly IdField[],
  pages: AsyncIterable<readonly EventRow[]>
): AsyncGenerator<readonly Told[]> {
  for await (const rows of pages) {
    const names = await namesIn(engine, rows, fields)
    yield rows.map((row, at) => ({ row, names: names[at] ?? {} }))
  }
}

/** Field by field what the ids of these events are called. */
function namesById(all: readonly Told[]): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  const names: Record<string, Record<string, readonly string[]>> = {}
  for (const { row, names: own } of all) {
    for (const [field, said] of Object.entries(own)) {
      names[field] ??= {}
      ;(names[field] as Record<string, readonly string[]>)[String(row[field as IdField])] = said
    }
  }
  return names
}

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
