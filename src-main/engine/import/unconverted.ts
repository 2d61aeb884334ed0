import { type Field, type FieldType, fieldInfo } from '../../contract/event'
import type { Conversion, Mapping } from '../../contract/source'
import type { PreviewField } from '../../contract/source-preview'

const units: Partial<Record<Conversion, string>> = {
  epoch_s: 'seconds since 1970',
  epoch_ms: 'milliseconds since 1970',
  epoch_us: 'microseconds since 1970',
  epoch_ns: 'nanoseconds since 1970',
  seconds_nanos: 'an object of seconds and nanos'
}

const wanted: Record<FieldType, string> = {
  time: 'a time in a form known here',
  number: 'a number',
  boolean: 'true or false',
  ip: 'an IP address; it stands in source.address',
  json: 'JSON',
  list: 'a list',
  keyword: 'a value',
  text: 'a value'
}

/** Why nothing came of what the log has for a field. */
export function whyUnconverted(field: PreviewField, mapping: Mapping | undefined): string {
  const as = typeof mapping === 'object' && 'as' in mapping ? mapping.as : undefined
  if (as && units[as]) return `not ${units[as]}`
  if (field === 'event.outcome') return 'no spelling of success or failure'
  return field.startsWith('labels.') ? 'not a value' : `not ${wanted[fieldInfo(field as Field).type]}`
}
