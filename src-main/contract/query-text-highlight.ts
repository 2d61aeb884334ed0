import { isIdWord } from './event-ids'
import { knownField, namesField } from './query-text-field'
import { markField } from './query-text-mark'
import { deepest, queryTree } from './query-tree'

export interface Highlight {
  readonly from: number
  readonly to: number
  readonly kind: 'field' | 'unknown' | 'operator' | 'value' | 'text' | 'regex' | 'keyword' | 'bracket' | 'error'
}

const kinds: Readonly<Record<string, Highlight['kind']>> = {
  Colon: 'operator',
  Equals: 'operator',
  Compare: 'operator',
  Minus: 'operator',
  Value: 'value',
  Bound: 'value',
  Phrase: 'value',
  Regex: 'regex',
  Text: 'text',
  To: 'keyword',
  Last: 'keyword',
  When: 'keyword',
  Every: 'keyword',
  OrWord: 'keyword',
  AndWord: 'keyword',
  NotWord: 'keyword',
  RangeFrom: 'bracket',
  RangeAbove: 'bracket',
  RangeTo: 'bracket',
  RangeBelow: 'bracket',
  '(': 'bracket',
  ')': 'bracket'
}

const isKnown = (name: string) => Boolean(knownField(name) ?? namesField(name) ?? markField(name)) || isIdWord(name)

/** The pieces of a query text, in order, for colouring while it is typed, finished or not. */
export function highlight(text: string): Highlight[] {
  const pieces: Highlight[] = []
  let depth = 0
  queryTree(text).iterate({
    enter: ({ name, from, to, type }) => {
      const kind =
        name === 'Field' ? (isKnown(text.slice(from, to)) ? 'field' : 'unknown') : type.isError ? 'error' : kinds[name]
      if (kind === undefined) {
        if (depth >= deepest) return false
        depth++
        return true
      }
      if (to > from) pieces.push({ from, to, kind })
      return false
    },
    leave: () => {
      depth--
    }
  })
  return pieces
}
