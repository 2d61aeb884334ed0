import { type ChangeKind, type Comparison, changeKinds, comparedFields } from '../../contract/compare'
import { changeText, comparisonMarkdown, comparisonTsv } from '../../contract/compare-text'
import { AppError } from '../../contract/errors'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText } from '../csv'
import { filterOf } from '../filter-of'
import { keepSearch } from '../kept-search'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'
import { fieldsOf } from './search'

const formats = ['table', 'tsv', 'markdown'] as const
const kinds = ['any', ...changeKinds] as const

export default {
  usage: "'<query a>' '<query b>' --case <folder> [--by field[,field]] [--only new]",
  about: 'What differs between two sets of events: values that are new in the second, gone, more frequent, less.',
  options: {
    case: caseOption,
    by: { type: 'string', value: '<field,…>', about: `in these fields (${comparedFields.join(',')})` },
    only: { type: 'string', value: '<change>', about: `only values that changed so: ${changeKinds.join(' ')}` },
    limit: { type: 'string', value: '<n>', about: 'at most so many values of each field (20)' },
    format: { type: 'string', value: '<format>', about: formats.join(', ') },
    json: jsonOption
  },
  notes: `The most telling change comes first. A change is of the share that a value has in all events of a set:
×2.0 is twice as frequent, ÷2.0 half. Two times of the same search: '… @timestamp:2026-03-08' '… @timestamp:2026-03-09'.`,
  async run(call) {
    const [textA, textB, ...more] = call.words
    if (textA === undefined || textB === undefined || more.length > 0)
      throw new AppError('usage', 'Two queries are compared, each in quotes: spoor compare "user.name:a" "user.name:b"')
    const [a, b] = [filterOf([textA]), filterOf([textB])]
    const by = fieldsOf(call.get('by')) ?? comparedFields
    const limit = wholeNumber(call, 'limit', 20)
    const only = oneOfThese(call, 'only', kinds, 'any')
    const format = oneOfThese(call, 'format', formats, 'table')
    const { out, err, columns } = call.terminal
    await withCase(call.need('case'), async (engine) => {
      const kind: ChangeKind | undefined = only === 'any' ? undefined : only
      const query = { select: 'compare', a, b, by, limit, ...(kind && { only: kind }) } as const
      const found = (await engine.ask(query)) as Comparison
      await keepSearch(engine, a, found.a.count)
      await keepSearch(engine, b, found.b.count)
      const names = { a: textA || 'all events', b: textB || 'all events' }
      if (call.has('json')) await out(`${JSON.stringify(jsonOf(found, textA, textB))}\n`)
      else if (format === 'tsv') await out(`${comparisonTsv(found, names)}\n`)
      else if (format === 'markdown') await out(`${comparisonMarkdown(found, names)}\n`)
      else await out(tables(found, columns))
      err(`A: ${grouped(found.a.count)} events: ${names.a}`)
      err(`B: ${grouped(found.b.count)} events: ${names.b}`)
      if (found.both > 0) err(`${grouped(found.both)} events are in both`)
    })
    return 0
  }
} satisfies Command as Command

const jsonOf = ({ a, b, both, fields, bars }: Comparison, textA: string, textB: string) => ({
  a: { query: textA, ...a },
  b: { query: textB, ...b },
  both,
  fields,
  bars
})

function tables({ a, b, fields }: Comparison, screen: number | null): string {
  return fields
    .map(({ field, values, rest }) => {
      const rows = values.map((one) => [
        one.value === null ? '–' : asText(one.value),
        grouped(one.a),
        grouped(one.b),
        changeText(one, a.count, b.count)
      ])
      if (rest.values > 0) rows.push([`(${grouped(rest.values)} more)`, grouped(rest.a), grouped(rest.b), ''])
      const heads = [{ title: field }, { title: 'A', right: true }, { title: 'B', right: true }, { title: 'Change' }]
      return table(heads, rows, screen)
    })
    .join('\n')
}
