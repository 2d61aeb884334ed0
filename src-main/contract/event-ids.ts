import type { Filter } from './filter'
import type { Fault } from './query-text-value'

type Events = Extract<Filter, { kind: 'events' }>

/** A filter of single events holds no more: its text must still be one to read and to send. */
export const mostEvents = 10_000

/** The word that asks for events by what identifies them: `_id:(4f2a90c1d3e7-12 or 4f2a90c1d3e7-31)`. */
export const isIdWord = (name: string): boolean => name.toLowerCase() === '_id'

/** The event of an id as it is written: the beginning of its file's SHA-256, a dash, the number of its record. */
export function eventIdFilter(written: string): Events | Fault {
  const id = written.toLowerCase()
  if (/^[0-9a-f]{4,64}-[1-9]\d{0,14}$/.test(id)) return { kind: 'events', ids: [id] }
  return {
    fault: `"${written}" identifies no event: that is the beginning of its file's SHA-256 and the number of its record, 4f2a90c1d3e7-12.`
  }
}

/** What was asked for by one id each, as one filter. */
export function sameEvents(filter: Filter): Filter {
  if (filter.kind !== 'or' || !filter.of.every((one) => one.kind === 'events')) return filter
  return { kind: 'events', ids: filter.of.flatMap((one) => (one as Events).ids) }
}

export const eventIdsText = ({ ids }: Events): string =>
  ids.length === 1 ? `_id:${ids[0]}` : `_id:(${ids.join(' or ')})`
