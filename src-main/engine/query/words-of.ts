import type { Filter } from '../../contract/filter'

/** The words that a filter looks for. */
export function wordsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'words':
      return filter.text === '' ? [] : [filter.text]
    case 'and':
    case 'or':
      return filter.of.flatMap(wordsOf)
    case 'not':
      return wordsOf(filter.of)
    default:
      return []
  }
}

/** The filter with its words seen to. */
export function withWords(filter: Filter, as: (text: string, negated: boolean) => Filter, negated = false): Filter {
  switch (filter.kind) {
    case 'words':
      return filter.text === '' ? filter : as(filter.text, negated)
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map((one) => withWords(one, as, negated)) }
    case 'not':
      return { ...filter, of: withWords(filter.of, as, !negated) }
    default:
      return filter
  }
}

const never: Filter = { kind: 'or', of: [] }
const always: Filter = { kind: 'and', of: [] }

/** A filter that what the given one lets through passes whatever words it holds. */
export const whateverWords = (filter: Filter): Filter => withWords(filter, (_, negated) => (negated ? never : always))
