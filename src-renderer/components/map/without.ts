import { absent, allOf, type Filter, oneOf } from '../../../src-main/contract/filter'
import type { Places } from '../../../src-main/contract/query'

interface Without {
  readonly kind: keyof Places['without']
  readonly title: string
  readonly about: string
  readonly clause: Filter
}

/** Why an event stands on no map, and the filter that finds those events. */
export const withoutPlace: readonly Without[] = [
  {
    kind: 'private',
    title: 'Private address',
    about: 'It belongs to no place: private, loopback, link-local, carrier NAT, documentation, multicast.',
    clause: oneOf('source.geo.kind', 'private')
  },
  {
    kind: 'unknown',
    title: 'Unknown to the database',
    about: 'A public address of which the geo-IP database does not know the place.',
    clause: oneOf('source.geo.kind', 'unknown')
  },
  {
    kind: 'notAnAddress',
    title: 'Not an address',
    about: 'The log has something else where an address stands: a host, a service name.',
    clause: allOf({ kind: 'present', field: 'source.address' }, absent('source.ip'))
  },
  {
    kind: 'absent',
    title: 'No address',
    about: 'The log does not say where it came from.',
    clause: allOf(absent('source.ip'), absent('source.address'))
  }
]
