/** How a table's cells are told apart. */
export interface Dialect {
  /** One character; or `spaces`: two or more blanks, as tables drawn for the eye have between columns. */
  readonly delimiter: string
  /** What stands around a cell that holds a delimiter or a line's end; empty where nothing does. */
  readonly quote: string
  /** How a quote is written inside quotes. */
  readonly escaped: 'double' | 'backslash'
  /** Old Macs end lines with CR alone. */
  readonly newline?: 'cr'
}

export type Quoting = Pick<Dialect, 'quote' | 'escaped'>
const usual: Quoting = { quote: '"', escaped: 'double' }

/** The cells of one row. A quote that is neither doubled nor before a delimiter is a character like any other. */
export function cells(row: string, delimiter: string, { quote, escaped }: Quoting = usual): string[] {
  if (delimiter === 'spaces') return row.trim().split(/[ \t]{2,}|\t/)
  if (quote === '' || !row.includes(quote)) return row.split(delimiter)
  const out: string[] = []
  for (let at = 0; ; ) {
    const start = quoteAt(row, at, quote)
    if (start < 0) {
      const next = row.indexOf(delimiter, at)
      out.push(row.slice(at, next < 0 ? row.length : next))
      if (next < 0) return out
      at = next + delimiter.length
      continue
    }
    const end = closing(row, start + 1, delimiter, quote, escaped)
    const inner = row.slice(start + 1, end)
    out.push(escaped === 'double' ? inner.replaceAll(quote + quote, quote) : inner.replaceAll(/\\(["'\\])/g, '$1'))
    const next = row.indexOf(delimiter, end)
    if (next < 0) return out
    at = next + delimiter.length
  }
}

/** Where a cell's quote opens, behind blanks perhaps; -1 where the cell has none. */
function quoteAt(row: string, at: number, quote: string): number {
  let start = at
  while (row[start] === ' ') start++
  return row[start] === quote ? start : -1
}

/** Where the quote closes that ends a cell: the one before a delimiter or the row's end. */
function closing(row: string, from: number, delimiter: string, quote: string, escaped: Dialect['escaped']): number {
  for (let at = from; at < row.length; at++) {
    if (escaped === 'backslash' && row[at] === '\\') at++
    else if (row[at] === quote) {
      if (escaped === 'double' && row[at + 1] === quote) at++
      else if (at + 1 === row.length || row.startsWith(delimiter, at + 1) || /^\s*$/.test(row.slice(at + 1))) return at
      else if (
        row[at + 1] === ' ' &&
        row
          .slice(at + 1)
          .trimStart()
          .startsWith(delimiter)
      )
        return at
    }
  }
  return row.length
}
