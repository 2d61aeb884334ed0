import type { Group } from '../../../src-main/contract/query'

/** What stands in a line of the table: an event, the head of a group, or that there are more groups. */
export type Line =
  | { readonly kind: 'event'; readonly group: Group | null; readonly index: number }
  | { readonly kind: 'group'; readonly group: Group; readonly open: boolean }
  | { readonly kind: 'more' }

export const groupKey = ({ key }: Group): string => JSON.stringify(key)

/** The lines of a table of groups, each with its events under it where it is open. */
export class TableLines {
  readonly count: number
  #groups: readonly Group[]
  #open: ReadonlySet<string>
  #more: boolean
  /** The line each group's head stands in. */
  #heads: readonly number[]

  constructor(groups: readonly Group[], open: ReadonlySet<string>, more: boolean) {
    this.#groups = groups
    this.#open = open
    this.#more = more
    let line = 0
    this.#heads = groups.map((group) => {
      const head = line
      line += 1 + (open.has(groupKey(group)) ? group.count : 0)
      return head
    })
    this.count = line + (more ? 1 : 0)
  }

  at(line: number): Line | null {
    if (line < 0 || line >= this.count) return null
    if (this.#more && line === this.count - 1) return { kind: 'more' }
    const at = lastAtMost(this.#heads, line)
    const group = this.#groups[at]
    if (!group) return null
    const index = line - (this.#heads[at] ?? 0) - 1
    return index < 0 ? { kind: 'group', group, open: this.#open.has(groupKey(group)) } : { kind: 'event', group, index }
  }

  /** The line of an event of an open group, or of the group's head. */
  lineOf(group: Group, index = -1): number {
    const at = this.#groups.findIndex((each) => groupKey(each) === groupKey(group))
    return (this.#heads[at] ?? 0) + 1 + index
  }
}

/** The place of the last number, of ascending ones, that is no greater. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((numbers[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
