import type { Source } from '../../contract/source'
import { isOf } from './entries'
import { type List, listsIn } from './json-lists'
import { endOf, skipSpace } from './json-text'
import { isObject, parse } from './parse'

// Names under which exports wrap their list of records.
const wrappers = new Set(
  (
    'records results items value values events entries logs data response result resources list rows hits auditlogs auditevents ' +
    'auditentries activities messages documents content payload log_events logevents'
  ).split(' ')
)

/** A list of records wrapped in an object, and other lists there, which are not read. */
export interface Wrapped {
  readonly path: readonly string[]
  readonly others: readonly string[]
}

/**
 * The list of records that the JSON a file begins with wraps, if it is no record itself: the one that holds most records of a source,
 * else the one that is named like one, or takes most of the room. `alone`: the object is the only one of its kind in the file.
 */
export function wrappedList(begin: string, sources: readonly Source[], alone: boolean): Wrapped | undefined {
  const first = skipSpace(begin, 0)
  // A list of pages: what holds for the first holds for all.
  const inList = begin[first] === '['
  const from = inList ? skipSpace(begin, first + 1) : first
  const to = endOf(begin, from)
  const whole = parse(begin.slice(from, to))
  if (isObject(whole) && sources.some((source) => isOf(source, whole))) return undefined
  const lists = listsIn(begin, from)
  const known = (list: List) => list.entries.filter((one) => sources.some((source) => isOf(source, one))).length
  const likely = (list: List) => !list.paged && !inList && bulk(list, begin, from, to, alone)
  const chosen =
    most(lists, known) ??
    lists.find(({ path }) => namedBy(sources).includes(path.join('.'))) ??
    most(lists.filter(likely), ({ length }) => length)
  if (!chosen) return undefined
  const others = lists.filter(({ path, entries }) => entries.length > 0 && !nested(path, chosen.path))
  return { path: chosen.path, others: others.map(({ path }) => path.join('.')) }
}

const nested = (path: readonly string[], chosen: readonly string[]) =>
  path.every((key, at) => key === chosen[at]) || chosen.every((key, at) => key === path[at])

const namedBy = (sources: readonly Source[]) =>
  sources.flatMap(({ read }) => (read.as === 'json' && read.records !== undefined ? [read.records] : []))

function most(lists: readonly List[], measure: (list: List) => number): List | undefined {
  const [best] = lists.map((list) => ({ list, is: measure(list) })).sort((a, b) => b.is - a.is)
  return best && best.is > 0 ? best.list : undefined
}

const timeLike = /"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b1[4-9]\d{8}(?:\d{3}){0,2}\b/

/** Whether a list no source knows may be what the object is there for, and not a part of one event. */
function bulk(list: List, text: string, from: number, to: number, alone: boolean): boolean {
  const named = wrappers.has((list.path.at(-1) ?? '').toLowerCase().replaceAll(/[_-]/g, ''))
  const several = list.entries.length > 1 && list.length > (to - from) * 0.6
  if (alone && (several || (named && list.length > (to - from) / 2))) return true
  // An object that says when it was may be an event with a list in it.
  const around = text.slice(from, list.from) + text.slice(list.from + list.length, to)
  return (named || several) && !timeLike.test(around)
}
