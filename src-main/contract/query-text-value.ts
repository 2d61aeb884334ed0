import { addressNumber, isBlock } from './address-block'
import { type AnyField, isField } from './event'
import type { Filter } from './filter'
import { isoTime } from './instant'
import { fieldTitle, fieldType } from './query-text-field'
import { type PatternPart, patternOf } from './wildcard'
import { type Here, writtenTime } from './written-time'

/** What is wrong with a value, as a sentence, and what could stand there instead. */
export interface Fault {
  readonly fault: string
  readonly suggestion?: string
}

const timeHelp = 'Write 2026-03, 2026-03-09, 2026-03-09T09:41:07Z, today, yesterday or now-7d'

/** In quotes: the text as it stands; only `\"` and `\\` are escapes. */
export const unquoted = (phrase: string): string => phrase.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')

/** A value without quotes: a backslash before anything but a letter or digit takes it as it stands. */
export function bareParts(written: string): readonly PatternPart[] {
  const parts: PatternPart[] = []
  const add = (text: string) => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
  for (const [piece, escaped] of written.matchAll(/\\([^\p{L}\p{N}_])|\*+|\?|[^\\*?]+|\\/gsu)) {
    if (escaped !== undefined) add(escaped)
    else if (piece.startsWith('*') || piece === '?') parts.push({ any: piece[0] as '*' | '?' })
    else add(piece)
  }
  return parts
}

/** Where a value that begins with a slash is no unfinished regular expression. */
const holdsPaths = (field: AnyField) =>
  /^(record|resource|url|source\.address|message|organization|application)/.test(field)

/** `field:value` without quotes. */
export function bareValue(field: AnyField, written: string, here: Here): Filter | Fault {
  const parts = bareParts(written)
  const type = fieldType(field)
  if (/^\/[^/]*$/.test(written) && !holdsPaths(field))
    return {
      fault: 'A regular expression ends with a slash. For the text itself use quotes.',
      ...(written === '/' ? {} : { suggestion: `${written}/` })
    }
  const [, flagged] = /^(\/(?:[^/\\]|\\.)+\/)[a-z]+$/i.exec(written) ?? []
  if (flagged && !holdsPaths(field))
    return {
      fault: 'A regular expression takes no flags: it ignores case after a colon, and heeds it after an equals sign.',
      suggestion: flagged
    }
  if (/^\/.+\/$/s.test(written) && !holdsPaths(field))
    return {
      fault: 'Within a regular expression a slash is written \\/. For the text itself use quotes.',
      suggestion: `/${written.slice(1, -1).replaceAll(/\\.|\//gs, (part) => (part === '/' ? '\\/' : part))}/`
    }
  if (parts.length === 1 && typeof parts[0] === 'object' && parts[0].any === '*') return { kind: 'present', field }
  if (parts.some((part) => typeof part === 'object')) {
    if (type === 'time')
      return { fault: `A time takes no wildcards. ${timeHelp}.`, suggestion: written.replace(/[-T:.]*\*+$/, '') }
    return { kind: 'like', field, pattern: patternOf(parts) }
  }
  const text = parts.join('')
  if (type !== 'time' && type !== 'number' && type !== 'boolean' && isBlock(text))
    return { kind: 'cidr', field, block: text }
  if (type === 'ip' && !addressNumber(text))
    return (
      addressSpan(text) ?? {
        fault: `"${text}" is no address and no block of addresses. Write 10.0.0.1, 10.0.0.0/8 or 10.0.*; what stands where a log has no address is in source.address.`,
        suggestion: /^\d+(\.\d+){0,2}\.?$/.test(text) ? `${text.replace(/\.$/, '')}.*` : `source.address:${written}`
      }
    )
  return plainValue(field, text, here, false)
}

