import {
  type EventRow,
  type EventValue,
  type Field,
  type FieldGroup,
  fieldNames,
  fields,
  type Value
} from '../../../src-main/contract/event'
import type { EventDetail } from '../../../src-main/contract/rpc'

/** The change has a view of its own. */
export const groups = [
  { id: 'what', title: 'What' },
  { id: 'who', title: 'Who' },
  { id: 'target', title: 'Target', name: 'Target of the action' },
  { id: 'where', title: 'Where' },
  { id: 'request', title: 'Request' }
] as const satisfies readonly { id: FieldGroup; title: string; name?: string }[]

/** Shown even where the log does not say: that it does not is worth knowing. */
const always: ReadonlySet<Field> = new Set(['@timestamp', 'event.action', 'event.outcome', 'user.name', 'source.ip'])

export interface FieldLine {
  readonly field: Field
  /** The values the field holds; none where the event lacks it. */
  readonly values: readonly Value[]
}

export const linesOf = (event: EventRow, group: FieldGroup): FieldLine[] =>
  fieldNames
    .filter((field) => fields[field].group === group && (event[field] !== undefined || always.has(field)))
    .map((field) => ({ field, values: valuesOf(event[field]) }))

function valuesOf(value: EventValue | undefined): Value[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value))
    return value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : (each as Value)))
  return [typeof value === 'object' ? JSON.stringify(value) : (value as Value)]
}

/** Where a field's value comes from: `user.name ← user.username, rule of source authentik`. */
export function provenanceText(field: Field, given: EventDetail['provenance'][Field]): string {
  if (!given) return 'place' in fields[field] ? `${field} ← looked up from the address` : `${field}: no rule recorded`
  const origin =
    given.path ?? (given.sql && given.sql.length > 160 ? `${given.sql.slice(0, 160)}…` : given.sql) ?? 'the reader'
  return `${field} ← ${origin}, rule of source ${given.source}`
}
