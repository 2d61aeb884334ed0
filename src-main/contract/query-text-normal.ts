import type { AnyField, Value } from './event'
import { everything, type Filter } from './filter'
import { isoTime } from './instant'
import { periodOf } from './period'
import { fieldType, knownField } from './query-text-field'
import { patternOf, patternParts } from './wildcard'

/** No event: the text `-*`. */
const nothing: Filter = { kind: 'not', of: everything }
export const isEverything = (filter: Filter) => filter.kind === 'and' && filter.of.length === 0

/** The same filter, written the one way in which its text parses back. */
export function normalFilter(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and': {
      const of = filter.of.map(normalFilter).flatMap((part) => (part.kind === 'and' ? part.of : [part]))
      return of.length === 1 && of[0] ? of[0] : { kind: 'and', of }
    }
    case 'or': {
      const of = filter.of.map(normalFilter).flatMap((part) => (part.kind === 'or' ? part.of : [part]))
      if (of.length === 0) return nothing
      return of.length === 1 && of[0] ? of[0] : { kind: 'or', of }
    }
    case 'not': {
      const of = normalFilter(filter.of)
      return of.kind === 'not' ? of.of : { kind: 'not', of }
    }
    case 'is':
      return normalIs(known(filter.field), filter.values, filter.exact)
    case 'like': {
      const parts = patternParts(filter.pattern)
      const field = known(filter.field)
      const [only = '', more] = parts
      if (more === undefined && typeof only === 'string') return normalIs(field, [only], false)
      if (more === undefined && typeof only !== 'string' && only.any === '*') return { kind: 'present', field }
      return { kind: 'like', field, pattern: patternOf(parts) }
    }
    case 'regex': {
      const pattern = filter.pattern.replaceAll(/\\(.)/gs, (pair, letter) => (letter === '/' ? '/' : pair))
      return { kind: 'regex', field: known(filter.field), pattern, ...(filter.exact ? { exact: true } : {}) }
    }
    case 'present':
      return { kind: 'present', field: known(filter.field) }
    case 'range':
      return normalRange({ ...filter, field: known(filter.field) })
    case 'words':
      return filter.text === '' ? everything : filter
    case 'named': {
      const { pattern, field } = filter
      return { kind: 'named', pattern: patternOf(patternParts(pattern)), ...(field ? { field } : {}) }
    }
    case 'marked':
      return 'pattern' in filter ? { ...filter, pattern: patternOf(patternParts(filter.pattern)) } : filter
    case 'events':
      return filter.ids.length === 0 ? nothing : { kind: 'events', ids: filter.ids.map((id) => id.toLowerCase()) }
    case 'cidr':
      return { kind: 'cidr', field: known(filter.field), block: filter.block }
    case 'last':
    case 'box':
    case 'hour':
      return filter
  }
}

const known = (field: AnyField): AnyField => knownField(field) ?? field

function normalIs(field: AnyField, values: readonly Value[], exact: boolean | undefined): Filter {
  if (values.length === 0) return nothing
  const type = fieldType(field)
  const same = values.map((value) => typed(field, value))
  const always = type === 'number' || type === 'boolean'
  return { kind: 'is', field, values: same, ...((exact && !always) || type === 'time' ? { exact: true } : {}) }
}

/** The value as the field's type has it, where the text is one. */
export function typed(field: AnyField, value: Value): Value {
  switch (fieldType(field)) {
    case 'number':
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
    case 'boolean':
      return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value
    case 'time': {
      const period = periodOf(String(value))
      return period ? isoTime(period.from) : value
    }
    default:
      return String(value)
  }
}

type Range = Extract<Filter, { kind: 'range' }>

function normalRange({ field, from, to, above, including }: Range): Range {
  const type = fieldType(field)
  const bound = (value: Value) => (type === 'record' && typeof value === 'number' ? value : typed(field, value))
  if (type === 'time') {
    // Times are counted in microseconds, so that "after" is "from the next one on".
    const at = (value: Value, next: boolean | undefined) => {
      const instant = periodOf(String(value))?.from
      return instant === undefined ? value : isoTime(instant + (next ? 1n : 0n))
    }
    return {
      kind: 'range',
      field,
      ...(from === undefined ? {} : { from: at(from, above) }),
      ...(to === undefined ? {} : { to: at(to, including) })
    }
  }
  return {
    kind: 'range',
    field,
    ...(from === undefined ? {} : { from: bound(from), ...(above ? { above } : {}) }),
    ...(to === undefined ? {} : { to: bound(to), ...(including ? { including } : {}) })
  }
}
