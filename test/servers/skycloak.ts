import { moulded, unknownIn, uuid, within } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

/** A cluster as Skycloak's public API serves its events: newest first, 100 at most, 90 days at most. */
export interface Cluster {
  readonly id: string
  readonly key: string
  scopes?: readonly string[]
  events: Record<string, unknown>[]
}

const known = [
  'limit',
  'offset',
  'start_time',
  'end_time',
  'category',
  'realm',
  'realm_id',
  'client_ids',
  'user_id',
  'username',
  'types',
  'operation_types',
  'error',
  'search',
  'order'
]
const versions = ['2026-03-01', '2026-06-01.beta']
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

export const skycloak = (cluster: Cluster): Promise<StandIn> =>
  standIn((asked) => {
    if (asked.method !== 'GET') throw refused(405, 'Method Not Allowed', 'only GET')
    if (!versions.includes(String(asked.headers['api-version'])))
      throw refused(400, 'Bad Request', 'API-Version is none there is')
    if (asked.headers['api-key'] !== cluster.key) throw refused(401, 'Unauthorized', 'The API key is invalid.')
    const path = /^\/clusters\/([^/]+)\/events$/.exec(asked.path)
    if (path?.[1] !== cluster.id) throw refused(404, 'Not Found', 'Cluster not found.')
    if (!(cluster.scopes ?? ['clusters:events:read']).includes('clusters:events:read'))
      throw refused(403, 'Forbidden', 'Missing required scope: clusters:events:read')
    return page(cluster, asked)
  })

function page({ events }: Cluster, { query }: Asked): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw refused(400, 'Bad Request', `unknown parameter ${extra}`)
  const [limit, offset] = [Number(query.get('limit') ?? 20), Number(query.get('offset') ?? 0)]
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('limit', 'must be between 1 and 100')
  if (!Number.isInteger(offset) || offset < 0) throw invalid('offset', 'must not be negative')
  const until = query.get('end_time') ?? new Date().toISOString()
  const since = query.get('start_time') ?? new Date(Date.parse(until) - 86_400_000).toISOString()
  if (!zoned.test(since) || !zoned.test(until)) throw invalid('start_time', 'must be a date-time with a zone')
  if (Date.parse(until) - Date.parse(since) > 90 * 86_400_000) throw invalid('start_time', 'range exceeds 90 days')
  const realm = query.get('realm')
  const found = events
    .filter(within((event) => String(event['timestamp']), since, until))
    .filter((event) => realm === null || event['realm_name'] === realm)
    .sort((a, b) => Date.parse(String(b['timestamp'])) - Date.parse(String(a['timestamp'])))
  const body = (query.get('order') === 'asc' ? found.toReversed() : found).slice(offset, offset + limit)
  return {
    body,
    headers: {
      'total-count': String(found.length),
      'ratelimit-limit': '60',
      'ratelimit-remaining': '59',
      'ratelimit-reset': '1'
    }
  }
}

const problem = { 'content-type': 'application/problem+json' }
const refused = (status: number, title: string, detail: string): Refused =>
  new Refused(status, { type: 'about:blank', title, status, detail }, problem)
const invalid = (field: string, message: string): Refused =>
  new Refused(
    422,
    {
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: `${field} ${message}`,
      errors: [{ field, message }]
    },
    problem
  )

/** User and admin events of a cluster in the shapes of the API; its times have whole seconds, and several fall on one. */
export const clusterEvents = (count: number): Record<string, unknown>[] =>
  moulded('skycloak/events-page.json', 'data', count, (event, index) => {
    event['id'] = uuid(index)
    const second = Math.floor(index / 3)
    event['timestamp'] = new Date(Date.UTC(2026, 10, 1) + second * 1000).toISOString().replace('.000Z', 'Z')
  })
