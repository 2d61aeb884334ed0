import {
  type EventValue,
  type Field,
  type FieldGroup,
  fieldNames,
  fields,
  type Value
} from '../../../src-main/contract/event'
import type { EventDetail } from '../../../src-main/contract/event-detail'
import { originLine, originLines } from '../../../src-main/contract/origin-text'

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

/** What stands in place of an address is told; that there is none besides would tell nothing. */
const isMissed = (field: Field, event: EventDetail['event']): boolean =>
  always.has(field) && !(field === 'source.ip' && event['source.address'] !== undefined)

export interface FieldLine {
  readonly field: Field
  /** The values the field holds; none where the event lacks it. */
  readonly values: readonly Value[]
}

export const linesOf = (
  { event, unconverted }: Pick<EventDetail, 'event' | 'unconverted'>,
  group: FieldGroup
): FieldLine[] =>
  fieldNames
    .filter((field) => fields[field].group === group)
    .filter((field) => event[field] !== undefined || unconverted[field] !== undefined || isMissed(field, event))
    .map((field) => ({ field, values: valuesOf(event[field]) }))

function valuesOf(value: EventValue | undefined): Value[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value))
    return value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : (each as Value)))
  return [typeof value === 'object' ? JSON.stringify(value) : (value as Value)]
}

/** The same on one line, for a list of many: `user.username · authentik.yaml:20`. */
export function provenanceLine(field: Field, { provenance, unconverted }: EventDetail): string {
  const origin = provenance[field] ?? unconverted[field]
  if (!origin) return ''
  const rule = origin.file === undefined ? origin.source : `${origin.file}:${origin.line}`
  return `${originLine(origin)} · ${rule}${origin.guessed ? ', guessed' : ''}`
}

/** Where the change comes from: its basis, and both sides. */
export const changeText = (detail: EventDetail): string =>
  fieldNames
    .filter((field) => fields[field].group === 'change' && detail.provenance[field])
    .map((field) => `${fields[field].title} ← ${provenanceLine(field, detail)}`)
    .join('\n')

/** Where a field's value comes from, a line each: `user.name ← user.username`, then its rule. */
export function provenanceText(field: Field, { provenance, unconverted }: EventDetail): string {
  const origin = provenance[field] ?? unconverted[field]
  if (origin) return originLines(field, origin).join('\n')
  // Every event has at least its source, so nothing at all means that it is not told yet.
  if (Object.keys(provenance).length === 0) return `${field}: looking up where it comes from …`
  return 'place' in fields[field] ? `${field} ← looked up from the address` : `${field}: nothing in the record gives it`
}
