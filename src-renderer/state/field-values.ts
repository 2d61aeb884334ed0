import type { AnyField, Value } from '../../src-main/contract/event'
import { absent, type Filter, oneOf } from '../../src-main/contract/filter'

/** Values of one field, as a clause names them; null stands for "absent". */
export interface FieldValues {
  readonly field: AnyField
  readonly values: readonly (Value | null)[]
}

/** Events whose field holds one of these values, or lacks it where null is among them. */
export function valuesFilter({ field, values }: FieldValues): Filter {
  const present = values.filter((value) => value !== null)
  if (present.length === values.length) return oneOf(field, ...present)
  return present.length === 0 ? absent(field) : { kind: 'or', of: [oneOf(field, ...present), absent(field)] }
}

/** The values a clause asks for, if that is all it asks. */
export function valuesIn(filter: Filter): FieldValues | null {
  if (filter.kind === 'is') return { field: filter.field, values: filter.values }
  if (filter.kind === 'not' && filter.of.kind === 'present') return { field: filter.of.field, values: [null] }
  if (filter.kind !== 'or' || filter.of.length !== 2) return null
  const parts = filter.of.map(valuesIn)
  const [some, none] = parts
  if (!some || !none || some.field !== none.field || none.values[0] !== null) return null
  return { field: some.field, values: [...some.values, null] }
}
