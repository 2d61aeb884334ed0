import { type AnyField, type FieldGroup, fieldNames, fields, isField } from '../../src-main/contract/event'
import { knownField } from '../../src-main/contract/query-text-field'
import type { RecordPathCount } from '../../src-main/contract/values'

/** A field to choose, and what tells of it. */
export interface FieldOffer {
  readonly field: AnyField
  readonly title: string
  /** What it holds, or a value that stands there. */
  readonly about: string
  readonly group: FieldGroup | 'record'
}

/** Fields whose name, title or meaning has all the words, those that begin with them first; then paths in the records. */
export function searchFields(typed: string, paths: readonly RecordPathCount[]): FieldOffer[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const rank = (...texts: readonly string[]) => {
    const held = texts.map((text) => text.toLowerCase())
    if (!words.every((word) => held.some((text) => text.includes(word)))) return 9
    return held.findIndex((text) => text.startsWith(words[0] ?? '')) === -1 ? 1 : 0
  }
  const known = fieldNames.map((field) => ({
    offer: { field, title: fields[field].title, about: fields[field].about, group: fields[field].group } as FieldOffer,
    rank: rank(fields[field].title, field, ...field.split('.'), fields[field].about)
  }))
  const inRecords = paths.map(({ field, examples }) => ({
    offer: { field, title: field.slice('record.'.length), about: examples.join(', '), group: 'record' } as FieldOffer,
    rank: rank(field, field.slice('record.'.length), ...examples)
  }))
  const found = [known, inRecords].flatMap((each) =>
    each.filter((one) => one.rank < 9).sort((a, b) => (words.length > 0 ? a.rank - b.rank : 0))
  )
  return [...found.map(({ offer }) => offer), ...asTyped(typed, paths)]
}

/** A path that no record looked at has may stand in others. */
function asTyped(typed: string, paths: readonly RecordPathCount[]): FieldOffer[] {
  const field = knownField(typed.trim())
  if (!field || isField(field) || paths.some((path) => path.field === field)) return []
  return [{ field, title: field.slice('record.'.length), about: 'as typed', group: 'record' }]
}
