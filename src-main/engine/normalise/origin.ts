import type { EventRow, EventValue, Field } from '../../contract/event'
import { fieldInfo } from '../../contract/event'
import type { Origin } from '../../contract/event-detail'
import type { Mapping, Source } from '../../contract/source'
import { patternFor } from './patterns'
import { sqlPaths } from './sql-paths'
import { saysZone } from './time-sql'

/** What is known of one record when the origin of its fields is told. */
export interface Told {
  readonly event: EventRow
  readonly source: Source
  /** What the record holds at each path of the definition. */
  readonly logged: ReadonlyMap<string, string>
  /** Whether the field's own rule gave it, and not what steps in where that gives nothing. */
  readonly own: (field: Field) => boolean
}

/** An origin before it is said in which definition it stands; `at` is the key of the rule there. */
export type Rule = Omit<Origin, 'source'> & { readonly at: readonly string[] }

const pathsOf = (mapping: Mapping): readonly string[] =>
  typeof mapping === 'object' && 'sql' in mapping
    ? sqlPaths(mapping.sql)
    : [typeof mapping === 'object' && 'from' in mapping ? mapping.from : (mapping as string | readonly string[])].flat()

/** Every path of the record that the rules of the fields look at. */
export const mappedPaths = (source: Source): readonly string[] =>
  (Object.values(source.event) as Mapping[]).flatMap(pathsOf)

/** The rule that gave a field its value. */
export function ruleOf(field: Field, told: Told): Rule {
  const { source, event, own } = told
  const mapping = source.event[field]
  if (mapping !== undefined && own(field)) return mapped(field, mapping, told, ['event', field])
  const table = tableOf(field, source)
  if (table) {
    const action = String(event['event.action'] ?? '')
    const pattern = patternFor(table.patterns, action)
    if (pattern !== undefined)
      return { sql: `event.action ${action} fits ${pattern} of ${table.name}`, at: [table.name, pattern] }
  }
  if (field === 'labels') return labels(told)
  if (field === 'event.dataset') return { sql: 'id of the source definition', at: ['id'] }
  if (field === 'event.user_action') return { sql: "user.type = 'person'", at: ['event', 'user.type'] }
  const from = field === 'event.time_text' ? '@timestamp' : field === 'source.address' ? 'source.ip' : undefined
  const inherited = from && source.event[from]
  if (from && inherited !== undefined) {
    const note =
      field === 'event.time_text' ? 'as the log wrote it' : 'no address that can be looked up, so kept as it is'
    const { as: _, ...rule } = mapped(field, inherited, told, ['event', from])
    return { ...rule, note }
  }
  if (field.startsWith('change.')) return changed(field, source.change)
  return { sql: 'set by the source definition', at: ['event'] }
}

/** What the log has for a field whose value it did not become; undefined where it has nothing for it. */
export function unconvertedOf(field: Field, told: Told): Rule | undefined {
  const mapping = told.source.event[field]
  if (mapping === undefined || (typeof mapping === 'object' && 'sql' in mapping)) return undefined
  const rule = mapped(field, mapping, told, ['event', field])
  if (rule.path === undefined) return undefined
  if (field === 'source.ip' && told.event['source.address'] === told.logged.get(rule.path)) return undefined
  const { path, as = conversionOf(field) } = rule
  const logged = told.logged.get(path) as string
  return { path, logged, at: rule.at, note: `not read as ${as ?? fieldInfo(field).type}`, ...(as ? { as } : {}) }
}

function mapped(field: Field, mapping: Mapping, { logged, event, source }: Told, at: readonly string[]): Rule {
  const paths = pathsOf(mapping)
  if (typeof mapping === 'object' && 'sql' in mapping) {
    const read = paths.map((path) => ({ path, ...there(logged.get(path)) }))
    return { sql: mapping.sql, ...(read.length ? { read } : {}), at }
  }
  const found = paths.findIndex((path) => logged.has(path))
  const path = paths[found]
  if (path === undefined) return { sql: `none of ${paths.join(', ')} is in the record`, at }
  const text = logged.get(path) as string
  const given = typeof mapping === 'object' && 'as' in mapping ? mapping.as : undefined
  const differs = text !== written(event[field])
  const as = given ?? (differs ? conversionOf(field) : undefined)
  return {
    path,
    at,
    ...(found > 0 ? { lacking: paths.slice(0, found) } : {}),
    ...(as === undefined ? {} : { as }),
    ...(differs && isPlain(event[field]) ? { logged: text } : {}),
    ...(field === '@timestamp' && as === 'time' && !zoned.test(text)
      ? { note: `written without a zone, read as ${source.times?.zone ?? 'UTC'}` }
      : {})
  }
}

const there = (logged: string | undefined) => (logged === undefined ? {} : { logged })
const isPlain = (value: EventValue | undefined) => typeof value !== 'object'
const written = (value: EventValue | undefined) => (typeof value === 'object' ? undefined : String(value))
/** A time that tells its offset, or that is a number counted from 1970 in UTC. */
const zoned = new RegExp(`${saysZone}|^\\d+(\\.\\d+)?$`)

/** What a field's type asks for where the definition names no conversion. */
function conversionOf(field: Field): string | undefined {
  if (field === 'event.outcome') return 'outcome'
  const { type } = fieldInfo(field)
  return type === 'ip' ? 'address' : ['time', 'number', 'boolean'].includes(type) ? type : undefined
}

function tableOf(field: Field, { categories, types, outcomes }: Source) {
  if (field === 'event.category') return categories && { name: 'categories', patterns: categories }
  if (field === 'event.type') return types && { name: 'types', patterns: types }
  if (field === 'event.outcome') return outcomes && { name: 'outcomes', patterns: outcomes }
  return undefined
}

function labels(told: Told): Rule {
  const there = (told.event.labels ?? {}) as Readonly<Record<string, EventValue>>
  const parts = (Object.entries(told.source.event) as [string, Mapping][]).flatMap(([name, mapping]) => {
    const label = name.slice('labels.'.length)
    if (!name.startsWith('labels.') || there[label] === undefined) return []
    const event = { _id: told.event._id, labels: there[label] }
    const { at: _, ...rule } = mapped('labels', mapping, { ...told, event } as Told, ['event', name])
    return [[label, { ...rule, source: told.source.id }] as const]
  })
  return { parts: Object.fromEntries(parts), at: ['event'] }
}

function changed(field: Field, change: Source['change']): Rule {
  if (change?.after === undefined) {
    const at = ['event', 'change.after']
    return {
      sql: field === 'change.basis' ? 'which of the two states the log has' : 'what differs between the two states',
      at
    }
  }
  const at = ['change']
  const side = field === 'change.before' ? change.before : change.after
  const key = side === undefined ? undefined : [side].flat().join(' or ')
  const whole = 'diff' in change ? change.diff : 'list' in change ? [change.list].flat().join(' or ') : undefined
  if (field === 'change.basis') {
    const both = whole ?? [change.before, change.after].flat().filter(Boolean).join(' and ')
    return { sql: change.before === undefined ? `${both} has only the state after` : `logged in ${both}`, at }
  }
  if (field === 'change.fields') {
    return whole === undefined
      ? { sql: `what differs between ${change.before} and ${change.after}`, at }
      : { sql: 'diff' in change ? `the keys of ${whole}` : `the names in ${whole} whose two values differ`, at }
  }
  if (whole === undefined || key === undefined) return { path: key ?? String(change.after), at }
  return { path: whole, at, note: `of each entry what stands under ${key}` }
}
