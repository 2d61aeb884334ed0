import type { AnyField, Field, Value } from '../../src-main/contract/event'
import { type Filter, oneOf } from '../../src-main/contract/filter'

/** Where one and the same person, thing or place may stand in an event. */
const entities: readonly (readonly Field[])[] = [
  [
    'user.name',
    'user.id',
    'user.email',
    'user.effective.name',
    'user.effective.id',
    'user.target.name',
    'user.target.id',
    'user.target.email',
    'resource.name',
    'resource.id'
  ],
  ['source.ip', 'source.address'],
  ['organization.name', 'organization.id'],
  ['application.name', 'application.id', 'resource.name', 'resource.id'],
  ['session.id', 'resource.id'],
  ['trace.id', 'event.id']
]

/** All events that have to do with what a value names, as whatever it stands in them; null where a value names nothing. */
export function entityFilter(field: AnyField, value: Value): Filter | null {
  const fields = entities.find((each) => each.some((one) => one === field))
  return fields ? { kind: 'or', of: fields.map((each) => oneOf(each, value)) } : null
}
