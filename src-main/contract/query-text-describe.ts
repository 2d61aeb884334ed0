import type { Value } from './event'
import type { Filter } from './filter'
import { instantText, periodOf, periodText } from './period'
import { fieldTitle, fieldType } from './query-text-field'
import { markWords } from './query-text-mark'
import { isEverything, normalFilter } from './query-text-normal'
import { type TextOptions, weekdays } from './query-text-print'

/** The filter in words, for a chip or a sentence: "User is alice or bob", "Address in 10.0.0.0/8", "not Outcome is failure". */
export function describeFilter(filter: Filter, options: TextOptions = {}): string {
  return words(normalFilter(filter), options.zone ?? 'UTC')
}

const inner = (filter: Filter, zone: string) =>
  (filter.kind === 'and' && !isEverything(filter)) || filter.kind === 'or'
    ? `(${words(filter, zone)})`
    : words(filter, zone)

function words(filter: Filter, zone: string): string {
  switch (filter.kind) {
    case 'and':
      return filter.of.length === 0 ? 'all events' : filter.of.map((part) => inner(part, zone)).join(' and ')
    case 'or':
      return filter.of.map((part) => inner(part, zone)).join(' or ')
    case 'not':
      return negated(filter.of, zone)
    case 'is':
      return `${fieldTitle(filter.field)} is ${filter.values.map(shown).join(' or ')}`
    case 'like':
      return `${fieldTitle(filter.field)} is like ${filter.pattern}`
    case 'regex':
      return `${fieldTitle(filter.field)} matches /${filter.pattern}/${filter.exact ? ', case and all' : ''}`
    case 'present':
      return `${fieldTitle(filter.field)} is present`
    case 'range':
      return range(filter, zone)
    case 'last':
      return filter.amount === 1 ? `last ${filter.unit.slice(0, -1)}` : `last ${filter.amount} ${filter.unit}`
    case 'cidr':
      return `${fieldTitle(filter.field)} in ${filter.block}`
    case 'named':
      return `a directory calls ${filter.field ? fieldTitle(filter.field) : 'an id of it'} ${filter.pattern}`
    case 'marked':
      return markWords(filter)
    case 'events':
      return filter.ids.length === 1
        ? `event ${filter.ids[0]}`
        : `${filter.ids.length.toLocaleString('en-US')} chosen events`
    case 'words':
      return `contains “${filter.text}”`
    case 'box':
      return `in the area ${degrees(filter.south, 'N', 'S')} ${degrees(filter.west, 'E', 'W')} to ${degrees(filter.north, 'N', 'S')} ${degrees(filter.east, 'E', 'W')}`
    case 'hour':
      return `${capital(weekdays[filter.weekday] ?? '')}s at ${String(filter.hour).padStart(2, '0')}:00 (${filter.zone})`
  }
}

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)
const shown = (value: Value) => (value === '' ? '""' : String(value))
const degrees = (value: number, plus: string, minus: string) =>
  `${Math.abs(Math.round(value * 100) / 100)}° ${value < 0 ? minus : plus}`

function negated(filter: Filter, zone: string): string {
  if (filter.kind === 'present') return `${fieldTitle(filter.field)} is absent`
  if (filter.kind === 'is') return `${fieldTitle(filter.field)} is not ${filter.values.map(shown).join(' or ')}`
  if (isEverything(filter)) return 'no events'
  return `not ${inner(filter, zone)}`
}

type Range = Extract<Filter, { kind: 'range' }>

function range({ field, from, to, above, including }: Range, zone: string): string {
  const title = fieldTitle(field)
  if (fieldType(field) === 'time') {
    const [first, after] = [from, to].map((value) => (value === undefined ? undefined : periodOf(String(value))?.from))
    const text = (instant: bigint) => instantText(instant, zone).replace('T', ' ').replace('Z', ' Z')
    if (first !== undefined && after !== undefined)
      return `${title} ${periodText({ from: first, to: after }, zone)?.replace('T', ' ') ?? `from ${text(first)} to ${text(after)}`}`
    if (first !== undefined) return `${title} from ${text(first)}`
    if (after !== undefined) return `${title} before ${text(after)}`
    return `${title} is present`
  }
  const low = from === undefined ? '' : `${above ? '>' : '≥'} ${from}`
  const high = to === undefined ? '' : `${including ? '≤' : '<'} ${to}`
  return low || high ? `${title} ${[low, high].filter(Boolean).join(' and ')}` : `${title} is present`
}
