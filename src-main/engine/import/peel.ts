import { rangeAt } from './json-text'
import { pairs } from './pairs'
import { isObject, parse } from './parse'
import { behindPrefix } from './prefix'

/** What stands around the record that was meant, and is taken off before it is read. */
export interface Peel {
  /** Lines begin with a header of syslog or of what passed them on. */
  readonly prefixed?: true
  /** The keys that lead to the record inside what is logged, an object or a text that holds one: `_source`, `result._raw`. */
  readonly inside?: readonly string[]
  /** A text field that itself holds JSON or pairs, read into its place. */
  readonly unwrap?: string
}

/** The document of a record's text, as JSON text; undefined where it is the text itself. */
export function peeled({ prefixed, inside, unwrap }: Peel): ((text: string) => string | undefined) | undefined {
  const steps = [
    ...(prefixed ? [behindPrefix] : []),
    ...(inside ? [within(inside)] : []),
    ...(unwrap === undefined ? [] : [unwrapped(unwrap)])
  ]
  if (!steps.length) return undefined
  return (text) => {
    const end = steps.reduce((now, step) => step(now) ?? now, text)
    return end === text ? undefined : end
  }
}

/** The record inside, with what stood around it as `envelope`; undefined where there is none. */
export function within(path: readonly string[]) {
  return (text: string): string | undefined => {
    const around = parse(text)
    if (!isObject(around)) return undefined
    const range = rangeAt(text, path)
    if (!range) return undefined
    const written = text.slice(range.from, range.to)
    const inner = written.startsWith('"') ? parse(written) : written
    if (typeof inner !== 'string') return undefined
    const record = parse(inner)
    if (!isObject(record)) return undefined
    const envelope = without(around, path)
    if (!Object.keys(envelope).length || Object.hasOwn(record, 'envelope')) return inner
    const begin = inner.indexOf('{') + 1
    return `{"envelope":${JSON.stringify(envelope)}${Object.keys(record).length ? ',' : ''}${inner.slice(begin)}`
  }
}

function without(object: Record<string, unknown>, [key, ...rest]: readonly string[]): Record<string, unknown> {
  const { [key as string]: inner, ...others } = object
  if (!rest.length || !isObject(inner)) return others
  const left = without(inner, rest)
  return Object.keys(left).length ? { ...others, [key as string]: left } : others
}

/** The record's text with what the field's text holds in its place; undefined where the record holds nothing to unwrap. */
export function unwrapped(field: string) {
  return (text: string): string | undefined => {
    const record = parse(text)
    const held = isObject(record) ? record[field] : undefined
    const range = typeof held === 'string' ? rangeAt(text, [field]) : undefined
    const inner = range && innerOf(held as string)
    return range && inner ? text.slice(0, range.from) + inner + text.slice(range.to) : undefined
  }
}

/** The object a text holds, as JSON text: the text itself, or its pairs. */
function innerOf(text: string): string | undefined {
  if (text.trimStart().startsWith('{') && isObject(parse(text))) return text
  const found = pairs(text)
  return found ? JSON.stringify(found) : undefined
}
