import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

export interface KeycloakEvent {
  readonly time: number
  readonly [key: string]: unknown
}

/** A realm as the Admin REST API of Keycloak 26 serves it, as far as a pull asks: what the real server refuses is refused. */
export interface Realm {
  readonly name: string
  readonly client: { readonly id: string; readonly secret: string }
  /** With `view-events` unless told. */
  roles?: readonly string[]
  readonly user?: { readonly name: string; readonly password: string }
  events: KeycloakEvent[]
  admin: KeycloakEvent[]
  config?: { eventsEnabled?: boolean; adminEventsEnabled?: boolean; adminEventsDetailsEnabled?: boolean }
  /** Seconds a token is good for. */
  expiresIn?: number
  /** Its own; it shows it in its tokens only. */
  clock?: () => number
}

export interface KeycloakStandIn extends StandIn {
  /** How many tokens were given, by their grant. */
  readonly grants: Record<string, number>
  /** Takes all tokens back. */
  withdraw(): void
  /** The same, and none is given any more for the refresh tokens that were. */
  endSessions(): void
}

const eventParameters = new Set([
  'type',
  'client',
  'user',
  'dateFrom',
  'dateTo',
  'ipAddress',
  'first',
  'max',
  'direction'
])
const adminParameters = new Set([
  'operationTypes',
  'resourceTypes',
  'resourcePath',
  'authRealm',
  'authClient',
  'authUser',
  'authIpAddress',
  'dateFrom',
  'dateTo',
  'first',
  'max',
  'direction'
])

