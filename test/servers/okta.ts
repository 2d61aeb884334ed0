import { cursorOf, moulded, placeOf, unknownIn, uuid, within } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

/** An organisation with its System Log, as `GET /api/v1/logs` gives it. */
export interface Organisation {
  readonly token: string
  permitted?: boolean
  events: Record<string, unknown>[]
}

const known = ['since', 'until', 'after', 'filter', 'q', 'limit', 'sortOrder']

export async function okta(of: Organisation): Promise<StandIn> {
  let left = 60
  const server: StandIn = await standIn((asked) => {
    if (asked.path !== '/api/v1/logs') throw refused(404, 'E0000007', 'Not found: Resource not found')
    if (asked.method !== 'GET') throw refused(405, 'E0000022', 'The endpoint does not support the provided HTTP method')
    if (asked.headers.authorization !== `SSWS ${of.token}`) throw refused(401, 'E0000011', 'Invalid token provided')
    if (of.permitted === false)
      throw refused(403, 'E0000006', 'You do not have permission to perform the requested action')
    return page(of, asked, server.url, --left)
  })
  return server
}

function page({ events }: Organisation, { query }: Asked, base: string, left: number): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw new Error(`Okta passes over a parameter ${extra}`)
  const limit = Number(query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 0 || limit > 1000)
    throw refused(400, 'E0000001', 'Api validation failed: limit')
  const until = query.get('until')
  const end = until === null ? Date.now() : Date.parse(until)
  // Without a beginning it gives the last seven days.
  const since = query.get('since') ?? new Date(end - 7 * 86_400_000).toISOString()
  const start = query.has('after') ? placeOf(query.get('after') ?? '') : 0
  if (Number.isNaN(end) || Number.isNaN(Date.parse(since)) || start === undefined)
    throw refused(400, 'E0000031', 'Invalid search criteria.')
  const found = events
    .filter(within((event) => String(event['published']), since, until))
    .sort((a, b) => (String(a['published']) < String(b['published']) ? -1 : 1))
  if (query.get('sortOrder') === 'DESCENDING') found.reverse()
  const body = found.slice(start, start + limit)
  const next = new URL('/api/v1/logs', base)
  for (const [name, value] of query) if (name !== 'after') next.searchParams.set(name, value)
  next.searchParams.set('after', cursorOf(start + body.length))
  // A request with an end comes to one; without, there is always a next page to ask for again.
  const more = until === null || start + body.length < found.length
  const self = `<${base}/api/v1/logs?limit=${limit}>; rel="self"`
  return {
    body,
    headers: {
      link: more ? `${self}, <${next.href}>; rel="next"` : self,
      'x-okta-request-id': 'okta-request',
      ...rates(left)
    }
  }
}

const rates = (left: number) => ({
  'x-rate-limit-limit': '60',
  'x-rate-limit-remaining': String(left),
  'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 1)
})

/** What Okta answers to who asks too often: no Retry-After, but when its limit is set back. */
export const oktaLimit = (): Reply => ({
  status: 429,
  headers: rates(0),
  body: { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' }
})

const refused = (status: number, errorCode: string, errorSummary: string): Refused =>
  new Refused(status, { errorCode, errorSummary, errorLink: errorCode, errorId: 'oae-test', errorCauses: [] })

/** Events of the System Log, a second apart. */
export const systemLog = (count: number, newest?: number): Record<string, unknown>[] =>
  moulded(
    'okta/api-array.json',
    undefined,
    count,
    (event, index, time) => {
      event['uuid'] = uuid(index)
      event['published'] = time.toISOString()
    },
    newest
  )