/** `10.0.0.1-10.0.0.9`, which is written otherwise here. */
function addressSpan(text: string): Fault | undefined {
  const [first = '', last = '', ...more] = text.split(/-|\.\.\.?/)
  if (more.length > 0 || !addressNumber(first) || !addressNumber(last)) return undefined
  return { fault: 'A range of addresses is written [from TO to].', suggestion: `[${first} TO ${last}]` }
}

/** `field:"value"`, and `field="value"` when exact. */
export function plainValue(field: AnyField, text: string, here: Here, exact: boolean): Filter | Fault {
  const more = exact ? { exact } : {}
  switch (fieldType(field)) {
    case 'time': {
      const period = writtenTime(text, here)
      if (!period) return { fault: `"${text}" is no time. ${timeHelp}.` }
      if (exact) return { kind: 'is', field, values: [isoTime(period.from)], exact }
      return { kind: 'range', field, from: isoTime(period.from), to: isoTime(period.to) }
    }
    case 'number': {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      if (!Number.isFinite(number)) return { fault: `${fieldTitle(field)} is a number, "${text}" is none.` }
      return { kind: 'is', field, values: [number] }
    }
    case 'boolean':
      if (!/^(true|false)$/i.test(text))
        return { fault: `${fieldTitle(field)} is true or false, not "${text}".`, suggestion: 'true' }
      return { kind: 'is', field, values: [text.toLowerCase() === 'true'] }
    default:
      return { kind: 'is', field, values: [text], ...more }
  }
}

type Range = Extract<Filter, { kind: 'range' }>
interface Bound {
  readonly text: string
  readonly quoted: boolean
}
export const isFault = (value: object): value is Fault => 'fault' in value

/** From one bound to another; a bound left out is open. A whole day or month as the upper bound is included to its end. */
export function rangeValue(
  field: AnyField,
  ends: { from?: Bound; to?: Bound; above: boolean; including: boolean },
  here: Here
): Filter | Fault {
  const { above, including } = ends
  if (isField(field) && fieldType(field) === 'time') {
    const times: { from?: string; to?: string } = {}
    for (const end of ['from', 'to'] as const) {
      const bound = ends[end]
      if (!bound) continue
      const period = writtenTime(bound.text, here)
      if (!period) return { fault: `"${bound.text}" is no time. ${timeHelp}.` }
      times[end] = isoTime((end === 'from' ? above : including) ? period.to : period.from)
    }
    return { kind: 'range', field, ...times }
  }
  const from = ends.from && boundValue(field, ends.from)
  const to = ends.to && boundValue(field, ends.to)
  for (const bound of [from, to]) if (typeof bound === 'object') return bound
  const range = {
    kind: 'range',
    field,
    ...(from === undefined ? {} : { from: from as string | number, ...(above ? { above } : {}) }),
    ...(to === undefined ? {} : { to: to as string | number, ...(including ? { including } : {}) })
  }
  return range as Range
}

function boundValue(field: AnyField, { text, quoted }: Bound): string | number | Fault {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  switch (fieldType(field)) {
    case 'number':
      return Number.isFinite(number) ? number : { fault: `${fieldTitle(field)} is a number, "${text}" is none.` }
    case 'record':
      return !quoted && Number.isFinite(number) ? number : text
    case 'ip':
      return addressNumber(text) ? text : { fault: `"${text}" is no address.` }
    default:
      return text
  }
}

/** The corners of an area on the map: `south,west` and `north,east`. */
export function boxValue(from: string, to: string): Filter | Fault {
  const [south, west, ...a] = from.split(',').map(Number)
  const [north, east, ...b] = to.split(',').map(Number)
  const numbers = [south, west, north, east].every((n) => n !== undefined && Number.isFinite(n))
  if (!numbers || a.length > 0 || b.length > 0)
    return {
      fault: 'An area is written with its south-west and north-east corners in degrees.',
      suggestion: '[47.2,5.8 TO 55.1,15.1]'
    }
  return { kind: 'box', north: north as number, south: south as number, west: west as number, east: east as number }
}
