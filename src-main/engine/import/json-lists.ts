import { endOf, items, members, skipSpace } from './json-text'
import { isObject, parse } from './parse'

/** A list of objects inside an object, by the keys that lead to it. */
export interface List {
  readonly path: readonly string[]
  /** Its first entries that can be read. */
  readonly entries: readonly Record<string, unknown>[]
  /** Where in the text it begins, and how much of it it takes. */
  readonly from: number
  readonly length: number
  /** Inside the entries of another list: of a page, of a group. */
  readonly paged: boolean
}

const deepest = 8
const mostEntries = 200

/** Every list of objects in the JSON object at `from`, though the text may be cut off in it. */
export function listsIn(text: string, from: number): readonly List[] {
  const lists: List[] = []
  walk(text, from, [], false, lists)
  return lists
}

function walk(text: string, from: number, path: readonly string[], paged: boolean, lists: List[]): void {
  if (path.length >= deepest) return
  for (const { key, from: value } of members(text, from)) {
    const here = [...path, key]
    if (text[value] === '{') walk(text, value, here, paged, lists)
    const first = text[value] === '[' ? skipSpace(text, value + 1) : -1
    if (first < 0 || (text[first] !== '{' && text[first] !== ']')) continue
    const entries = items(text, value, mostEntries).map((range) => parse(text.slice(range.from, range.to)))
    lists.push({
      path: here,
      entries: entries.filter(isObject),
      from: value,
      length: endOf(text, value) - value,
      paged
    })
    walk(text, first, here, true, lists)
  }
}
