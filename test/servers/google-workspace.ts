import { createVerify, generateKeyPairSync } from 'node:crypto'
import { cursorOf, moulded, placeOf, unknownIn, within } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

type Activity = Record<string, unknown>

/** A domain with its activities, by application, and the service account that may ask for them. */
export interface Domain {
  readonly administrator: string
  /** Whether the scope is granted to the service account for the whole domain. */
  delegated?: boolean
  /** Whether the administrator may read reports. */
  privileged?: boolean
  activities: Readonly<Record<string, Activity[]>>
}

export interface GoogleStandIn extends StandIn {
  /** The key file that Google gives for the service account. */
  readonly key: string
}

const email = 'spoor@project.iam.gserviceaccount.com'
const scope = 'https://www.googleapis.com/auth/admin.reports.audit.readonly'
const known = [
  'startTime',
  'endTime',
  'maxResults',
  'pageToken',
  'eventName',
  'actorIpAddress',
  'filters',
  'customerId'
]
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Reports API and token endpoint, at one address. */
export async function googleWorkspace(of: Domain): Promise<GoogleStandIn> {
  const tokens = new Set<string>()
  const server: StandIn = await standIn((asked) => {
    if (asked.path === '/token') return token(of, asked, server.url, tokens)
    const path = /^\/admin\/reports\/v1\/activity\/users\/all\/applications\/(\w+)$/.exec(asked.path)
    if (!path || asked.method !== 'GET') throw refused(404, 'notFound', 'Not Found')
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? ''
    if (!tokens.has(bearer)) throw refused(401, 'authError', 'Invalid Credentials')
    if (of.privileged === false)
      throw refused(401, 'authError', 'Access denied. You are not authorized to read activity records.')
    return page(of.activities[path[1] ?? ''] ?? [], asked)
  })
  const key = {
    type: 'service_account',
    client_email: email,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: 'https://oauth2.googleapis.com/token'
  }
  return Object.assign(server, { key: JSON.stringify(key) })
}

/** What a service account signs is checked as Google checks it: signature, audience, scope, time, and who may be stood in for. */
function token(of: Domain, asked: Asked, base: string, tokens: Set<string>): Reply {
  const form = asked.form()
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    throw new Refused(400, { error: 'unsupported_grant_type', error_description: 'Invalid grant_type' })
  const [head = '', body = '', signature = ''] = (form.get('assertion') ?? '').split('.')
  if (!createVerify('RSA-SHA256').update(`${head}.${body}`).verify(publicKey, signature, 'base64url'))
    throw new Refused(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' })
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const now = Date.now() / 1000
  const isNow = Number(claims['iat']) <= now + 300 && Number(claims['exp']) > now && Number(claims['exp']) <= now + 3900
  if (claims['iss'] !== email || claims['aud'] !== `${base}/token` || !isNow)
    throw new Refused(400, {
      error: 'invalid_grant',
      error_description: 'Invalid JWT: Token must be a short-lived token'
    })
  if (of.delegated === false || claims['scope'] !== scope)
    throw new Refused(401, {
      error: 'unauthorized_client',
      error_description:
        'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.'
    })
  if (claims['sub'] !== of.administrator)
    throw new Refused(400, { error: 'invalid_grant', error_description: 'Invalid email or User ID' })
  const access_token = `google-token-${tokens.size + 1}-not-to-be-seen`
  tokens.add(access_token)
  return { body: { access_token, expires_in: 3599, token_type: 'Bearer' } }
}

/** Newest first; an answer without activities has no list at all. */
function page(activities: readonly Activity[], { query }: Asked): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw refused(400, 'badRequest', `Unknown name "${extra}"`)
  const size = Number(query.get('maxResults') ?? 1000)
  if (!(size >= 1 && size <= 1000)) throw refused(400, 'invalid', 'maxResults must be between 1 and 1000')
  const [since, until] = [query.get('startTime'), query.get('endTime')]
  for (const time of [since, until])
    if (time !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time))
      throw refused(400, 'invalid', `Invalid value for time: ${time}`)
  if (since !== null && until !== null && since >= until)
    throw refused(400, 'invalid', 'Start time must be before end time')
  const start = query.has('pageToken') ? placeOf(query.get('pageToken') ?? '') : 0
  if (start === undefined) throw refused(400, 'invalid', 'Invalid page token')
  const found = activities.filter(within(timeOf, since, until)).sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
  const items = found.slice(start, start + size)
  const more = start + items.length < found.length
  return {
    body: {
      kind: 'admin#reports#activities',
      etag: '"etag"',
      ...(more ? { nextPageToken: cursorOf(start + items.length) } : {}),
      ...(items.length ? { items } : {})
    }
  }
}

const timeOf = (activity: Activity): string => String((activity['id'] as Activity)['time'])

const refused = (code: number, reason: string, message: string): Refused =>
  new Refused(code, { error: { code, message, errors: [{ message, domain: 'global', reason }] } })

/** What Google answers to who asks too often: 403, and nothing about when to come back. */
export const googleLimit = (): Reply => ({
  status: 403,
  headers: {},
  body: {
    error: {
      code: 403,
      message: 'Rate Limit Exceeded',
      errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }]
    }
  }
})

/** Activities of an application; every third moulds one that holds more than one event. */
export const activities = (application: string, count: number, newest?: number): Activity[] =>
  moulded(
    'google.workspace/activities-page.json',
    'items',
    count,
    (activity, index, time) => {
      activity['id'] = {
        ...(activity['id'] as Activity),
        applicationName: application,
        time: time.toISOString(),
        uniqueQualifier: String(-1 - index)
      }
    },
    newest
  )
