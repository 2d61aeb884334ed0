import type { Change } from '../../contract/source'
import { changeNames } from './guess-names'
import { namesOf, type Seen } from './guess-paths'

const parentOf = ({ path }: Seen) => path.replace(/(\.?[^.]+|\."[^"]*")$/, '')
const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isJsonText = (value: unknown) => typeof value === 'string' && /^\s*[{[]/.test(value)

/** The two forms a name can tell. */
export type Guessed = Exclude<Change, { readonly list: string }>

/** Where before and after stand, if the names say so: two values side by side, or an object of {field: {old, new}}. */
export function changeIn(paths: readonly Seen[]): Guessed | undefined {
  for (const seen of paths) {
    const diff = pairsIn(seen)
    if (diff) return { diff: seen.path, ...diff }
  }
  const named = (name: string) => paths.filter((seen) => namesOf(seen).slice(0, 2).includes(name))
  for (const [before, after] of changeNames) {
    for (const left of named(before)) {
      const right = named(after).find((seen) => parentOf(seen) === parentOf(left))
      if (!right) continue
      const text = [...left.values, ...right.values].some(isJsonText)
      return { before: left.path, after: right.path, ...(text ? { parse: 'json' as const } : {}) }
    }
  }
  return undefined
}

const sides = [
  ['previous_value', 'new_value'],
  ['old_value', 'new_value'],
  ['oldValue', 'newValue'],
  ['old', 'new'],
  ['before', 'after'],
  ['from', 'to'],
  ['previous', 'current']
] as const

/** The two keys under which every field of the object has its values, if it is such an object. */
function pairsIn({ values }: Seen): { before: string; after: string } | undefined {
  const inner = values.every(isObject) ? values.flatMap((value) => Object.values(value)) : []
  if (!inner.length || !inner.every(isObject)) return undefined
  const found = sides.find(([before, after]) =>
    inner.every(
      (one) => Object.keys(one).length > 0 && Object.keys(one).every((key) => key === before || key === after)
    )
  )
  return found && { before: found[0], after: found[1] }
}
