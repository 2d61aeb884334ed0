import type { SqlResult } from '../../../src-main/contract/sql-result'
import { cellText } from './cell-text'

const [narrowest, widest] = [64, 420]

// Letters of the table are all of one width, those of East Asia of nearly two.
const measure = (text: string) => [...text].reduce((sum, letter) => sum + (letter < '\u1100' ? 7.25 : 12.5), 0)

/** How wide each column must be for its name and its first rows, so that no ordinary value is cut. */
export function resultWidths({ columns, rows }: SqlResult): number[] {
  const first = rows.slice(0, 100)
  return columns.map(({ name, type }, at) => {
    const head = measure(name) + measure(type) * 0.92 + 30
    const cells = first.map((row) => measure(cellText(row[at]).slice(0, 80)) + 26)
    return Math.ceil(Math.min(widest, Math.max(narrowest, head, ...cells)))
  })
}
