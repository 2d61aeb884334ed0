import { cursorOf, moulded, placeOf, unknownIn } from './moulded'
import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

/** An organization with its audit log, as GitHub's REST API gives it to an owner. */
export interface Organization {
  readonly name: string
  readonly token: string
  scopes?: readonly string[]
  events: Record<string, unknown>[]
}

const known = ['phrase', 'include', 'after', 'before', 'order', 'per_page']
const documentation_url = 'https://docs.github.com/rest/orgs/orgs#get-the-audit-log-for-an-organization'

export async function github(of: Organization): Promise<StandIn> {
  let left = 1750
  const server: StandIn = await standIn((asked) => {
    if (!asked.headers['user-agent'])
      throw new Refused(403, 'Request forbidden by administrative rules.', { 'content-type': 'text/plain' })
    if (asked.headers['x-github-api-version'] !== '2022-11-28') throw refused(400, 'No such version of the API')
    if (asked.headers.authorization !== `Bearer ${of.token}`) throw refused(401, 'Bad credentials')
    if (asked.path !== `/orgs/${of.name}/audit-log`) throw refused(404, 'Not Found')
    if (asked.method !== 'GET') throw refused(404, 'Not Found')
    if (!(of.scopes ?? ['read:audit_log']).includes('read:audit_log'))
      throw refused(403, 'Must have admin rights to Organization.')
    return page(of, asked, server.url, --left)
  })
  return server
}

function page({ events, name }: Organization, { query }: Asked, base: string, left: number): Reply {
  const extra = unknownIn(query, known)
  if (extra !== undefined) throw new Error(`GitHub passes over a parameter ${extra}`)
  const size = Number(query.get('per_page') ?? 30)
  if (!Number.isInteger(size) || size < 1 || size > 100) throw refused(422, 'per_page must be between 1 and 100')
  const include = query.get('include') ?? 'web'
  const [since, until] = created(query.get('phrase'))
  const start = query.has('after') ? placeOf(query.get('after') ?? '') : 0
  if (start === undefined) throw refused(422, 'Invalid cursor')
  const found = events
    .filter((event) => include === 'all' || (include === 'git') === String(event['action']).startsWith('git.'))
    .filter((event) => timeOf(event) >= since && timeOf(event) <= until)
    .sort((a, b) => timeOf(a) - timeOf(b))
  if (query.get('order') !== 'asc') found.reverse()
  const body = found.slice(start, start + size)
  const next = new URL(`/orgs/${name}/audit-log`, base)
  for (const [key, value] of query) if (key !== 'after') next.searchParams.set(key, value)
  next.searchParams.set('after', cursorOf(start + body.length))
  const more = start + body.length < found.length
  return {
    body,
    headers: {
      ...(more ? { link: `<${next.href}>; rel="next", <${base}/orgs/${name}/audit-log?before=>; rel="first"` } : {}),
      'x-github-request-id': 'C0DE:1:2:3',
      'x-ratelimit-limit': '1750',
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600)
    }
  }
}

/** The dates of a phrase; without one it goes back three months. */
function created(phrase: string | null): readonly [number, number] {
  if (phrase === null) return [Date.now() - 90 * 86_400_000, Number.MAX_SAFE_INTEGER]
  const date = '\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:\\d\\d))?'
  const [, from = '', to = ''] = new RegExp(`^created:(${date})\\.\\.(${date})$`).exec(phrase) ?? []
  if (!from) throw refused(422, 'Validation Failed')
  return [Date.parse(from), Date.parse(to)]
}

const timeOf = (event: Record<string, unknown>): number => Number(event['@timestamp'])

const refused = (status: number, message: string): Refused =>
  new Refused(status, { message, documentation_url, status: String(status) })

/** What GitHub answers to who asks too often: 403, the limit used up, and when it is set back. */
export const githubLimit = (): Reply => ({
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1) },
  body: { message: 'API rate limit exceeded for user ID 7.', documentation_url }
})

/** Events of the audit log, a second apart. */
export const auditLog = (count: number, newest?: number): Record<string, unknown>[] =>
  moulded(
    'github.audit/array.json',
    undefined,
    count,
    (event, index, time) => {
      event['_document_id'] = `document-${String(index).padStart(6, '0')}`
      event['@timestamp'] = time.getTime()
    },
    newest
  )
