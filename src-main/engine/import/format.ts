import { AppError } from '../../contract/errors'
import type { Compression } from '../evidence/unpack'
import { cells, type Dialect, type Quoting } from './cells'
import { type Each, entriesOf } from './entries'
import { pairs } from './pairs'
import { type Peel, peeled } from './peel'
import { pythonLiteral } from './python-literal'
import type { Reading } from './reading'

/** How one file is cut into records, and a record read into its document. Plain data: it crosses to the reader's thread. */
export interface Format {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly compression: Compression
  /** Bytes of a byte order mark, passed over. */
  readonly skip: number
  readonly shape:
    | { readonly as: 'lines'; readonly newline: 'lf' | 'cr' }
    /** `path`: the keys that lead to the list of records. */
    | { readonly as: 'json'; readonly path?: readonly string[] }
    | { readonly as: 'csv'; readonly dialect: Dialect; readonly cells: Readonly<Record<string, 'json' | 'python'>> }
    /** A sheet of a workbook, with the parts of that behind it; `prefix` stands before the names of its elements. */
    | { readonly as: 'sheet'; readonly prefix: string; readonly cells: Readonly<Record<string, 'json' | 'python'>> }
    | { readonly as: 'text'; readonly newline: 'lf' | 'cr'; readonly patterns: readonly string[] }
  /** What is taken off a record before it is read. */
  readonly peel?: Peel
  /** Which records hold a list of events, each of which becomes an event of its own. */
  readonly each?: readonly Each[]
}

/** Whether a record's document is nothing but its own text. */
export const asItStands = ({ shape, peel, each }: Format): boolean =>
  (shape.as === 'lines' || shape.as === 'json') && peel === undefined && each === undefined

/** What a JSON record or a line is read into: one document, or one for each of its entries; undefined where it is its own. */
export function documentsOf(format: Format): ((text: string) => readonly Reading[] | undefined) | undefined {
  const { shape, peel, each } = format
  if (shape.as === 'text') {
    const read = textReading(shape.patterns)
    return (text) => [read(text)]
  }
  if (shape.as === 'csv' || shape.as === 'sheet' || asItStands(format)) return undefined
  const inner = peel && peeled(peel)
  const entries = each && entriesOf(each)
  return (text) => {
    const whole = inner?.(text)
    return entries?.(whole ?? text) ?? (whole === undefined ? undefined : [{ document: whole }])
  }
}

/** What the cells of a row are read into: those that are filled, under the names of the header. */
export function csvReading(header: readonly string[], kinds: Readonly<Record<string, 'json' | 'python'>>) {
  const columns = header.map((name) => ({ key: `${JSON.stringify(name)}:`, as: kinds[name] }))
  return (row: readonly string[], plain = false): Reading => {
    if (row.length > columns.length) return { flag: `${row.length} cells where the header has ${columns.length}` }
    let document = ''
    for (let index = 0; index < row.length; index++) {
      const cell = row[index] as string
      if (cell === '') continue
      const { key, as } = columns[index] as (typeof columns)[number]
      document += `${document === '' ? '{' : ','}${key}${as === undefined ? (plain ? `"${cell}"` : jsonText(cell)) : JSON.stringify(cellValue(cell, as))}`
    }
    return { document: document === '' ? '{}' : `${document}}`, cells: true }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/

const jsonText = (cell: string) => (escaped.test(cell) ? JSON.stringify(cell) : `"${cell}"`)

function cellValue(cell: string, as: 'json' | 'python'): unknown {
  try {
    return JSON.parse(cell)
  } catch {
    return as === 'python' ? (pythonLiteral(cell) ?? cell) : cell
  }
}

/** Reads the rows of a table as text. */
export function rowReading(
  header: readonly string[],
  { dialect, cells: kinds }: Extract<Format['shape'], { as: 'csv' }>
) {
  const read = csvReading(header, kinds)
  // Most rows need no escape, and to look for one is quicker than to write as if there were.
  return (text: string): Reading => read(cells(text, dialect.delimiter, dialect), !escaped.test(text))
}

export const headerNames = (row: string, delimiter: string, quoting?: Quoting): string[] =>
  numberedNames(cells(row, delimiter, quoting))

/** The header's names: empty ones are numbered, repeated ones too, so that no cell hides another. */
export function numberedNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

export function textReading(patterns: readonly string[]) {
  const expressions = patterns.map(compiled)
  return (text: string): Reading => {
    for (const expression of expressions) {
      const groups = expression.exec(text)?.groups
      if (!groups) continue
      const { pairs: rest, ...named } = groups
      const document = { ...clean(named), ...(rest === undefined ? {} : pairs(rest)) }
      return { document: JSON.stringify(document) }
    }
    return { flag: 'the line has not the form of this source' }
  }
}

const clean = (groups: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined && value !== ''))

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch {
    throw new AppError('source_invalid', `not a regular expression: ${pattern}`)
  }
}
