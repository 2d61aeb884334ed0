import { type Compared, type Comparison, timesAsFrequent } from './compare'
import type { AnyField } from './event'
import { fieldTitle } from './query-text-field'

/** What the two sets are called: a time range, a query. */
export interface SetNames {
  readonly a: string
  readonly b: string
}

/** What became of a value, in short: `new`, `gone`, `×3.2` as frequent, `÷2.5`, or `=`. */
export function changeText(compared: Compared, totalA: number, totalB: number): string {
  const { kind } = compared
  if (kind === 'new' || kind === 'gone') return kind
  if (kind === 'same') return '='
  const times = timesAsFrequent(compared, totalA, totalB)
  return kind === 'up' ? `×${twoDigits(times)}` : `÷${twoDigits(1 / times)}`
}

/** Two digits tell as much as a share of a sample can; a change never reads as none. */
function twoDigits(times: number): string {
  if (times >= 10) return String(Math.round(times))
  if (times >= 1.05) return times.toFixed(1)
  return times >= 1.005 ? times.toFixed(2) : '1.00…'
}

/** Written without rounding beyond a hundredth of a percent. */
const shareText = (count: number, total: number): string =>
  total === 0 ? '' : `${Number(((100 * count) / total).toFixed(2))}%`

type Cells = readonly string[]

/** The comparison as lines of cells, a field after the other. What is not listed stands in a line of its own. */
function lines({ a, b, fields }: Comparison, field: (one: AnyField) => string): Cells[] {
  const shares = (one: { readonly a: number; readonly b: number }) => [
    String(one.a),
    String(one.b),
    shareText(one.a, a.count),
    shareText(one.b, b.count)
  ]
  return fields.flatMap((each) => [
    ...each.values.map((one) => [
      field(each.field),
      one.value === null ? '(absent)' : String(one.value),
      ...shares(one),
      changeText(one, a.count, b.count)
    ]),
    ...(each.rest.values > 0
      ? [[field(each.field), `(${each.rest.values} more values)`, ...shares(each.rest), '']]
      : [])
  ])
}

const heads = ({ a, b }: SetNames): Cells => ['Value', a, b, `Share of ${a}`, `Share of ${b}`, 'Change']

/** For a spreadsheet: plain figures, columns apart by tabs, fields by their names in a query. */
export function comparisonTsv(comparison: Comparison, names: SetNames): string {
  const totals = ['(all)', 'events', String(comparison.a.count), String(comparison.b.count), '', '', '']
  return [['Field', ...heads(names)], totals, ...lines(comparison, (field) => field)]
    .map((line) => line.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
}

/** For a report: a table a field. */
export function comparisonMarkdown(comparison: Comparison, names: SetNames): string {
  const { a, b } = comparison
  const row = (cells: Cells) => `| ${cells.map(escaped).join(' | ')} |`
  const tables = comparison.fields.map((one) => {
    const own = lines({ ...comparison, fields: [one] }, fieldTitle)
    return [
      `### ${escaped(fieldTitle(one.field))}`,
      '',
      row(heads(names)),
      '| --- | ---: | ---: | ---: | ---: | --- |',
      ...own.map((cells) => row(cells.slice(1)))
    ].join('\n')
  })
  const sums = `${escaped(names.a)}: ${a.count} events. ${escaped(names.b)}: ${b.count} events.`
  return [sums, ...tables].join('\n\n')
}

// A value of a log may hold anything: nothing in it is markup.
const escaped = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>()#!|~&]/g, '\\$&')
