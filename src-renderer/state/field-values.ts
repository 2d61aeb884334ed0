import { addressNumber } from '../../src-main/contract/address-block'
import type { AnyField, Value } from '../../src-main/contract/event'
import { absent, allOf, type Filter, oneOf } from '../../src-main/contract/filter'

/** Values of one field, as a clause names them; null stands for "absent". */
export interface FieldValues {
  readonly field: AnyField
  readonly values: readonly (Value | null)[]
}

/** Where a log has no address, a host or a service name stands in its place: both are read as one. */
const address = 'source.ip'
const named = 'source.address'
const noAddress = allOf(absent(address), absent(named))
/** As events are read: authentik writes the broadcast address where it could not tell. */
const isAddress = (value: Value) => value !== '255.255.255.255' && addressNumber(String(value)) !== undefined

/** Events whose field holds one of these values, or lacks it where null is among them. */
export function valuesFilter({ field, values }: FieldValues): Filter {
  const present = values.filter((value) => value !== null)
  const names = field === address ? present.filter((value) => !isAddress(value)) : []
  const others = names.length > 0 ? present.filter(isAddress) : present
  const parts = [
    ...(others.length > 0 ? [oneOf(field, ...others)] : []),
    ...(names.length > 0 ? [oneOf(named, ...names)] : []),
    ...(present.length < values.length ? [field === address ? noAddress : absent(field)] : [])
  ]
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', of: parts }
}

/** The values a clause asks for, if that is all it asks. */
export function valuesIn(filter: Filter): FieldValues | null {
  if (filter.kind === 'is') return { field: filter.field, values: filter.values }
  if (filter.kind === 'not' && filter.of.kind === 'present') return { field: filter.of.field, values: [null] }
  if (JSON.stringify(filter) === JSON.stringify(noAddress)) return { field: address, values: [null] }
  if (filter.kind !== 'or' || filter.of.length > 3) return null
  const parts = filter.of.map(valuesIn)
  const field = parts.every((part) => part?.field === parts[0]?.field) ? parts[0]?.field : address
  if (field === undefined || !parts.every((part) => part && valuesAs(part, field))) return null
  return { field, values: parts.flatMap((part) => part?.values ?? []) }
}

/** The values a clause asks for as those of a field; null where it asks for anything else. */
export function valuesOf(filter: Filter, field: AnyField): readonly (Value | null)[] | null {
  const held = valuesIn(filter)
  return held && valuesAs(held, field)
}

const valuesAs = ({ field, values }: FieldValues, wanted: AnyField): readonly (Value | null)[] | null =>
  field === wanted || (wanted === address && field === named && !values.includes(null)) ? values : null
