import { type EventRow, type Field, fieldInfo, fieldNames } from '../../contract/event'
import type { EventDetail, GeoInfo } from '../../contract/rpc'
import type { Mapping, Source } from '../../contract/source'
import { parsePath, valueAt } from './path'

type Provenance = EventDetail['provenance']
type Origin = NonNullable<Provenance[Field]>

/** For each field the event has: the path in the record or the rule that gave it, and the definition it stands in. */
export function provenanceOf(
  event: EventRow,
  document: unknown,
  definitions: readonly Source[],
  geo: GeoInfo
): Provenance {
  const source = definitions.find((one) => one.id === event['event.dataset']) ?? definitions[0]
  if (!source) return {}
  const origins: [Field, Origin][] = []
  for (const field of fieldNames) {
    if (event[field] === undefined) continue
    origins.push([
      field,
      fieldInfo(field).place
        ? { sql: 'geo-IP database: place of source.ip', source: `${geo.title} ${geo.edition}` }
        : originOf(field, event, document, source)
    ])
  }
  return Object.fromEntries(origins) as Provenance
}

function originOf(field: Field, event: EventRow, document: unknown, source: Source): Origin {
  const from = { source: source.id }
  const mapping = source.event[field] ?? inherited(field, source)
  if (mapping !== undefined) {
    const origin = ofMapping(mapping, document)
    if (origin) return { ...origin, ...from }
  }
  const pattern = patternsOf(field, source)
  if (pattern) {
    const action = String(event['event.action'] ?? '').toLowerCase()
    const fits = Object.keys(pattern).find((one) => wildcard(one.toLowerCase()).test(action))
    if (fits !== undefined) return { sql: `event.action fits ${fits}`, ...from }
  }
  if (field === 'event.dataset') return { sql: `id of the source definition`, ...from }
  if (field === 'event.user_action') return { sql: `user.type = 'person'`, ...from }
  if (field.startsWith('change.') && source.change) {
    const path =
      'diff' in source.change
        ? source.change.diff
        : 'list' in source.change
          ? source.change.list
          : field === 'change.before'
            ? (source.change.before ?? source.change.after)
            : source.change.after
    return { path, ...from }
  }
  return { sql: 'set by the source definition', ...from }
}

/** Fields that are filled from another field's mapping. */
function inherited(field: Field, source: Source): Mapping | undefined {
  if (field === 'event.time_text') return source.event['@timestamp']
  if (field === 'source.address') return source.event['source.ip']
  return undefined
}

function patternsOf(field: Field, source: Source): Readonly<Record<string, string>> | undefined {
  if (field === 'event.category') return source.categories
  if (field === 'event.type') return source.types
  if (field === 'event.outcome') return source.outcomes
  return undefined
}

function ofMapping(mapping: Mapping, document: unknown): { path: string } | { sql: string } | undefined {
  if (typeof mapping === 'object' && 'sql' in mapping) return { sql: mapping.sql }
  const paths = [
    typeof mapping === 'object' && 'from' in mapping ? mapping.from : (mapping as string | readonly string[])
  ].flat()
  const path = paths.find((one) => {
    const value = valueAt(document, parsePath(one))
    return value !== undefined && value !== null && value !== ''
  })
  return path === undefined ? undefined : { path }
}

const wildcard = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'))
      .join('.*')}$`,
    's'
  )
