import { columnsOf, fit, printable } from './printable'

export interface Column {
  readonly title: string
  /** Numbers stand under each other at the right. */
  readonly right?: boolean
}

/** A table for people. On a screen the widest columns give way until a line fits; in a file nothing is cut. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], screen: number | null): string {
  const cells = rows.map((row) => columns.map((_, at) => printable(row[at] ?? '')))
  const widths = columns.map(({ title }, at) =>
    cells.reduce((width, row) => Math.max(width, columnsOf(row[at] ?? '')), columnsOf(title))
  )
  if (screen) shrink(widths, screen)
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => padded(fit(cell, widths[at] ?? 0), widths[at] ?? 0, columns[at]?.right))
      .join('  ')
      .trimEnd()
  return `${[columns.map(({ title }) => title), ...cells].map(line).join('\n')}\n`
}

/** Takes from the widest until the line fits; no column below eight. */
function shrink(widths: number[], screen: number): void {
  const total = () => widths.reduce((sum, width) => sum + width + 2, -2)
  while (total() > screen) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) <= 8) return
    widths[widest] = (widths[widest] ?? 0) - 1
  }
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - columnsOf(text)))
  return right ? space + text : text + space
}
