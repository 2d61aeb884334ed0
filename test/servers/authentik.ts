import { moulded, unknownIn, uuid } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

export interface AuthentikEvent {
  readonly pk: string
  readonly created: string
  readonly [key: string]: unknown
}

/** An authentik with its events: newest first, by numbered pages, and without a filter by date unless it is licensed. */
export interface Authentik {
  events: AuthentikEvent[]
  readonly token: string
  permitted?: boolean
  licensed?: boolean
  /** Called before each page: events arrive while they are asked for. */
  arriving?: (page: number) => void
}

const known = ['ordering', 'page', 'page_size', 'search', 'action', 'actions', 'client_ip', 'username', 'brand_name']
const most = 100

export const authentik = (of: Authentik): Promise<StandIn> =>
  standIn((asked) => {
    if (asked.path !== '/api/v3/events/events/') throw new Refused(404, { detail: 'Not found.' })
    if (asked.method !== 'GET') throw new Refused(405, { detail: `Method "${asked.method}" not allowed.` })
    const { authorization } = asked.headers
    if (authorization === undefined)
      throw new Refused(403, { detail: 'Authentication credentials were not provided.', code: 'not_authenticated' })
    if (authorization !== `Bearer ${of.token}`)
      throw new Refused(403, { detail: 'Token invalid/expired', code: 'authentication_failed' })
    if (of.permitted === false)
      throw new Refused(403, {
        detail: 'You do not have permission to perform this action.',
        code: 'permission_denied'
      })
    return page(of, asked)
  })

function page(of: Authentik, { query }: Asked): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw new Error(`authentik passes over a parameter ${extra}, and would give everything`)
  const number = Number(query.get('page') ?? 1)
  of.arriving?.(number)
  const size = Math.min(most, Number(query.get('page_size') ?? 20))
  if (query.get('ordering') !== '-created' && query.get('page_size') !== '1')
    throw new Error('without an order the newest need not come first')
  const found = of.events
    .filter(searched(query.get('search'), of.licensed === true))
    .sort((a, b) => (a.created < b.created ? 1 : -1))
  const pages = Math.max(1, Math.ceil(found.length / size))
  if (!Number.isInteger(number) || number < 1 || number > pages) throw new Refused(404, { detail: 'Invalid page.' })
  const start = (number - 1) * size
  return {
    body: {
      pagination: {
        next: number < pages ? number + 1 : 0,
        previous: number - 1,
        count: found.length,
        current: number,
        total_pages: pages,
        start_index: start + 1,
        end_index: Math.min(found.length, start + size)
      },
      results: found.slice(start, start + size),
      autocomplete: {}
    }
  }
}

/** With a licence DjangoQL, whose dates have no T and no zone; without one plain text, which stands in no event. */
function searched(search: string | null, licensed: boolean): (event: AuthentikEvent) => boolean {
  if (search === null) return () => true
  if (!licensed) return (event) => JSON.stringify(event).includes(search)
  const terms = search.split(' and ').map((term) => /^created (>=|<) "(\d{4}-\d\d-\d\d)"$/.exec(term))
  if (terms.some((term) => !term)) throw new Refused(400, { search: [`Syntax error in ${search}`] })
  return ({ created }) =>
    terms.every((term) => (term?.[1] === '<' ? created < (term[2] ?? '') : created >= (term?.[2] ?? '')))
}

/** Events in the shapes of its API, a second apart. */
export const authentikEvents = (count: number, newest?: number): AuthentikEvent[] =>
  moulded(
    'authentik/api-page.json',
    'results',
    count,
    (event, index, time) => {
      event['pk'] = uuid(index)
      event['created'] = time.toISOString().replace('Z', '001Z')
    },
    newest
  ) as unknown as AuthentikEvent[]
