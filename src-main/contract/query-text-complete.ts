import type { SyntaxNode } from '@lezer/common'
import { type AnyField, categories, type Field } from './event'
import { fieldType, knownField } from './query-text-field'
import { type Completion, fieldOptions } from './query-text-fields'
import { markField, states } from './query-text-mark'
import { bareParts, unquoted } from './query-text-value'
import { queryTree } from './query-tree'

export interface Completions {
  readonly from: number
  readonly to: number
  readonly options: readonly Completion[]
  /** Where a value stands: its field, and what is typed of it, so that the page can add the values of the case. */
  readonly value?: { readonly field: AnyField; readonly text: string }
  /** Where a tag stands: what is typed of it, so that the page can add those of the case. */
  readonly tag?: string
  /** Where a field could stand: what is typed of it, so that the page can add the paths that records of the case have. */
  readonly path?: string
}

const known: { readonly [F in Field]?: readonly string[] } = {
  '@timestamp': ['today', 'yesterday', '>=now-24h', '>=now-7d'],
  'event.outcome': ['success', 'failure'],
  'event.category': categories,
  'event.type': ['creation', 'change', 'deletion', 'access', 'start', 'end', 'denied', 'info'],
  'event.user_action': ['true', 'false'],
  'user.type': ['person', 'service', 'system', 'api_key'],
  'source.geo.kind': ['public', 'private', 'unknown'],
  'change.basis': ['logged', 'rebuilt', 'after-only']
}

// Longer than any name or value that one completes.
const longest = 400
const typedName = /[\p{L}\p{N}_@.]*$/u
const typedPath = /(?:^|[\s(-])(record\.(?:"(?:[^"\\]|\\.)*"?|[^\s()":=<>])*)$/i

/** What could stand at the caret: fields by name or title, known values of a field, stretches of time. */
export function complete(text: string, position: number): Completions {
  const before = text.slice(0, position)
  const near = before.slice(-longest)
  const node = queryTree(before).resolveInner(before.length, -1)
  const path = typedPath.exec(near)?.[1]
  if (path !== undefined) return { from: position - path.length, to: position, options: [], path }
  const name = clauseOf(node)
  if (name && takesValue(before.slice(name.to).slice(-longest))) {
    const written = before.slice(name.from, name.to)
    const field = knownField(written)
    if (field) return values(before, field, node)
    if (markField(written) === 'is') return options(before, node, Object.keys(states))
    if (markField(written) === 'tag') return { ...options(before, node, []), tag: typedValue(before, node).text }
    return { from: position, to: position, options: [] }
  }
  if (inQuotes(node, before)) return { from: position, to: position, options: [] }
  const typed = typedName.exec(near)?.[0] ?? ''
  return { from: position - typed.length, to: position, options: fieldOptions(typed), path: typed }
}

/** The name of the field whose value is being written; it is over with the space behind it. */
function clauseOf(node: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Clause')
      return at.firstChild?.name === 'Field' && at.lastChild !== at.firstChild ? at.firstChild : null
    if (at.name === 'Query' || at.name === 'Group') {
      const last = at.childBefore(node.to + 1)
      const open = last?.name === 'Clause' ? last.firstChild : null
      return open?.name === 'Field' ? open : null
    }
  }
  return null
}

/** Whether what stands behind a field's name waits for a value, or for more of one. In a list, "or" waits for the next. */
const takesValue = (behind: string): boolean =>
  !/\S\s$/.test(behind.replace(/\s+$/, ' ')) || /[:=<>(]\s*$|[\s(](?:or|and|not)\s+$/i.test(behind)

const inQuotes = (node: SyntaxNode, text: string) =>
  node.name === 'Phrase' && !/^"(?:[^"\\]|\\.)*"$/s.test(text.slice(node.from, node.to))

/** What is typed of a value, as it is meant, and where it begins. */
function typedValue(before: string, node: SyntaxNode): { readonly from: number; readonly text: string } {
  if (node.name === 'Phrase') return { from: node.from, text: unquoted(`${before.slice(node.from)}"`) }
  if (node.name !== 'Value' || node.to < before.length) return { from: before.length, text: '' }
  const literal = bareParts(before.slice(node.from)).filter((part) => typeof part === 'string')
  return { from: node.from, text: literal.join('') }
}

function options(before: string, node: SyntaxNode, all: readonly string[]): Completions {
  const { from, text } = typedValue(before, node)
  const fitting = all.filter((value) => value.startsWith(text.toLowerCase()))
  return {
    from,
    to: before.length,
    options: fitting.map((value) => ({ text: value, label: value, about: '', kind: 'value' }))
  }
}

function values(before: string, field: AnyField, node: SyntaxNode): Completions {
  const offered = options(before, node, known[field as Field] ?? [])
  // No instant is worth offering: hardly two events have the same.
  return fieldType(field) === 'time' ? offered : { ...offered, value: { field, text: typedValue(before, node).text } }
}
