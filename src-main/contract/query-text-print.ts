import { isBlock } from './address-block'
import type { AnyField, Value } from './event'
import { eventIdsText } from './event-ids'
import type { Filter } from './filter'
import { instantText, momentText, periodOf, periodText } from './period'
import { fieldType } from './query-text-field'
import { markText } from './query-text-mark'
import { isEverything, normalFilter } from './query-text-normal'
import { patternParts } from './wildcard'

export interface TextOptions {
  /** The zone in which times without an offset are meant; UTC unless given. */
  readonly zone?: string
  /** What `now`, `today` and the like count from, in milliseconds since 1970; the clock unless given. */
  readonly now?: number
  /** Times are written with their offset, so that the text means the same in any zone. */
  readonly absolute?: boolean
}

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** The filter as query text: parsed with the same options it is the same filter again. */
export function printFilter(filter: Filter, options: TextOptions = {}): string {
  const normal = normalFilter(filter)
  return isEverything(normal) ? '' : print(normal, options.absolute ? null : (options.zone ?? 'UTC'))
}

/** Whose clock times are written in; null: none, they carry their offset. */
type Zone = string | null

/** Inside an `and` or a `not`, an `or` stands in parentheses. */
const inner = (filter: Filter, zone: Zone) =>
  filter.kind === 'or' || (filter.kind === 'and' && !isEverything(filter))
    ? `(${print(filter, zone)})`
    : print(filter, zone)

function print(filter: Filter, zone: Zone): string {
  switch (filter.kind) {
    case 'and':
      return filter.of.length === 0 ? '*' : filter.of.map((part) => inner(part, zone)).join(' and ')
    case 'or':
      return filter.of.map((part) => inner(part, zone)).join(' or ')
    case 'not':
      return `-${inner(filter.of, zone)}`
    case 'is': {
      const values = filter.values.map((value) => writtenValue(filter.field, value))
      return `${filter.field}${filter.exact ? '=' : ':'}${values.length === 1 ? values[0] : `(${values.join(' or ')})`}`
    }
    case 'like':
      return `${filter.field}:${patternText(filter.pattern)}`
    case 'regex':
      return `${filter.field}${filter.exact ? '=' : ':'}/${filter.pattern.replaceAll(/\\.|\//gs, (p) => (p === '/' ? '\\/' : p))}/`
    case 'present':
      return `${filter.field}:*`
    case 'range':
      return fieldType(filter.field) === 'time' ? timeRange(filter, zone) : range(filter)
    case 'last':
      return `last ${filter.amount} ${filter.unit}`
    case 'cidr':
      return `${filter.field}:${filter.block}`
    case 'named':
      return `names${filter.field ? `.${filter.field}` : ''}:${patternText(filter.pattern)}`
    case 'marked':
      return markText(filter, patternText, quoted)
    case 'events':
      return eventIdsText(filter)
    case 'words':
      return plainWord.test(filter.text) && !spoken.test(filter.text) ? filter.text : quoted(filter.text)
    case 'box':
      return `source.geo.location:[${filter.south},${filter.west} TO ${filter.north},${filter.east}]`
    case 'hour':
      return `every ${weekdays[filter.weekday]} at ${filter.hour} in ${filter.zone}`
  }
}

const keyword = /^(and|or|not|to)$/i
/** What a word would be taken for. */
const spoken = /^(and|or|not|today|yesterday)$/i
const plainWord = /^[\p{L}\p{N}_@][\p{L}\p{N}_@./#+-]*$/u
const plainValue = /^[\p{L}\p{N}_@.#$][\p{L}\p{N}_@./:#$+-]*$/u

/** In quotes, where only the quote and the backslash are escaped. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

function writtenValue(field: AnyField, value: Value): string {
  const text = String(value)
  const plain = plainValue.test(text) && !keyword.test(text) && !isBlock(text) && fieldType(field) !== 'ip'
  const address = fieldType(field) === 'ip' && /^[0-9a-f.:]+$/i.test(text)
  return plain || address ? text : quoted(text)
}

function patternText(pattern: string): string {
  const literal = (text: string) => [...text].map((c) => (/[\p{L}\p{N}_@.]/u.test(c) ? c : `\\${c}`)).join('')
  const text = patternParts(pattern)
    .map((part) => (typeof part === 'string' ? literal(part) : part.any))
    .join('')
  return text === '' ? quoted('') : text
}

type Range = Extract<Filter, { kind: 'range' }>

function range({ field, from, to, above, including }: Range): string {
  if (from === undefined && to !== undefined) return `${field}:${including ? '<=' : '<'}${boundText(to)}`
  if (from !== undefined && to === undefined) return `${field}:${above ? '>' : '>='}${boundText(from)}`
  const [low, high] = [from, to].map((value) => (value === undefined ? '*' : boundText(value)))
  return `${field}:${above ? '{' : '['}${low} TO ${high}${including || to === undefined ? ']' : '}'}`
}

const boundText = (value: Value) =>
  typeof value === 'string' && (!plainValue.test(value) || keyword.test(value) || Number.isFinite(Number(value)))
    ? quoted(value)
    : String(value)

function timeRange({ field, from, to, ...ends }: Range, zone: Zone): string {
  const [first, after] = [from, to].map((value) => (value === undefined ? undefined : periodOf(String(value))?.from))
  if ((from !== undefined && first === undefined) || (to !== undefined && after === undefined))
    return range({ field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...ends })
  const text = (instant: bigint) => (zone === null ? momentText(instant) : instantText(instant, zone))
  if (first === undefined && after === undefined) return `${field}:[* TO *]`
  if (first === undefined) return `${field}:<${text(after as bigint)}`
  if (after === undefined) return `${field}:>=${text(first)}`
  const period = periodText({ from: first, to: after }, zone)
  if (period) return `${field}:${period}`
  // Whole days read best with the last day included.
  const lastDay = zone === null ? undefined : dayBefore(after, zone)
  return `${field}:[${text(first)} TO ${lastDay ? `${lastDay}]` : `${text(after)}}`}`
}

function dayBefore(after: bigint, zone: string): string | undefined {
  const noon = new Date(Number((after - 43_200_000_000n) / 1000n))
  for (const shift of [0, -86_400_000, 86_400_000]) {
    const day = new Date(noon.getTime() + shift).toISOString().slice(0, 10)
    if (periodOf(day, zone)?.to === after) return day
  }
  return undefined
}
