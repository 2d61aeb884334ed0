import { Ajv, type ErrorObject } from 'ajv'
import { isField } from '../../contract/event'
import { nearest } from '../../contract/nearest'
import type { Mapping, Source } from '../../contract/source'
import { isZone } from '../../contract/zone'
import { changePaths } from './change-sql'
import { parsePath } from './path'
import { mappable, sourceSchema } from './source-schema'
import { stateMappings } from './state-sql'

/** What is wrong with a definition: where (`key` is a key of the object at `at`), a sentence, and what was meant. */
export interface Fault {
  readonly at: readonly (string | number)[]
  readonly key?: string
  readonly sentence: string
  readonly suggestion?: string
}

const check = new Ajv({ strict: false, verbose: true }).compile(sourceSchema)

/** The first thing wrong with a definition, if anything is. */
export function faultOf(source: unknown): Fault | undefined {
  if (check(source)) {
    const checked = source as unknown as Source
    return (
      faultInPaths(checked) ??
      faultInPattern(checked) ??
      faultInChange(checked) ??
      faultInPair(checked) ??
      faultInTimes(checked)
    )
  }
  return sentenceFor(check.errors?.find((error) => error.keyword !== 'if') as ErrorObject)
}

function sentenceFor(error: ErrorObject): Fault {
  const at = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const where = at.length ? `${at.join('.')} ` : 'the definition '
  const parent = error.parentSchema as { properties?: object; enum?: readonly string[] }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(at, error.params['additionalProperty'] as string, Object.keys(parent.properties ?? {}))
    case 'required':
      return { at, sentence: `${where}lacks ${error.params['missingProperty']}` }
    case 'enum': {
      const value = String(error.data)
      const known = (error.params['allowedValues'] as string[]) ?? []
      const meant = nearest(value, known)
      const sentence = `${where}is ${value}, not one of ${known.join(', ')}`
      return { at, sentence, ...(meant && { suggestion: meant }) }
    }
    default:
      return { at, sentence: `${where}${error.message ?? 'is not valid'}` }
  }
}

function unknownKey(at: string[], key: string, known: readonly string[]): Fault {
  if (at.length === 1 && at[0] === 'event') {
    if (isField(key)) return { at, key, sentence: `${key} is looked up from source.ip, not read from the log` }
    const meant = nearest(key, mappable)
    return { at, key, sentence: `no such event field: ${key}`, ...(meant && { suggestion: meant }) }
  }
  const meant = nearest(key, known)
  return { at, key, sentence: `no such key: ${[...at, key].join('.')}`, ...(meant && { suggestion: meant }) }
}

function faultInPaths(source: Source): Fault | undefined {
  const mapped = (Object.entries(source.event) as [string, Mapping][]).map(([field, mapping]) => ({
    at: ['event', field],
    paths: pathsOf(mapping)
  }))
  const { all, any = [], none = [], equals = {} } = source.recognise
  const recognised = { at: ['recognise'], paths: [...all, ...any, ...none, ...Object.keys(equals)] }
  const change = { at: ['change'], paths: changePaths(source.change).map(({ path }) => path) }
  const states = stateMappings(source.change).map(([key, mapping]) => ({
    at: ['change', ...key],
    paths: pathsOf(mapping)
  }))
  const { read } = source
  const listed = {
    at: ['read'],
    paths: read.as === 'json' ? [read.each, read.records].filter((one) => one !== undefined) : []
  }
  for (const { at, paths } of [...mapped, recognised, change, ...states, listed]) {
    const wrong = paths.find((path) => !isPath(path))
    if (wrong !== undefined) return { at, sentence: `${at.join('.')}: not a path: ${wrong}` }
  }
  return undefined
}

const pathsOf = (mapping: Mapping): readonly string[] =>
  typeof mapping === 'string' || Array.isArray(mapping)
    ? [mapping].flat()
    : 'from' in mapping
      ? [mapping.from].flat()
      : []

function isPath(text: string): boolean {
  try {
    return parsePath(text).length > 0
  } catch {
    return false
  }
}

function faultInChange({ change, event }: Source): Fault | undefined {
  const mapped = event['change.before'] !== undefined || event['change.after'] !== undefined
  if (!change || change.after !== undefined || mapped) return undefined
  return { at: ['change'], sentence: 'change lacks after' }
}

function faultInPair({ pair, event }: Source): Fault | undefined {
  const { when } = pair ?? {}
  if (when === undefined || event[when] !== undefined || isField(when)) return undefined
  const meant = nearest(when, Object.keys(event))
  const sentence = `pair.when: nothing is mapped to ${when}`
  return { at: ['pair', 'when'], sentence, ...(meant && { suggestion: meant }) }
}

function faultInTimes({ times }: Source): Fault | undefined {
  if (times?.zone === undefined || isZone(times.zone)) return undefined
  const sentence = `times.zone: ${times.zone} is no time zone; they are named like Europe/Berlin, or UTC`
  return { at: ['times', 'zone'], sentence }
}

function faultInPattern({ read }: Source): Fault | undefined {
  if (read.as !== 'lines') return undefined
  try {
    if (new RegExp(`${read.pattern}|`).exec('')?.groups) return undefined
  } catch (error) {
    return { at: ['read', 'pattern'], sentence: `read.pattern: ${(error as Error).message}` }
  }
  return { at: ['read', 'pattern'], sentence: 'read.pattern has no named group: (?<time>…)' }
}
