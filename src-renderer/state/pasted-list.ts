import { addressNumber, isBlock } from '../../src-main/contract/address-block'
import type { AnyField } from '../../src-main/contract/event'
import { allOf, type Filter } from '../../src-main/contract/filter'
import { printFilter } from '../../src-main/contract/query-text'

/** Values pasted as a list, and the fields they may be values of. */
export interface PastedList {
  readonly values: readonly string[]
  /** What they are, in the plural: `addresses`. */
  readonly called: string
  readonly fields: readonly AnyField[]
}

interface Kind {
  readonly called: string
  readonly fields: readonly AnyField[]
  readonly holds: (value: string) => boolean
}

const names: readonly AnyField[] = ['user.name', 'resource.name', 'user.target.name', 'source.address']
const ids: readonly AnyField[] = ['resource.id', 'resource.name', 'user.id', 'session.id', 'trace.id', 'event.id']

const kinds: readonly Kind[] = [
  {
    called: 'addresses',
    fields: ['source.ip'],
    holds: (value) => addressNumber(value) !== undefined || isBlock(value)
  },
  {
    called: 'e-mail addresses',
    fields: ['user.email', 'user.name', 'user.target.email', 'user.target.name', 'resource.name'],
    holds: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
  },
  {
    called: 'ids',
    fields: ids,
    holds: (value) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)
  },
  {
    called: 'hashes',
    fields: ids,
    holds: (value) => /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(value)
  }
]

/** As lists of indicators are passed around: quoted, numbered, and defanged so that no one follows them by mistake. */
const refanged = (value: string): string =>
  value
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .replaceAll(/\[(\.|:|@)\]|\((\.)\)/g, (_, square?: string, round?: string) => square ?? round ?? '')
    .replace(/^hxxp/i, 'http')

/** The list that a pasted text is; undefined where it is any other text: one value, words, a query. */
export function pastedList(text: string): PastedList | undefined {
  const lines = split(text, /[\r\n]+/)
  for (const parts of [lines, split(text, /[\r\n,;\t|]+/), split(text, /[\s,;|]+/)]) {
    if (parts.length < 2) continue
    const kind = kinds.find(({ holds }) => parts.every(holds))
    if (kind) return { values: unique(parts), called: kind.called, fields: kind.fields }
  }
  // Names stand one on a line; whatever has a colon or a parenthesis in it may be a query.
  if (lines.length < 3 || !lines.every((line) => line.length <= 200 && /^[^\s:()"]+(?: [^\s:()"]+){0,3}$/.test(line)))
    return undefined
  return { values: unique(lines), called: 'values', fields: [...names, ...ids.slice(0, 1)] }
}

const split = (text: string, at: RegExp): string[] =>
  text
    .split(at)
    .map(refanged)
    .filter((part) => part !== '')
const unique = (values: readonly string[]): string[] => [...new Set(values)]

/** The same as query text. */
export const listText = (field: AnyField, values: readonly string[]): string =>
  `${field}:(${values.map((value) => printFilter(listFilter(field, [value])).slice(field.length + 1)).join(' or ')})`

/** The events whose field holds one of the values; blocks of addresses hold those within. */
export function listFilter(field: AnyField, values: readonly string[]): Filter {
  const blocks = field === 'source.ip' ? values.filter(isBlock) : []
  const plain = blocks.length > 0 ? values.filter((value) => !isBlock(value)) : values
  const of: Filter[] = blocks.map((block): Filter => ({ kind: 'cidr', field, block }))
  if (plain.length > 0) of.unshift({ kind: 'is', field, values: plain })
  return of.length === 1 ? allOf(of[0]) : { kind: 'or', of }
}
