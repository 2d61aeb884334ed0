import { moulded, unknownIn, uuid } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

type Event = Record<string, unknown>

/** A tenant of Microsoft Entra ID, with what signs in and what Microsoft Graph gives of its logs. */
export interface EntraTenant {
  readonly tenant: string
  readonly client: string
  readonly secret: string
  roles?: readonly string[]
  premium?: boolean
  audit: Event[]
  signins: Event[]
}

const known = ['$filter', '$top', '$orderby', '$skiptoken', '$select']
const logs = {
  '/v1.0/auditLogs/directoryAudits': 'activityDateTime',
  '/v1.0/auditLogs/signIns': 'createdDateTime',
  '/beta/auditLogs/signIns': 'createdDateTime'
} as const

/** Graph and where it is signed in to, at one address. */
export async function microsoftGraph(of: EntraTenant): Promise<StandIn> {
  const tokens = new Set<string>()
  const server: StandIn = await standIn((asked) => {
    if (asked.path.endsWith('/oauth2/v2.0/token')) return token(of, asked, server.url, tokens)
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? ''
    if (!tokens.has(bearer))
      throw refused(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.')
    const time = logs[asked.path as keyof typeof logs]
    if (!time || asked.method !== 'GET') throw refused(400, 'BadRequest', 'Resource not found for the segment.')
    if (!(of.roles ?? ['AuditLog.Read.All']).includes('AuditLog.Read.All'))
      throw refused(403, 'Authentication_MSGraphPermissionMissing', 'Required permissions are missing in the token.')
    const isAudit = asked.path.endsWith('directoryAudits')
    if (!isAudit && of.premium === false)
      throw refused(
        403,
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
        'Neither tenant is B2C or tenant does not have premium license'
      )
    return page(isAudit ? of.audit : of.signins, asked, time, server.url)
  })
  return server
}

function token(of: EntraTenant, asked: Asked, base: string, tokens: Set<string>): Reply {
  const form = asked.form()
  const no = (error: string, code: string, says: string) =>
    new Refused(error === 'invalid_client' ? 401 : 400, {
      error,
      error_description: `${code}: ${says}`,
      error_codes: [Number(code.slice(6))]
    })
  if (asked.path !== `/${of.tenant}/oauth2/v2.0/token`)
    throw no('invalid_request', 'AADSTS90002', `Tenant '${asked.path.split('/')[1]}' not found.`)
  if (form.get('grant_type') !== 'client_credentials') throw no('unsupported_grant_type', 'AADSTS70003', 'unsupported')
  if (form.get('client_id') !== of.client)
    throw no('unauthorized_client', 'AADSTS700016', 'Application with identifier was not found in the directory.')
  if (form.get('client_secret') !== of.secret)
    throw no('invalid_client', 'AADSTS7000215', 'Invalid client secret provided.')
  if (form.get('scope') !== `${base}/.default`)
    throw no('invalid_scope', 'AADSTS70011', 'The provided scope is not valid.')
  const access_token = `entra-token-${tokens.size + 1}-not-to-be-seen`
  tokens.add(access_token)
  return { body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token } }
}

/** Newest first; a page may hold fewer than asked for, or none, and still lead on. */
function page(events: readonly Event[], { path, query }: Asked, time: string, base: string): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw refused(400, 'BadRequest', `Query option ${extra} is not allowed`)
  const top = Number(query.get('$top') ?? 1000)
  if (!(top >= 1 && top <= 999)) throw refused(400, 'BadRequest', 'Invalid page size specified')
  const matches = filtered(query.get('$filter'), time, path.startsWith('/beta'))
  const found = events.filter(matches).sort((a, b) => (String(a[time]) < String(b[time]) ? 1 : -1))
  const start = Number(query.get('$skiptoken') ?? 0)
  const value = found.slice(start, start + top)
  const next = new URL(path, base)
  for (const [name, given] of query) next.searchParams.set(name, given)
  next.searchParams.set('$skiptoken', String(start + value.length))
  const more = start + value.length < found.length
  return {
    body: {
      '@odata.context': `${base}/v1.0/$metadata#auditLogs`,
      ...(more ? { '@odata.nextLink': next.href } : {}),
      value
    },
    headers: { 'request-id': 'graph-request' }
  }
}

function filtered(filter: string | null, time: string, beta: boolean): (event: Event) => boolean {
  if (filter === null) return () => true
  const date = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z'
  const kinds = " and signInEventTypes/any\\(t: t eq '(\\w+)'(?: or t eq '(\\w+)')?\\)"
  const read = new RegExp(`^${time} ge (${date}) and ${time} le (${date})(?:${kinds})?$`).exec(filter)
  if (!read || (read[3] && !beta)) throw refused(400, 'BadRequest', 'Invalid filter clause')
  const [, since = '', until = '', one, other] = read
  const wanted = [one, other].filter((kind) => kind !== undefined)
  return (event) => {
    const at = Date.parse(String(event[time]))
    const types = (event['signInEventTypes'] as string[] | undefined) ?? ['interactiveUser']
    return (
      at >= Date.parse(since) &&
      at <= Date.parse(until) &&
      (!wanted.length || types.some((type) => wanted.includes(type)))
    )
  }
}

const refused = (status: number, code: string, message: string): Refused =>
  new Refused(status, {
    error: { code, message, innerError: { date: '2026-11-21T12:00:00', 'request-id': 'graph-request' } }
  })

export const directoryAudits = (count: number, newest?: number): Event[] =>
  moulded('entra.audit/graph-page.json', 'value', count, named('Directory_', 'activityDateTime'), newest)

export const signIns = (count: number, newest?: number): Event[] =>
  moulded('entra.signin/graph-page.json', 'value', count, named('', 'createdDateTime'), newest)

const named = (before: string, time: string) => (event: Event, index: number, at: Date) => {
  event['id'] = `${before}${uuid(index)}`
  event[time] = at.toISOString()
}
