import { AppError, type ErrorDetail } from './errors'
import { type AnyField, type FieldType, fieldNames, fields, isField } from './event'
import { type IdField, isIdField } from './names'
import { nearest } from './nearest'
import { recordPath, recordSteps } from './record-path'

/** How values of the field are written and compared; anything in a record is text or a number, as it is asked for. */
export const fieldType = (field: AnyField): FieldType | 'record' => (isField(field) ? fields[field].type : 'record')

/** A field as people read it: its title, or the path in the record. */
export const fieldTitle = (field: AnyField): string => (isField(field) ? fields[field].title : field)

/** The same field, with a path in the record written one way; undefined where there is no such field. */
export function knownField(name: string): AnyField | undefined {
  if (isField(name)) return name
  const lower = name.toLowerCase()
  if (isField(lower)) return lower
  const steps = lower.startsWith('record.') ? recordSteps(name.slice('record.'.length)) : undefined
  return steps && `record.${recordPath(steps)}`
}

/** `names` asks what directories call the ids of an event, `names.user.id` those of one field; undefined for any other word. */
export function namesField(name: string): { readonly field?: IdField } | undefined {
  const [, field] = /^names(?:\.(.+))?$/i.exec(name) ?? [undefined, null]
  if (field === null) return undefined
  if (field === undefined) return {}
  const known = field.toLowerCase() as AnyField
  return isIdField(known) ? { field: known } : undefined
}

// What people call fields elsewhere, and the last part of our own names.
const otherNames: Readonly<Record<string, AnyField>> = {
  time: '@timestamp',
  timestamp: '@timestamp',
  date: '@timestamp',
  ip: 'source.ip',
  address: 'source.ip',
  user: 'user.name',
  actor: 'user.name',
  email: 'user.email',
  country: 'source.geo.country_iso_code',
  city: 'source.geo.city_name',
  source: 'event.dataset',
  target: 'resource.name',
  status: 'http.response.status_code',
  tenant: 'organization.name',
  realm: 'organization.name'
}

/** That no event has such a field, with the one that was probably meant. */
export function unknownField(name: string, at: Pick<ErrorDetail, 'from' | 'to'> = {}): AppError {
  const lower = name.toLowerCase()
  const suggestion =
    otherNames[lower] ??
    fieldNames.find((field) => field.endsWith(`.${lower}`) || fields[field].title.toLowerCase() === lower) ??
    nearest(lower, fieldNames)
  const way = suggestion
    ? `Did you mean ${suggestion}?`
    : 'For something in the record write record.path:value; for the text itself, put it in quotes.'
  const detail = { ...at, ...(suggestion ? { suggestion } : {}) }
  return new AppError('field_unknown', `No event has a field "${name}". ${way}`, detail)
}
