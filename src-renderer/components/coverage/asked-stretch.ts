import type { Stretch } from '../../../src-main/contract/absence'
import type { Filter } from '../../../src-main/contract/filter'

/** The stretch of time that a filter asks for, whichever of its parts say so; null where it asks for none. */
export function askedStretch(filter: Filter): Stretch | null {
  let [from, to]: (string | undefined)[] = []
  for (const part of filter.kind === 'and' ? filter.of : [filter]) {
    if (part.kind !== 'range' || part.field !== '@timestamp') continue
    if (part.from !== undefined && !(Number(ms(from)) >= ms(String(part.from)))) from = String(part.from)
    if (part.to !== undefined && !(Number(ms(to)) <= ms(String(part.to)))) to = String(part.to)
  }
  return from === undefined && to === undefined ? null : { from, to }
}

const ms = (time: string | undefined): number => (time === undefined ? Number.NaN : Date.parse(time))

/** The sources that a filter asks for; null where it leaves them open. */
export function askedSources(filter: Filter): readonly string[] | null {
  for (const part of filter.kind === 'and' ? filter.of : [filter])
    if (part.kind === 'is' && part.field === 'event.dataset') return part.values.map(String)
  return null
}
