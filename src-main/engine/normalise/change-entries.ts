import type { Change, ChangeEntry } from '../../contract/change'
import { isMasked } from './masked'
import { pathText } from './path'

/** One place of the two documents; a side left out is not there, which is something else than null. */
interface Pair {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

type Item = Record<string, unknown>

/**
 * What differs between two states of an object, field by field, with what stayed the same marked as such. The order of keys says
 * nothing; a list of distinct plain values is a set, its members at `path[]`; members of a list of objects are matched by what
 * identifies them, else by position. Of an `after-only` change nothing is compared.
 */
export function changeEntries(before: unknown, after: unknown, basis: Change['basis']): ChangeEntry[] {
  const entries: ChangeEntry[] = []
  // A record may be nested thousands deep: a stack of our own instead of calls.
  const open: Pair[] = [pair('', basis === 'after-only' ? undefined : before, after)]
  for (let at = open.pop(); at; at = open.pop()) {
    const inside = parts(at)
    if (inside) open.push(...inside.reverse())
    else if ('before' in at || 'after' in at) entries.push(entry(at))
  }
  return entries
}

const pair = (path: string, before: unknown, after: unknown): Pair => ({
  path,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after })
})

function entry(at: Pair): ChangeEntry {
  if (isMasked(at.before) || isMasked(at.after)) return { ...at, masked: true }
  const both = 'before' in at && 'after' in at
  return both && (at.before === at.after || (isEmpty(at.before) && isEmpty(at.after) && sameKind(at.before, at.after)))
    ? { ...at, same: true }
    : at
}

/** The places inside this one, where both sides (or the only one there is) are objects, or lists, with something in them. */
function parts({ path, before, after }: Pair): Pair[] | undefined {
  const sides = [before, after].filter((side) => side !== undefined)
  if (sides.length === 0 || sides.every(isEmpty)) return undefined
  if (sides.every(isObject)) return members(path, before as Item | undefined, after as Item | undefined)
  if (!sides.every(Array.isArray)) return undefined
  const [old, now] = [(before ?? []) as unknown[], (after ?? []) as unknown[]]
  if (isSet(old) && isSet(now)) return setMembers(`${path}[]`, old, now)
  const key = identityOf([old, now])
  return key ? byIdentity(path, key, old as Item[], now as Item[]) : byPosition(path, old, now)
}

function members(path: string, before: Item = {}, after: Item = {}): Pair[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) =>
    pair(`${path && `${path}.`}${pathText([key])}`, own(before, key), own(after, key))
  )
}

function setMembers(path: string, old: readonly unknown[], now: readonly unknown[]): Pair[] {
  // The only member replaced by another reads as one change of it.
  if (old.length === 1 && now.length === 1) return [pair(path, old[0], now[0])]
  const was = new Set(old)
  const is = new Set(now)
  return [
    ...old.map((value) => pair(path, value, is.has(value) ? value : undefined)),
    ...now.filter((value) => !was.has(value)).map((value) => pair(path, undefined, value))
  ]
}

/** What members of a list of objects go by, most telling first. */
const identities = ['id', 'pk', 'uuid', 'clientId', 'key', 'name', 'alias', 'Name', 'displayName', 'type']

const identityOf = (lists: readonly (readonly unknown[])[]): string | undefined =>
  identities.find((key) =>
    lists.every((list) => list.every((item) => isObject(item) && isScalar(item[key])) && distinct(list, key))
  )

const distinct = (list: readonly unknown[], key: string): boolean =>
  new Set(list.map((item) => (item as Item)[key])).size === list.length

function byIdentity(path: string, key: string, old: readonly Item[], now: readonly Item[]): Pair[] {
  const was = new Map(old.map((item) => [item[key], item]))
  const is = new Map(now.map((item) => [item[key], item]))
  return [...new Set([...was.keys(), ...is.keys()])].map((value) =>
    pair(`${path}[${key}=${value}]`, was.get(value), is.get(value))
  )
}

const byPosition = (path: string, old: readonly unknown[], now: readonly unknown[]): Pair[] =>
  Array.from({ length: Math.max(old.length, now.length) }, (_, at) => pair(`${path}[${at}]`, old[at], now[at]))

const own = (object: Item, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)
const isObject = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
const isSet = (list: readonly unknown[]): boolean =>
  list.every((value) => isScalar(value) && !isMasked(value)) && new Set(list).size === list.length
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0
const sameKind = (a: unknown, b: unknown): boolean => Array.isArray(a) === Array.isArray(b)
