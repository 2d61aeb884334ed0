import { moulded, unknownIn } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

/** A tenant with its log, as Auth0's Management API gives it: a search to 1,000 events at most, and the log behind a checkpoint. */
export interface Tenant {
  readonly client: string
  readonly secret: string
  scopes?: readonly string[]
  /** Whether the application may ask for the Management API at all. */
  granted?: boolean
  events: Record<string, unknown>[]
}

const searching = ['q', 'page', 'per_page', 'sort', 'fields', 'include_fields', 'include_totals', 'search']
const behind = ['from', 'take']

export async function auth0(of: Tenant): Promise<StandIn> {
  const tokens = new Set<string>()
  const server: StandIn = await standIn((asked) => {
    if (asked.path === '/oauth/token') return token(of, asked, server.url, tokens)
    if (asked.path !== '/api/v2/logs') throw refused(404, 'Not Found', 'Not Found')
    if (asked.method !== 'GET') throw refused(404, 'Not Found', 'Not Found')
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? ''
    if (!tokens.has(bearer)) throw refused(401, 'Unauthorized', 'Invalid token', 'invalid_token')
    if (!(of.scopes ?? ['read:logs']).includes('read:logs'))
      throw refused(
        403,
        'Forbidden',
        'Insufficient scope, expected any of: read:logs,read:logs_users',
        'insufficient_scope'
      )
    return asked.query.has('from') ? checkpoint(of, asked, server.url) : search(of, asked)
  })
  return server
}

function token(of: Tenant, asked: Asked, base: string, tokens: Set<string>): Reply {
  const form = asked.form()
  if (form.get('grant_type') !== 'client_credentials')
    throw new Refused(403, {
      error: 'unauthorized_client',
      error_description: 'Grant type not allowed for the client.'
    })
  if (form.get('client_id') !== of.client || form.get('client_secret') !== of.secret)
    throw new Refused(401, { error: 'access_denied', error_description: 'Unauthorized' })
  if (form.get('audience') !== `${base}/api/v2/`)
    throw new Refused(403, {
      error: 'access_denied',
      error_description: `Service not enabled within domain: ${form.get('audience')}`
    })
  if (of.granted === false)
    throw new Refused(403, {
      error: 'access_denied',
      error_description: `Client is not authorized to access "${base}/api/v2/". You need to create a "client-grant" associated to this API.`
    })
  const access_token = `auth0-token-${tokens.size + 1}-not-to-be-seen`
  tokens.add(access_token)
  return { body: { access_token, token_type: 'Bearer', expires_in: 86_400, scope: 'read:logs' } }
}

function search({ events }: Tenant, { query }: Asked): Reply {
  const extra = unknownIn(query, searching)
  if (extra !== undefined)
    throw refused(400, 'Bad Request', `Additional properties not allowed: ${extra}`, 'invalid_query_string')
  const [page, size] = [Number(query.get('page') ?? 0), Number(query.get('per_page') ?? 50)]
  if (!(size >= 0 && size <= 100))
    throw refused(400, 'Bad Request', 'Query validation error: per_page', 'invalid_query_string')
  if ((page + 1) * size > 1000)
    throw refused(400, 'Bad Request', 'You can only page through the first 1000 records', 'invalid_paging')
  const q = query.get('q')
  const since = q === null ? '' : /^date:\[(\d{4}-\d\d-\d\d) TO \*\]$/.exec(q)?.[1]
  if (since === undefined) throw refused(400, 'Bad Request', 'invalid query', 'invalid_query_string')
  const order = query.get('sort') === 'date:1' ? 1 : -1
  const found = events
    .filter((event) => String(event['date']) >= since)
    .sort((a, b) => order * (String(a['date']) < String(b['date']) ? -1 : 1))
  return { body: found.slice(page * size, (page + 1) * size), headers: rates }
}

/** Whatever else is asked for is passed over: events behind one, in the order of their ids. */
function checkpoint({ events }: Tenant, { query }: Asked, base: string): Reply {
  const extra = unknownIn(query, behind)
  if (extra !== undefined) throw new Error(`Auth0 passes over ${extra} beside a checkpoint`)
  const [from, take] = [query.get('from') ?? '', Number(query.get('take') ?? 50)]
  if (!(take >= 1 && take <= 100))
    throw refused(400, 'Bad Request', 'Query validation error: take', 'invalid_query_string')
  if (!events.some((event) => event['log_id'] === from))
    throw refused(400, 'Bad Request', 'The log_id of the checkpoint is not known', 'invalid_query_string')
  const body = events
    .filter((event) => String(event['log_id']) > from)
    .sort((a, b) => (String(a['log_id']) < String(b['log_id']) ? -1 : 1))
    .slice(0, take)
  const last = String(body.at(-1)?.['log_id'] ?? from)
  return { body, headers: { ...rates, link: `<${base}/api/v2/logs?from=${last}&take=${take}>; rel="next"` } }
}

const rates = { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49', 'x-ratelimit-reset': '1' }

const refused = (statusCode: number, error: string, message: string, errorCode?: string): Refused =>
  new Refused(statusCode, { statusCode, error, message, ...(errorCode === undefined ? {} : { errorCode }) })

/** Events of a tenant's log, a second apart; their ids rise with their dates. */
export const tenantLog = (count: number, newest?: number): Record<string, unknown>[] =>
  moulded(
    'auth0/array.json',
    undefined,
    count,
    (event, index, time) => {
      event['log_id'] = `900${time.toISOString().replaceAll(/\D/g, '')}${String(index).padStart(20, '0')}`
      event['_id'] = event['log_id']
      event['date'] = time.toISOString()
    },
    newest
  )
