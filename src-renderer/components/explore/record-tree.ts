import type { Value } from '../../../src-main/contract/event'
import { recordPath, type Step } from '../../../src-main/contract/record-path'

/** One line of the tree. */
export interface TreeRow {
  readonly path: string
  readonly key: string
  readonly depth: number
  readonly value: unknown
  /** How many members an object or a list has; null for plain values. */
  readonly members: number | null
  readonly open: boolean
  /** Not a member, but the rest of a long list or object: this many are not listed yet. */
  readonly more?: number
}

/** A long list is listed in stretches of this many. */
export const stretch = 200
/** A record smaller than this is opened whole. */
const openWhole = 300

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null
const membersOf = (value: object): [Step, unknown][] =>
  Array.isArray(value) ? value.map((each, at): [Step, unknown] => [at, each]) : Object.entries(value)

/** The nodes open at first: all of a small record, level by level until there are enough of a large one. */
export function openAtFirst(document: unknown): Set<string> {
  const open = new Set<string>()
  let count = 0
  let level: [Step[], unknown][] = [[[], document]]
  while (level.length > 0 && count < openWhole) {
    const next: [Step[], unknown][] = []
    for (const [steps, value] of level) {
      if (!isNode(value) || count >= openWhole) continue
      const members = membersOf(value)
      count += Math.min(stretch, members.length)
      open.add(recordPath(steps))
      for (const [step, member] of members.slice(0, stretch)) next.push([[...steps, step], member])
    }
    level = next
  }
  return open
}

/** The lines in sight: members of open nodes only, so that a record of a million values costs what is looked at. */
export function treeRows(document: unknown, open: ReadonlySet<string>, shown: ReadonlyMap<string, number>): TreeRow[] {
  const rows: TreeRow[] = []
  const stack: { steps: Step[]; value: unknown; more?: number }[] = []
  const push = (steps: Step[], value: object) => {
    const members = membersOf(value)
    const most = shown.get(recordPath(steps)) ?? stretch
    if (members.length > most) stack.push({ steps, value, more: members.length - most })
    for (const [step, member] of members.slice(0, most).reverse())
      stack.push({ steps: [...steps, step], value: member })
  }
  if (isNode(document)) push([], document)
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { steps, value, more } = at
    const path = recordPath(steps)
    if (more !== undefined) {
      rows.push({ path, key: '', depth: steps.length, value: undefined, members: null, open: false, more })
      continue
    }
    const isOpen = isNode(value) && open.has(path)
    rows.push({
      path,
      key: String(steps.at(-1)),
      depth: steps.length - 1,
      value,
      members: isNode(value) ? membersOf(value).length : null,
      open: isOpen
    })
    if (isOpen) push(steps, value)
  }
  return rows
}

/** Paths of everything whose key or value holds the text, and the nodes to open so that they are seen. */
export function findInTree(
  document: unknown,
  text: string,
  most = 500
): { readonly found: string[]; readonly open: Set<string> } {
  const wanted = text.toLowerCase()
  const found: string[] = []
  const open = new Set<string>()
  const stack: { steps: Step[]; value: unknown }[] = [{ steps: [], value: document }]
  for (let at = stack.pop(); at && found.length < most; at = stack.pop()) {
    const { steps, value } = at
    const key = steps.at(-1)
    const plain = isNode(value) ? '' : String(value)
    if ((typeof key === 'string' && key.toLowerCase().includes(wanted)) || plain.toLowerCase().includes(wanted)) {
      found.push(recordPath(steps))
      for (let up = steps.length - 1; up >= 0; up--) open.add(recordPath(steps.slice(0, up)))
    }
    if (isNode(value))
      for (const [step, member] of membersOf(value).reverse()) stack.push({ steps: [...steps, step], value: member })
  }
  return { found, open }
}

/** A plain value as a filter can ask for it; null where there is none to ask for. */
export const plainValue = (value: unknown): Value | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** What stands beside the key: a text in quotes, a list or object by its size. */
export function preview({ value, members }: Pick<TreeRow, 'value' | 'members'>): string {
  if (members === null) return JSON.stringify(value) ?? ''
  return Array.isArray(value) ? `[${members}]` : `{${members}}`
}
