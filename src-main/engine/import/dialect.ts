import { cells, type Dialect } from './cells'
import { CsvSplitter } from './split-csv'

// The likelier first; after them whatever else stands in the header and is no letter, digit or blank.
const delimiters = [',', ';', '\t', '|', '^', '~', '\x01', '\x1f', '\x1e', '!', '#', '%', '*', '+', '=', ':']
const looked = 100

/** A table's dialect, and its first rows with the header before them. */
export interface Table {
  readonly dialect: Dialect
  readonly rows: readonly string[]
}

/** A line that programs write before the header: PowerShell the type of what it exports, a spreadsheet the delimiter. */
export const isPreamble = (line: string): boolean => /^(#TYPE \S+|"?sep=.{1,2})$/i.test(line.trim())

/** How the cells of a table are told apart: so that its rows have as many as its header; undefined where nothing does that. */
export function tableIn(content: string, whole: boolean): Table | undefined {
  const first = content.search(/[\r\n]|$/)
  const head = isPreamble(content.slice(0, first)) ? content.slice(first).trimStart() : content
  const header = head.slice(0, head.search(/[\r\n]|$/))
  const mac = head.includes('\r') && !head.includes('\n') ? ({ newline: 'cr' } as const) : {}
  const tried = [
    ...delimiters.filter((one) => header.includes(one)),
    ...(/[ \t]{2}/.test(header.trim()) ? ['spaces'] : [])
  ]
  const found = tried.flatMap((delimiter) =>
    quotings(head, delimiter).map((quoting) => scored(head, whole, { delimiter, ...quoting, ...mac }))
  )
  const best = found
    .filter(({ width, fits }) => width > 1 && fits >= 0.5)
    .sort((a, b) => b.fits - a.fits || Number(b.quotes) - Number(a.quotes) || rank(a) - rank(b) || b.width - a.width)[0]
  return best && { dialect: best.dialect, rows: best.rows }
}

const rank = ({ dialect: { delimiter } }: { dialect: Dialect }) => {
  const place = delimiters.indexOf(delimiter)
  return place < 0 ? delimiters.length : place < 4 ? 0 : place
}

/** Which quotes cells of this delimiter begin and end with. */
function quotings(head: string, delimiter: string): Omit<Dialect, 'delimiter'>[] {
  if (delimiter === 'spaces') return [{ quote: '', escaped: 'double' }]
  const literal = delimiter.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const single = head.match(new RegExp(`(?:^|${literal})'[^'\\n]*'(?=${literal}|\\r?$)`, 'gm'))?.length ?? 0
  const double = head.match(new RegExp(`(?:^|${literal})"`, 'gm'))?.length ?? 0
  const quote = single > 0 && single > double ? "'" : '"'
  const slashed = head.match(new RegExp(`\\\\${quote}(?!${literal}|\\r?$)`, 'gm'))?.length ?? 0
  const doubled = head.match(new RegExp(`[^${quote}${literal}\\n]${quote}${quote}[^${quote}]`, 'g'))?.length ?? 0
  return [{ quote, escaped: slashed > doubled ? 'backslash' : 'double' }]
}

function scored(head: string, whole: boolean, dialect: Dialect) {
  const rows: string[] = []
  const splitter = new CsvSplitter(
    ({ bytes, flag }) => {
      if (rows.length < 500 && bytes.length && !flag) rows.push(bytes.toString('utf8'))
    },
    0,
    dialect
  )
  splitter.push(Buffer.from(head))
  if (whole) splitter.end()
  const [header = '', ...body] = rows
  const { delimiter } = dialect
  const names = cells(header, delimiter, dialect)
  const width = names.length
  const some = body.slice(0, looked)
  const same = some.filter((row) => cells(row, delimiter, dialect).length === width).length
  // A column without a name, or many of one, speaks against a delimiter.
  const named = new Set(names.map((name) => name.trim()).filter((name) => name !== '')).size
  return {
    dialect,
    rows,
    width: named < width / 2 ? 1 : width,
    fits: some.length ? same / some.length : 0,
    quotes: dialect.quote === "'"
  }
}
