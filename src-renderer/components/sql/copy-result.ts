import type { SqlResult } from '../../../src-main/contract/sql-result'
import { cellText } from './cell-text'

/** A rectangle of a result: columns and rows from the first to the last, both included. */
export interface Block {
  readonly columns: readonly [number, number]
  readonly rows: readonly [number, number]
}

export type CopyForm = 'tsv' | 'csv' | 'json' | 'markdown'

export const wholeOf = ({ columns, rows }: SqlResult): Block => ({
  columns: [0, columns.length - 1],
  rows: [0, rows.length - 1]
})

/** A part of a result as text; the names of its columns stand above, but for a single cell. */
export function blockText(result: SqlResult, block: Block, form: CopyForm): string {
  const names = result.columns.slice(block.columns[0], block.columns[1] + 1).map(({ name }) => name)
  const rows = result.rows
    .slice(block.rows[0], block.rows[1] + 1)
    .map((row) => row.slice(block.columns[0], block.columns[1] + 1))
  const [only] = rows[0] ?? []
  if (form === 'json')
    return JSON.stringify(
      rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null]))),
      null,
      2
    )
  if (form === 'markdown') {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
    return [
      line(names.map(markdownCell)),
      line(names.map(() => '---')),
      ...rows.map((row) => line(row.map(markdownCell)))
    ].join('\n')
  }
  if (form === 'csv') return [names, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
  if (rows.length === 1 && names.length === 1) return cellText(only)
  return [names, ...rows]
    .map((row) => row.map((value) => cellText(value).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
}

const markdownCell = (value: unknown): string =>
  cellText(value)
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|')

const csvCell = (value: unknown): string => {
  const text = cellText(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
