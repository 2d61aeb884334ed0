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
  const others = answer.distinct - answer.groups.length
  return answer.rest === 0
    ? []
    : [{ text: `${look.count(answer.rest)} events of ${look.count(others)} other ${many} are not drawn.` }]
}
