import { AppError } from '../../contract/errors'
import { pairs } from './pairs'
import { pythonLiteral } from './python-literal'
import { cells } from './split-csv'

/** How one file is cut into records, and a record read into its document. Plain data: it crosses to the reader's thread. */
export interface Format {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly compression: 'none' | 'gzip'
  /** Bytes of a byte order mark, passed over. */
  readonly skip: number
  readonly shape:
    | { readonly as: 'lines'; readonly newline: 'lf' | 'cr' }
    | { readonly as: 'json'; readonly key?: string }
    | { readonly as: 'csv'; readonly delimiter: string; readonly cells: Readonly<Record<string, 'json' | 'python'>> }
    | { readonly as: 'text'; readonly newline: 'lf' | 'cr'; readonly patterns: readonly string[] }
  /** A text field of JSON records that itself holds JSON or pairs. */
  readonly unwrap?: string
}

/** The document of a record where it is not the record's own text, or why there is none. */
export type Reading = { readonly document: unknown } | { readonly flag: string }

export function csvReading(header: readonly string[], shape: Extract<Format['shape'], { as: 'csv' }>) {
  return (text: string): Reading => {
    const row = cells(text, shape.delimiter)
    if (row.length > header.length) return { flag: `${row.length} cells where the header has ${header.length}` }
    const document: Record<string, unknown> = {}
    for (const [index, cell] of row.entries()) {
      const name = header[index] as string
      if (cell !== '') document[name] = cellValue(cell, shape.cells[name])
    }
    return { document }
  }
}

function cellValue(cell: string, as: 'json' | 'python' | undefined): unknown {
  if (as === undefined) return cell
  try {
    return JSON.parse(cell)
  } catch {
    return as === 'python' ? (pythonLiteral(cell) ?? cell) : cell
  }
}

/** The header's names: empty ones are numbered, repeated ones too, so that no cell hides another. */
export function headerNames(row: string, delimiter: string): string[] {
  const seen = new Map<string, number>()
  return cells(row, delimiter).map((cell, index) => {
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
      return { document: { ...clean(named), ...(rest === undefined ? {} : pairs(rest)) } }
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

/** Reads the field's text into its place; undefined where the record holds nothing to unwrap. */
export function unwrapped(field: string) {
  return (text: string): Reading | undefined => {
    let record: unknown
    try {
      record = JSON.parse(text)
    } catch {
      return undefined
    }
    if (record === null || typeof record !== 'object') return undefined
    const held = (record as Record<string, unknown>)[field]
    if (typeof held !== 'string') return undefined
    const inner = parsed(held)
    return inner ? { document: { ...record, [field]: inner } } : undefined
  }
}

function parsed(text: string): object | null {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch {
      // Not JSON after all; perhaps pairs.
    }
  }
  return pairs(text)
}
