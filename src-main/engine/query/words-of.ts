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
export function withWords(filter: Filter, as: (text: string) => Filter): Filter {
  switch (filter.kind) {
    case 'words':
      return filter.text === '' ? filter : as(filter.text)
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map((one) => withWords(one, as)) }
    case 'not':
      return { ...filter, of: withWords(filter.of, as) }
    default:
      return filter
  }
}
