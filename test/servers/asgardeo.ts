import { cursorOf, moulded, placeOf, uuid, within } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

type Event = Record<string, unknown>

/** An organization of Asgardeo with the search for audit logs that its console uses. */
export interface AsgardeoOrganization {
  readonly name: string
  /** A token of the console. */
  readonly token: string
  readonly client?: { readonly id: string; readonly secret: string }
  /** Whether the search is there at all: the vendor may take it away. */
  gone?: boolean
  events: Event[]
}

const known = new Set(['limit', 'filter', 'nextToken', 'previousToken', 'startTime', 'endTime', 'logType'])

export const asgardeo = (of: AsgardeoOrganization): Promise<StandIn> => {
  const tokens = new Set([of.token])
  return standIn((asked) => {
    if (asked.path === `/t/${of.name}/oauth2/token`) return token(of, asked, tokens)
    if (of.gone || asked.path !== `/t/${of.name}/api/asgardeo/v2/logs/audit/search`)
      throw new Refused(404, '<html><head><title>Not Found</title></head></html>', { 'content-type': 'text/html' })
    if (asked.method !== 'POST') throw refused(405, 'LOG-60005', 'Method not allowed.')
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? ''
    if (!tokens.has(bearer)) throw refused(401, 'LOG-60003', 'Unauthorized.')
    return search(of, asked)
  })
}

function token(of: AsgardeoOrganization, asked: Asked, tokens: Set<string>): Reply {
  const basic = Buffer.from(`${of.client?.id}:${of.client?.secret}`).toString('base64')
  if (!of.client || asked.headers.authorization !== `Basic ${basic}`)
    throw new Refused(401, { error: 'invalid_client', error_description: 'Client Authentication failed.' })
  if (asked.form().get('grant_type') !== 'client_credentials')
    throw new Refused(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant_type value' })
  const access_token = `asgardeo-token-${tokens.size}-not-to-be-seen`
  tokens.add(access_token)
  return { body: { access_token, token_type: 'Bearer', expires_in: 3600 } }
}

function search({ events }: AsgardeoOrganization, asked: Asked): Reply {
  const body = asked.json()
  const extra = Object.keys(body).find((name) => !known.has(name))
  if (extra !== undefined) throw refused(400, 'LOG-60001', `Unrecognized field ${extra}`)
  const { limit = 10, nextToken, startTime, endTime } = body
  if (typeof limit !== 'number' || limit < 1 || limit > 100) throw refused(400, 'LOG-60001', 'Invalid limit')
  const start = typeof nextToken === 'string' && nextToken !== '' ? placeOf(nextToken) : 0
  if (start === undefined) throw refused(400, 'LOG-60001', 'Invalid token')
  const given = (time: unknown) => (typeof time === 'string' ? time : null)
  const found = events
    .filter(within((event) => String(event['recordedAt']), given(startTime), given(endTime)))
    .sort((a, b) => (String(a['recordedAt']) < String(b['recordedAt']) ? 1 : -1))
  const logs = found.slice(start, start + limit)
  const more = start + logs.length < found.length
  return { body: { logs, nextToken: more ? cursorOf(start + logs.length) : '', previousToken: '' } }
}

const refused = (status: number, code: string, message: string): Refused =>
  new Refused(status, { code, message, description: message, traceId: 'trace-1' })

/** Audit logs of version 2 in the shapes of the vendor's catalog. */
export const asgardeoLogs = (count: number, newest?: number): Event[] =>
  moulded(
    'asgardeo/array.json',
    undefined,
    count,
    (event, index, time) => {
      event['id'] = uuid(index)
      event['recordedAt'] = time.toISOString().replace('Z', '345Z')
    },
    newest
  )
