import { AppError } from '../contract/errors'
import type { PreviewCell, SourcePreview } from '../contract/source-preview'
import type { Call, ExitCode } from './command'
import { asText } from './csv'
import { printable } from './printable'
import { startEngine } from './session'
import { table } from './table'

/** Prints what a definition makes of a log's first records, and what of them it could not convert. */
export async function trySource({ terminal, has }: Call, yaml: string, path: string | undefined): Promise<ExitCode> {
  const preview = await startEngine().previewSource({ yaml, on: path === undefined ? 'samples' : { path } })
  const [fault] = preview.faults
  if (fault && !has('json')) {
    const hint = fault.suggestion === undefined ? '' : ` Did you mean ${fault.suggestion}?`
    throw new AppError('source_invalid', `Line ${fault.line}: ${fault.sentence}.${hint}`)
  }
  await terminal.out(has('json') ? `${JSON.stringify(preview)}\n` : previewText(preview, terminal.columns))
  const missed = misses(preview)
  for (const sentence of missed) terminal.err(printable(sentence))
  return fault ? 1 : missed.length ? 3 : 0
}

function previewText({ fields, rows }: SourcePreview, screen: number | null): string {
  const filled = fields.filter((field) => rows.some(({ cells }) => cells[field]))
  const heads = [{ title: 'Record', right: true }, ...filled.map((title) => ({ title }))]
  const cells = rows.map((row, at) => [String(at + 1), ...filled.map((field) => cellText(row.cells[field]))])
  return table(heads, cells, screen)
}

const cellText = (cell: PreviewCell | undefined): string =>
  cell?.unconverted === undefined ? asText(cell?.value) : `✗ ${cell.logged}`

/** What a definition did not make of the records, a sentence for each field and reason. */
function misses({ fields, rows, rivals }: SourcePreview): string[] {
  const unconverted = fields.flatMap((field) => {
    const cells = rows.flatMap(({ cells }) => cells[field] ?? [])
    const reasons = new Set(cells.flatMap(({ unconverted: why }) => why ?? []))
    return [...reasons].map((why) => {
      const count = cells.filter((one) => one.unconverted === why).length
      return `${field}: ${count} of ${rows.length} did not convert: ${why}`
    })
  })
  const unexpected = rows.flatMap(({ cells }, at) =>
    Object.entries(cells).flatMap(([field, cell]) =>
      cell?.expected === undefined
        ? []
        : `Sample ${at + 1}: ${field} is ${JSON.stringify(cell.value ?? null)}, not ${JSON.stringify(cell.expected)}`
    )
  )
  const strangers = rows.filter(({ recognised }) => !recognised).length
  const unknown = strangers ? [`${strangers} of ${rows.length} records would not be recognised as its own`] : []
  const stronger = rivals.flatMap(({ id, demands }) =>
    demands === 'less'
      ? []
      : demands === 'more'
        ? `${id} fits too, and asks for more: it would be taken instead`
        : `${id} fits as well, and asks for as much: imports would ask which`
  )
  return [...unconverted, ...unexpected, ...unknown, ...stronger]
}
