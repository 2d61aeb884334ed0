import type { Filter } from './filter'
import { nearest } from './nearest'
import type { Fault } from './query-text-value'
import { patternOf, patternParts } from './wildcard'

type Marked = Extract<Filter, { kind: 'marked' }>

/** What stands after `is:` for what an analyst did with an event. */
export const states: Readonly<Record<string, Marked>> = {
  starred: { kind: 'marked', mark: 'star' },
  tagged: { kind: 'marked', mark: 'tag', pattern: '*' },
  commented: { kind: 'marked', mark: 'comment', pattern: '*' },
  marked: { kind: 'marked', mark: 'any' }
}

export const markFields = ['is', 'tag', 'comment'] as const
export type MarkField = (typeof markFields)[number]

/** `is`, `tag` and `comment` ask for marks; undefined for any other word. */
export function markField(name: string): MarkField | undefined {
  return markFields.find((field) => field === name.toLowerCase())
}

/** The filter of `is:starred`, `tag:exfil`, `comment:*phish*`. */
export function markFilter(field: MarkField, pattern: string): Marked | Fault {
  if (field !== 'is') return { kind: 'marked', mark: field, pattern }
  const state = states[pattern.toLowerCase()]
  if (state) return state
  const names = Object.keys(states)
  const suggestion = nearest(pattern, names)
  return { fault: `An event is ${names.join(', ')}, not "${pattern}".`, ...(suggestion ? { suggestion } : {}) }
}

/** The filter as text; `write` gives a pattern as it is typed, `quote` a text in quotes. */
export function markText(filter: Marked, write: (pattern: string) => string, quote: (text: string) => string): string {
  switch (filter.mark) {
    case 'star':
      return 'is:starred'
    case 'any':
      return 'is:marked'
    case 'tag':
    case 'comment': {
      const [only = '', more] = patternParts(filter.pattern)
      const plain = more === undefined && typeof only === 'string'
      return `${filter.mark}:${plain && !/^[\p{L}\p{N}_]+$/u.test(only) ? quote(only) : write(filter.pattern)}`
    }
  }
}

/** The filter in words, for a chip. */
export function markWords(filter: Marked): string {
  switch (filter.mark) {
    case 'star':
      return 'starred'
    case 'any':
      return 'marked'
    case 'tag':
      return filter.pattern === '*' ? 'tagged' : `tagged ${shown(filter.pattern)}`
    case 'comment':
      return filter.pattern === '*' ? 'commented' : `comment has “${shown(filter.pattern)}”`
  }
}

const shown = (pattern: string) =>
  patternParts(pattern)
    .map((part) => (typeof part === 'string' ? part : part.any))
    .join('')

/** Events with this tag. */
export const tagged = (tag: string): Filter => ({ kind: 'marked', mark: 'tag', pattern: patternOf([tag]) })
