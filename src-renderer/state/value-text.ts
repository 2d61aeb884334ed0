import { type AnyField, type EventValue, fields, isField } from '../../src-main/contract/event'
import { count, duration, time } from './format'

/** A field's name as people say it; a path in the record stays as it is. */
export const fieldTitle = (field: AnyField): string =>
  isField(field) ? fields[field].title : field.replace(/^record\./, '')

/** A value as it is shown in a cell, a chip or a facet; times on the clock of the zone. */
export function valueText(field: AnyField, value: EventValue, zone: string): string {
  if (Array.isArray(value)) return value.map((each) => valueText(field, each as EventValue, zone)).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  if (field === '@timestamp' && typeof value !== 'boolean') return time(value, zone)
  if (field === 'event.duration' && typeof value === 'number') return duration(value / 1e6)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' && grouped.has(field) ? count(value) : String(value)
}

/** Numbers that are amounts; a status or an AS number is a name made of digits. */
const grouped: ReadonlySet<AnyField> = new Set(['event.duration'])
