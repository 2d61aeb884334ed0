import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import { type Field, isField, type Value } from '../../../src-main/contract/event'
import { count } from '../../state/format'
import { keywords } from './sql-language'
import { tables, type Vocabulary } from './sql-vocabulary'

/** Values of a field of the case, with their counts; not wanted any more once the signal is aborted. */
export type AskValues = (
  field: Field,
  text: string,
  signal: AbortSignal
) => Promise<readonly { readonly value: Value; readonly count: number }[]>

/** So many of the words of SQL stand before the functions. */
const mostUsed = 39

const nameOf = (name: string) => (/^[a-z_]\w*$/.test(name) ? name : `"${name}"`)

// A string beside a column, up to the caret: `"user.name" = 'al`, `"event.action" IN ('login', 'log`.
const besideColumn =
  /"([^"]+)"\s*(?:=|<>|!=|(?:not\s+)?i?like|(?:not\s+)?in\s*\((?:\s*'(?:[^']|'')*'\s*,)*)\s*'([^'\n]*)$/i

/** What could stand at the caret: after FROM a table, in a string beside a column its values, else columns, functions, words of SQL. */
export function sqlCompletion(vocabulary: () => Vocabulary | null, ask: AskValues): CompletionSource {
  return async (context) => {
    const { state, pos } = context
    const before = state.sliceDoc(Math.max(0, pos - 2000), pos)
    const node = syntaxTree(state).resolveInner(pos, -1)
    if (node.name === 'String') {
      const [, field = '', text = ''] = besideColumn.exec(before) ?? []
      return isField(field) ? valuesAt(context, field, text, ask) : null
    }
    if (/Comment$/.test(node.name)) return null
    const quoted = node.name === 'QuotedIdentifier'
    const typed = quoted ? state.sliceDoc(node.from, pos) : (/[@\p{L}_][\p{L}\p{N}_.@]*$/u.exec(before)?.[0] ?? '')
    // Behind a name that is closed nothing more of it is typed.
    if (/^".*"$/s.test(typed)) return null
    const afterFrom = /\b(?:from|join)\s+\w*$/i.test(before)
    if (typed === '' && !context.explicit && !afterFrom) return null
    const known = vocabulary()
    const columns = known ? columnWords(known, state.doc.toString(), quoted) : []
    const others = quoted ? [] : [...tableWords(), ...(known ? functionWords(known) : []), ...sqlWords(typed)]
    return {
      from: pos - typed.length,
      to: quoted && state.sliceDoc(pos, pos + 1) === '"' ? pos + 1 : pos,
      options: afterFrom ? tableWords() : [...columns, ...others],
      validFor: quoted ? /^"[^"\n]*$/ : /^[@\p{L}\p{N}_.]*$/u
    }
  }
}

async function valuesAt(
  context: CompletionContext,
  field: Field,
  text: string,
  ask: AskValues
): Promise<CompletionResult | null> {
  const superseded = new AbortController()
  context.addEventListener('abort', () => superseded.abort(), { onDocChange: true })
  const found = await ask(field, text.replace(/^%+|%+$/g, ''), superseded.signal).catch(() => [])
  const closing = context.state.sliceDoc(context.pos, context.pos + 1) === "'"
  if (context.aborted) return null
  const options = found.map(({ value, count: events }) => ({
    label: String(value),
    apply: String(value).replaceAll("'", "''") + (closing ? '' : "'"),
    detail: count(events),
    type: 'constant'
  }))
  return { from: context.pos - text.length, options, filter: false }
}

const tableWords = (): Completion[] =>
  Object.entries(tables).map(([label, info]) => ({ label, info, detail: 'table', type: 'class', boost: 2 }))

/** The columns of the tables that the statement names. */
function columnWords({ columns }: Vocabulary, statement: string, quoted: boolean): Completion[] {
  const named = Object.keys(tables).filter((table) => new RegExp(`\\b${table}\\b`, 'i').test(statement))
  const from = named.length > 0 ? named : ['event']
  const offered = new Map(columns.filter(({ table }) => from.includes(table)).map((column) => [column.name, column]))
  return [...offered.values()].map(({ name, type, about }) => ({
    label: quoted ? `"${name}"` : name,
    apply: nameOf(name),
    detail: type.toLowerCase(),
    info: about,
    type: 'property',
    boost: 3
  }))
}

const functionWords = ({ functions }: Vocabulary): Completion[] =>
  functions.map(({ name, call, kind, about }) => ({
    label: name,
    apply: `${name}(`,
    detail: kind === 'aggregate' ? 'aggregate' : 'function',
    info: [call, about].filter(Boolean).join('\n'),
    type: 'function'
  }))

const sqlWords = (typed: string): Completion[] =>
  keywords.map((word, at) => ({
    label: typed === typed.toLowerCase() && typed !== '' ? word : word.toUpperCase(),
    type: 'keyword',
    boost: at < mostUsed ? 2 : -2
  }))
