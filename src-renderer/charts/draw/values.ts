import type { AnyField, Value } from '../../../src-main/contract/event'
import { absent, allOf, type Filter, oneOf } from '../../../src-main/contract/filter'
import type { Answers, Group } from '../../../src-main/contract/query'
import type { Look, Note, Row, Table } from './chart'

/** Events with this value, or without the field where it is null. */
export const withValue = (field: AnyField, value: Value | null): Filter =>
  value === null ? absent(field) : oneOf(field, value)

/** What stands where a value is absent. */
const absentTitle = '–'

export interface Counted {
  /** What the values are: `User`, and of many: `users`. */
  readonly head: string
  readonly many: string
  readonly fields: readonly [AnyField, ...AnyField[]]
  title?(value: Value | null): string
  colour?(group: Group, look: Look): string
}

/** Groups as a table of one column, most frequent first; what lies beyond the limit is counted in a note. */
export function countsTable(answer: Answers['groups'], look: Look, what: Counted): Table {
  const [field] = what.fields
  const rows = answer.groups.map((group): Row => {
    const value = group.key[0] ?? null
    const clause = allOf(...what.fields.map((each, i) => withValue(each, group.key[i] ?? null)))
    const named = value === null ? { title: absentTitle } : look.named(field, value)
    return {
      ...(what.title ? { title: what.title(value) } : named),
      clause,
      value: { field, value },
      ...(what.colour && { colour: what.colour(group, look) }),
      cells: [{ count: group.count, clause }]
    }
  })
  const shown = answer.groups.reduce((sum, group) => sum + group.count, 0)
  return {
    head: what.head,
    columns: [{ title: 'Events' }],
    rows,
    notes: rest(answer, look, what),
    total: shown + answer.rest
  }
}

function rest(answer: Answers['groups'], look: Look, { many }: Counted): Note[] {
  if (answer.rest === 0) return []
  const others = answer.distinct - answer.groups.length
  const values = others === 1 ? '1 other value' : `${look.count(others)} other ${many}`
  return [{ text: `${eventsText(answer.rest, look)} of ${values} ${answer.rest === 1 ? 'is' : 'are'} not drawn.` }]
}

const eventsText = (events: number, look: Look): string => `${look.count(events)} ${events === 1 ? 'event' : 'events'}`

/** What of the events a drawing over time leaves out; `part`: in which they would stand. */
export function undatedNotes(undated: number, look: Look, part: 'bar' | 'cell'): Note[] {
  if (undated === 0) return []
  const verbs = undated === 1 ? ['has', 'stands'] : ['have', 'stand']
  const text = `${eventsText(undated, look)} ${verbs[0]} no time and ${verbs[1]} in no ${part}.`
  return [{ text, clause: absent('@timestamp') }]
}
