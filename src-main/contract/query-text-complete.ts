import type { SyntaxNode } from '@lezer/common'
import { type AnyField, categories, type Field, fieldNames, fields } from './event'
import { parser } from './query-parser'
import { fieldType, knownField } from './query-text-field'
import { unquoted } from './query-text-value'

export interface Completion {
  /** What is put in the place of `from` to `to`. */
  readonly text: string
  readonly label: string
  readonly about: string
  readonly kind: 'field' | 'value' | 'time' | 'keyword'
}

export interface Completions {
  readonly from: number
  readonly to: number
  readonly options: readonly Completion[]
  /** Where a value stands: its field, and what is typed of it, so that the page can add the values of the case. */
  readonly value?: { readonly field: AnyField; readonly text: string }
}

const known: { readonly [F in Field]?: readonly string[] } = {
  'event.outcome': ['success', 'failure'],
  'event.category': categories,
  'event.type': ['creation', 'change', 'deletion', 'access', 'start', 'end', 'denied', 'info'],
  'event.user_action': ['true', 'false'],
  'user.type': ['person', 'service', 'system', 'api_key'],
  'source.geo.kind': ['public', 'private', 'unknown'],
  'change.basis': ['logged', 'rebuilt', 'after-only']
}

const ranges = ['last 15 minutes', 'last 24 hours', 'last 7 days', 'last 30 days', 'last 90 days'].map(
  (text): Completion => ({ text, label: text, about: 'Before the newest event of the case.', kind: 'time' })
)

/** What could stand at the caret: fields by name or title, known values of a field, time ranges. */
export function complete(text: string, position: number): Completions {
  const before = text.slice(0, position)
  const node = parser.parse(before).resolveInner(before.length, -1)
  const clause = clauseOf(node)
  const field = clause && knownField(before.slice(clause.from, clause.to))
  // A space after the value ends it.
  if (clause && field && !/\S\s+$/.test(before.slice(clause.to).replace(/^\s*[:=<>]+\s*/, '')))
    return values(before, field, node, position)
  const typed = /[\p{L}\p{N}_@.]*$/u.exec(before)?.[0] ?? ''
  if (inQuotes(node, before)) return { from: position, to: position, options: [] }
  return { from: position - typed.length, to: position, options: fieldOptions(typed) }
}

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

const inQuotes = (node: SyntaxNode, text: string) =>
  node.name === 'Phrase' && !/^"(?:[^"\\]|\\.)*"$/s.test(text.slice(node.from, node.to))

function values(before: string, field: AnyField, node: SyntaxNode, position: number): Completions {
  const quote = node.name === 'Phrase' ? before.slice(node.from) : ''
  const bare = quote ? '' : (/[^\s()":=<>[\]{}]*$/.exec(before)?.[0] ?? '')
  const typed = quote ? unquoted(`${quote}"`) : bare
  const options =
    fieldType(field) === 'time'
      ? []
      : (known[field as Field] ?? []).filter((value) => value.startsWith(typed.toLowerCase()))
  return {
    from: position - (quote.length || bare.length),
    to: position,
    options: options.map((value) => ({ text: value, label: value, about: '', kind: 'value' })),
    value: { field, text: typed }
  }
}

function fieldOptions(typed: string): Completion[] {
  const sought = typed.toLowerCase()
  const rank = (field: Field) => {
    const title = fields[field].title.toLowerCase()
    if (field.startsWith(sought)) return 0
    if (title.startsWith(sought)) return 1
    return field.split('.').some((part) => part.startsWith(sought))
      ? 2
      : field.includes(sought) || title.includes(sought)
        ? 3
        : 4
  }
  const found = fieldNames
    .map((field) => ({ field, rank: rank(field) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }): Completion => {
      const { title, about } = fields[field]
      return { text: `${field}:`, label: field, about: `${title}. ${about}`, kind: 'field' }
    })
  const names: Completion = {
    text: 'names:',
    label: 'names',
    about: 'What directory files call the ids of an event: names:alice, names:ali*, names:*',
    kind: 'field'
  }
  const named = sought !== '' && 'names'.startsWith(sought) ? [names] : []
  return [...found, ...named, ...ranges.filter(({ text }) => sought !== '' && text.startsWith(sought))]
}
