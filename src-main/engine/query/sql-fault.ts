import { AppError } from '../../contract/errors'
import { fieldNames, isField } from '../../contract/event'
import { nearest } from '../../contract/nearest'
import { identifier } from '../store/sql'

/** A statement that cannot be parsed, with the place where it goes wrong. `before`: what stands in front of the text that was parsed. */
export function syntaxFault(
  text: string,
  { error_message, position }: { readonly error_message?: string; readonly position?: string },
  before: number
): AppError {
  const at = position === undefined ? undefined : before + Number(position)
  return fault(text, error_message ?? 'A syntax error.', at)
}

/** What DuckDB says of a statement is for its author; a wrong one is no bug of ours. */
export function sqlFault(text: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || /^INTERRUPT/.test(error.message)) return error
  return fault(text, error.message, pointed(text, error.message), candidate(error.message))
}

function fault(text: string, message: string, at: number | undefined, suggestion?: string): AppError {
  if (at === undefined) return new AppError('sql_refused', message)
  const bare = bareField(text, at, /^(?:Binder Error: )?Referenced table/.test(message))
  if (bare) {
    const { from, to, name } = bare
    const sentence = `${name} is one name with dots in it: write ${identifier(name)}.`
    return new AppError('sql_refused', sentence, { from, to, suggestion: identifier(name) })
  }
  const to = at + (word.exec(text.slice(at))?.[0].length ?? 0)
  return new AppError('sql_refused', message, { from: at, to, ...(suggestion !== undefined && { suggestion }) })
}

const word = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$]+(?:\.[\p{L}\p{N}_$]+)*|[^\s])/u

/** A field's name around this place that lacks its quotes, or one much like a field's. */
function bareField(text: string, at: number, misspelt: boolean) {
  for (const { 0: name, index } of text.matchAll(/(?<!["\w])@?\w+(?:\.\w+)*(?!["\w])/g)) {
    const to = index + name.length
    if (index > at || at > to || !/[@.]/.test(name)) continue
    const field = isField(name) ? name : misspelt ? nearest(name, fieldNames) : undefined
    if (field) return { from: index, to, name: field }
  }
  return undefined
}

/** Where the caret below DuckDB's print of a line points to. Of a long line it prints a part. */
function pointed(text: string, message: string): number | undefined {
  const [, number, shown, below] = /^LINE (\d+): (.*)\n( *)\^/m.exec(message) ?? []
  if (number === undefined || shown === undefined || below === undefined) return undefined
  const lines = text.split('\n')
  const line = lines[Number(number) - 1] ?? ''
  const part = shown.replace(/^\.{3}|\.{3}$/g, '')
  const cut = shown.startsWith('...') && !line.startsWith('...') ? 3 : 0
  const start = lines.slice(0, Number(number) - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const found = Math.max(0, line.indexOf(part.trimEnd()))
  return Math.min(text.length, start + found + below.length - `LINE ${number}: `.length - cut)
}

/** The tables an analyst writes SQL on. */
const tables = ['event', 'record', 'name', 'mark']

function candidate(message: string): string | undefined {
  const [, table] = /^Catalog Error: Table with name (\S+) does not exist/.exec(message) ?? []
  if (table !== undefined) return nearest(table, tables)
  const [, column] = /Candidate bindings: ("(?:[^"]|"")*")/.exec(message) ?? []
  const [, name] = /Did you mean "([^"]+)"\?/.exec(message) ?? []
  return column ?? name
}
