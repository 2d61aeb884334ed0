import { cursorOf, moulded, placeOf, unknownIn, within } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

type Event = Record<string, unknown>

/** An account with its audit logs of both versions, as Cloudflare's API v4 gives them. */
export interface Account {
  readonly id: string
  readonly token: string
  permitted?: boolean
  v1?: Event[]
  v2?: Event[]
}

const knownV2 = [
  'since',
  'before',
  'limit',
  'cursor',
  'direction',
  'actor_email',
  'actor_id',
  'action_type',
  'zone_name'
]
const knownV1 = [
  'since',
  'before',
  'page',
  'per_page',
  'direction',
  'hide_user_logs',
  'export',
  'id',
  'actor.email',
  'zone.name'
]
const rates = { ratelimit: '"default";r=1199;t=300', 'ratelimit-policy': '"default";q=1200;w=300' }

export const cloudflare = (account: Account): Promise<StandIn> =>
  standIn((asked) => {
    const { authorization = '' } = asked.headers
    if (!/^Bearer \S{20,}$/.test(authorization)) throw refused(400, 6003, 'Invalid request headers')
    if (authorization !== `Bearer ${account.token}`) throw refused(401, 1000, 'Invalid API Token')
    if (asked.method !== 'GET') throw refused(405, 10_405, 'Method not allowed')
    const path = /^\/client\/v4\/accounts\/([0-9a-f]{32})\/(logs\/audit|audit_logs)$/.exec(asked.path)
    if (!path) throw refused(404, 7003, 'Could not route to the path, perhaps your object identifier is invalid?')
    if (path[1] !== account.id || account.permitted === false) throw refused(403, 10_000, 'Authentication error')
    return path[2] === 'audit_logs' ? first(account.v1 ?? [], asked) : second(account.v2 ?? [], asked)
  })

/** Version 2: by cursor, and only between a beginning and an end. */
function second(events: readonly Event[], { query }: Asked): Reply {
  const extra = unknownIn(query, knownV2)
  if (extra !== undefined) throw refused(400, 1001, `unknown parameter ${extra}`)
  const limit = Number(query.get('limit') ?? 100)
  if (!(limit >= 1 && limit <= 1000)) throw refused(400, 1001, 'limit must be between 1 and 1000')
  const found = ordered(events, query, (event) => String((event['action'] as Event)['time']), true)
  const start = query.has('cursor') ? placeOf(query.get('cursor') ?? '') : 0
  if (start === undefined) throw refused(400, 1001, 'invalid cursor')
  const result = found.slice(start, start + limit)
  const cursor = start + result.length < found.length ? { cursor: cursorOf(start + result.length) } : {}
  return {
    body: { success: true, errors: [], messages: [], result, result_info: { count: result.length, ...cursor } },
    headers: rates
  }
}

/** Version 1: by page; where there is nothing, `result` is null. */
function first(events: readonly Event[], { query }: Asked): Reply {
  const extra = unknownIn(query, knownV1)
  if (extra !== undefined) throw refused(400, 1001, `unknown parameter ${extra}`)
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 100)]
  if (!(size >= 1 && size <= 1000) || page < 1) throw refused(400, 1001, 'per_page must be between 1 and 1000')
  const found = ordered(events, query, (event) => String(event['when']), false)
  const result = found.slice((page - 1) * size, page * size)
  return { body: { success: true, errors: [], messages: [], result: result.length ? result : null }, headers: rates }
}

function ordered(
  events: readonly Event[],
  query: URLSearchParams,
  time: (event: Event) => string,
  must: boolean
): Event[] {
  const [since, before] = [query.get('since'), query.get('before')]
  if (must && (since === null || before === null)) throw refused(400, 1001, 'since and before are required')
  for (const given of [since, before])
    if (given !== null && Number.isNaN(Date.parse(given))) throw refused(400, 1001, 'since and before are RFC 3339')
  const found = events.filter(within(time, since, before)).sort((a, b) => (time(a) < time(b) ? 1 : -1))
  return query.get('direction') === 'asc' ? found.reverse() : found
}

const refused = (status: number, code: number, message: string): Refused =>
  new Refused(status, { success: false, errors: [{ code, message }], messages: [], result: null })

const hex = (index: number): string => index.toString(16).padStart(32, '0')

export const auditV2 = (count: number, newest?: number): Event[] =>
  moulded(
    'cloudflare.v2/result.json',
    'result',
    count,
    (event, index, time) => {
      event['id'] = hex(index)
      event['action'] = { ...(event['action'] as Event), time: time.toISOString() }
    },
    newest
  )

export const auditV1 = (count: number, newest?: number): Event[] =>
  moulded(
    'cloudflare.api/result.json',
    'result',
    count,
    (event, index, time) => {
      event['id'] = hex(index)
      event['when'] = time.toISOString()
    },
    newest
  )