/** Keycloak for one realm, at `base` (`/auth` before version 17). */
export async function keycloak(realm: Realm, base = '', tls?: Parameters<typeof standIn>[1]): Promise<KeycloakStandIn> {
  const tokens = new Map<string, number>()
  const refreshes = new Set<string>()
  const grants: Record<string, number> = {}
  let number = 0
  const clock = () => (realm.clock ?? Date.now)()

  const token = (asked: Asked): Reply => {
    if (asked.method !== 'POST') throw new Refused(405, { error: 'HTTP 405 Method Not Allowed' })
    if (!asked.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      throw new Refused(415, { error: 'HTTP 415 Unsupported Media Type' })
    const form = asked.form()
    const grant = form.get('grant_type') ?? ''
    if (form.get('client_id') !== realm.client.id || form.get('client_secret') !== realm.client.secret)
      throw new Refused(401, {
        error: form.get('client_id') === realm.client.id ? 'unauthorized_client' : 'invalid_client',
        error_description: 'Invalid client or Invalid client credentials'
      })
    if (
      grant === 'password' &&
      (form.get('username') !== realm.user?.name || form.get('password') !== realm.user?.password)
    )
      throw new Refused(400, { error: 'invalid_grant', error_description: 'Invalid user credentials' })
    if (grant === 'refresh_token' && !refreshes.delete(form.get('refresh_token') ?? ''))
      throw new Refused(400, { error: 'invalid_grant', error_description: 'Token is not active' })
    if (!['client_credentials', 'password', 'refresh_token'].includes(grant))
      throw new Refused(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant_type' })
    grants[grant] = (grants[grant] ?? 0) + 1
    const expires_in = realm.expiresIn ?? 300
    const iat = Math.floor(clock() / 1000)
    const access_token = jwt(
      { iat, exp: iat + expires_in, azp: realm.client.id },
      `access-token-${++number}-not-to-be-seen`
    )
    tokens.set(access_token, Date.now() + expires_in * 1000)
    const body = { access_token, expires_in, token_type: 'Bearer', scope: 'profile email' }
    // A service account gets no refresh token.
    if (grant === 'client_credentials') return { body: { ...body, refresh_expires_in: 0 } }
    const refresh_token = `refresh-token-${number}-of-${realm.name}-not-to-be-seen`
    refreshes.add(refresh_token)
    return { body: { ...body, refresh_expires_in: 1800, refresh_token } }
  }

  const admitted = (asked: Asked): void => {
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? ''
    if ((tokens.get(bearer) ?? 0) < Date.now()) throw new Refused(401, { error: 'HTTP 401 Unauthorized' })
    if (!(realm.roles ?? ['view-events']).includes('view-events'))
      throw new Refused(403, { error: 'HTTP 403 Forbidden' })
  }

  const list = (asked: Asked, all: readonly KeycloakEvent[], parameters: ReadonlySet<string>): Reply => {
    for (const name of asked.query.keys())
      if (!parameters.has(name)) throw new Error(`Keycloak knows no parameter ${name}, and would give everything`)
    const [from, to] = [dateOf(asked, 'dateFrom'), dateOf(asked, 'dateTo')]
    const [first, max] = [countOf(asked, 'first', 0), countOf(asked, 'max', 100)]
    // The real server orders by time only, so those of one moment come in another order each time.
    const body = (first === 0 ? [...all] : all.toReversed())
      .filter(({ time }) => time >= (from ?? 0) && time <= (to ?? Number.MAX_SAFE_INTEGER))
      .sort((a, b) => b.time - a.time)
      .slice(first, first + max)
    return { body, headers: { 'cache-control': 'no-cache' } }
  }

  const server = await standIn(
    (asked) => {
      if (!asked.path.startsWith(`${base}/`))
        throw new Refused(404, { error: 'Unable to find matching target resource method' })
      const path = asked.path.slice(base.length)
      const [, area, ...rest] = path.split('/')
      if (area === 'realms') {
        if (decodeURIComponent(rest[0] ?? '') !== realm.name) throw new Refused(404, { error: 'Realm does not exist' })
        if (rest.slice(1).join('/') === 'protocol/openid-connect/token') return token(asked)
      }
      if (area === 'admin' && rest[0] === 'realms') {
        admitted(asked)
        if (decodeURIComponent(rest[1] ?? '') !== realm.name) throw new Refused(404, { error: 'Realm not found.' })
        if (asked.method !== 'GET') throw new Error(`${asked.method} ${asked.path} wipes the log, or worse`)
        const what = rest.slice(2).join('/')
        if (what === 'events/config')
          return {
            body: {
              eventsEnabled: true,
              eventsExpiration: 0,
              enabledEventTypes: [],
              adminEventsEnabled: true,
              adminEventsDetailsEnabled: true,
              ...realm.config
            }
          }
        if (what === 'events') return list(asked, realm.events, eventParameters)
        if (what === 'admin-events') return list(asked, realm.admin, adminParameters)
      }
      throw new Refused(404, { error: 'Unable to find matching target resource method' })
    },
    tls,
    false
  )
  const withdraw = () => tokens.clear()
  const endSessions = () => {
    tokens.clear()
    refreshes.clear()
  }
  return Object.assign(server, { grants, withdraw, endSessions })
}

const jwt = (claims: Readonly<Record<string, unknown>>, signature: string): string =>
  [
    ...[{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')),
    signature
  ].join('.')

/** Epoch milliseconds, or a day: from its beginning, to its end. */
function dateOf({ query }: Asked, name: 'dateFrom' | 'dateTo'): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(text) + (name === 'dateTo' ? 86_399_999 : 0)
  throw new Refused(400, {
    error: `Invalid value for '${name}', expected format is yyyy-MM-dd or an Epoch timestamp`
  })
}

function countOf({ query }: Asked, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^-?\d+$/.test(text)) throw new Refused(404, { error: 'HTTP 404 Not Found' })
  return Number(text)
}

/** User events in the shape of EventRepresentation, `every` milliseconds apart, newest last. */
export function userEvents(count: number, newest = Date.parse('2026-11-20T12:00:00Z'), every = 1000): KeycloakEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    time: newest - (count - 1 - index) * every,
    type: index % 10 === 9 ? 'LOGIN_ERROR' : 'LOGIN',
    realmId: 'acme',
    clientId: 'web',
    userId: `user-${index % 50}`,
    sessionId: `session-${index}`,
    ipAddress: `198.51.100.${index % 250}`,
    ...(index % 10 === 9 ? { error: 'invalid_user_credentials' } : {}),
    details: { auth_method: 'openid-connect', username: `user${index % 50}@acme.example` }
  }))
}

/** Admin events in the shape of AdminEventRepresentation. */
export function adminEvents(
  count: number,
  newest = Date.parse('2026-11-20T12:00:00Z'),
  every = 60_000
): KeycloakEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    time: newest - (count - 1 - index) * every,
    realmId: 'acme',
    authDetails: { realmId: 'acme', clientId: 'console', userId: 'admin-1', ipAddress: '203.0.113.7' },
    operationType: 'UPDATE',
    resourceType: 'USER',
    resourcePath: `users/20000000-0000-4000-8000-${String(index % 20).padStart(12, '0')}`,
    representation: JSON.stringify({ username: `user${index % 20}`, enabled: index % 2 === 0 })
  }))
}
