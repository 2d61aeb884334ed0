import type { AnyField, Value } from '../../src-main/contract/event'
import type { Filter } from '../../src-main/contract/filter'
import { describeFilter, printFilter } from '../../src-main/contract/query-text'
import { valuesIn } from './field-values'
import { absentText, count } from './format'
import { fieldTitle, valueText } from './value-text'

/** What a chip says. */
export interface ChipText {
  /** The field, where the chip is about values of one. */
  readonly field?: string
  readonly value: string
  /** As query text. */
  readonly query: string
}

const withName = (text: string, name: string): string => (name === '' ? text : `${text} (${name})`)

/** `called` says what a directory calls a value that is an id. */
export function chipText(
  filter: Filter,
  zone: string,
  called: (field: AnyField, value: Value) => string = () => ''
): ChipText {
  const query = printFilter(filter, { zone })
  const held = valuesIn(filter)
  if (!held) return { value: describeFilter(filter, { zone }), query }
  const values = held.values.map((value) =>
    value === null ? absentText : withName(valueText(held.field, value, zone), called(held.field, value))
  )
  const more = values.length > 4 ? [`${count(values.length - 3)} more`] : []
  return { field: fieldTitle(held.field), value: [...values.slice(0, more.length ? 3 : 4), ...more].join(', '), query }
}
