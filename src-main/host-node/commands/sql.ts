import { AppError } from '../../contract/errors'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText, csvLine } from '../csv'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: "'<select>' --case <folder> [--limit n] [--format table|json|ndjson|csv]",
  about: 'Read-only SQL on `event` (fields by their names) and `record` (text and place of every record).',
  options: {
    case: caseOption,
    limit: { type: 'string', value: '<n>', about: 'at most so many rows (1000)' },
    format: { type: 'string', value: '<format>', about: 'table, json, ndjson or csv (table)' },
    json: jsonOption
  },
  async run(call) {
    const statement = call.words.join(' ')
    if (!statement) throw new AppError('usage', "Which statement? For example 'SELECT count(*) FROM event'.")
    const limit = wholeNumber(call, 'limit', 1000)
    const format = call.has('json') ? 'json' : oneOfThese(call, 'format', ['table', 'json', 'ndjson', 'csv'], 'table')
    const { columns, rows, more, seconds } = await withCase(call.need('case'), (engine) => engine.sql(statement, limit))
    const { out, err, columns: screen } = call.terminal
    const names = columns.map(({ name }) => name)
    if (format === 'json') await out(`${JSON.stringify({ columns, rows, more, seconds })}\n`)
    if (format === 'csv') await out([csvLine(names), ...rows.map(csvLine)].join(''))
    if (format === 'ndjson') await out(rows.map((row) => `${JSON.stringify(objectOf(names, row))}\n`).join(''))
    if (format === 'table') {
      const heads = columns.map(({ name, type }) => ({ title: name, right: /INT|DOUBLE|DECIMAL|FLOAT/.test(type) }))
      await out(
        table(
          heads,
          rows.map((row) => row.map((value) => (value === null ? '–' : asText(value)))),
          screen
        )
      )
      err(`${grouped(rows.length)} rows in ${seconds.toFixed(2)} s`)
    }
    if (more) err(`There are more rows than ${grouped(limit)}; --limit shows more.`)
    return 0
  }
} satisfies Command as Command

const objectOf = (names: readonly string[], row: readonly unknown[]) =>
  Object.fromEntries(names.map((name, at) => [name, row[at]]))
