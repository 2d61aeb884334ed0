import { type Asked, Refused, type Reply, type StandIn, standIn } from './strict-server'

export interface UnkeyLog {
  readonly auditLogId: string
  readonly time: string
  readonly insertedAt: string
  readonly [key: string]: unknown
}

/** A workspace as `POST /v2/audit.getLogs` of Unkey serves it: oldest first, by an opaque cursor. */
export interface Workspace {
  readonly rootKey: string
  permissions?: readonly string[]
  logs: UnkeyLog[]
  /** Without the call, as most workspaces are. */
  lacks?: boolean
}

const known = new Set(['cursor', 'limit', 'start', 'end', 'event', 'actorId', 'resourceType'])

export const unkey = (workspace: Workspace): Promise<StandIn> =>
  standIn((asked) => {
    if (workspace.lacks || asked.path !== '/v2/audit.getLogs')
      throw refused(404, 'Not Found', 'The requested route does not exist.')
    if (asked.method !== 'POST') throw refused(405, 'Method Not Allowed', 'Use POST.')
    if (asked.headers.authorization !== `Bearer ${workspace.rootKey}`)
      throw refused(401, 'Unauthorized', 'The provided root key is invalid.')
    if (!(workspace.permissions ?? ['audit.*.read_audit_log']).includes('audit.*.read_audit_log'))
      throw refused(403, 'Forbidden', "Missing permission: 'audit.*.read_audit_log'")
    return logs(workspace, asked)
  })

function logs({ logs: all }: Workspace, asked: Asked): Reply {
  const { cursor, limit = 100, start, end, ...rest } = asked.json()
  const extra = Object.keys(rest).find((name) => !known.has(name))
  if (extra !== undefined) throw refused(400, 'Bad Request', `additional property ${extra} is not allowed`)
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > 500)
    throw refused(400, 'Bad Request', 'limit must be between 1 and 500')
  for (const time of [start, end])
    if (time !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(time)))
      throw refused(400, 'Bad Request', 'start and end are RFC 3339')
  const [from, after] = [String(start ?? ''), typeof cursor === 'string' ? placeOf(cursor) : '']
  const matching = all
    .filter(({ insertedAt }) => insertedAt >= from && (end === undefined || insertedAt <= String(end)))
    .filter((log) => place(log) > after)
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
  const data = matching.slice(0, limit)
  const last = data.at(-1)
  const hasMore = matching.length > data.length
  const next = last ? cursorOf(place(last)) : typeof cursor === 'string' ? cursor : undefined
  return {
    body: {
      meta: { requestId: 'req_test' },
      data,
      pagination: { hasMore, ...(next === undefined ? {} : { cursor: next }) }
    }
  }
}

const place = ({ insertedAt, auditLogId }: UnkeyLog): string => `${insertedAt} ${auditLogId}`
const cursorOf = (at: string): string => Buffer.from(at).toString('base64url')

function placeOf(cursor: string): string {
  const at = Buffer.from(cursor, 'base64url').toString()
  if (/^\d{4}-.*Z \S+$/.test(at)) return at
  throw refused(400, 'Bad Request', 'invalid cursor')
}

const refused = (status: number, title: string, detail: string): Refused =>
  new Refused(
    status,
    { meta: { requestId: 'req_test' }, error: { title, detail, status, type: 'about:blank' } },
    { 'content-type': 'application/problem+json' }
  )

/** Audit logs in the shape of version v1, a second apart. */
export function unkeyLogs(count: number, first = Date.parse('2026-11-01T00:00:00Z')): UnkeyLog[] {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(first + index * 1000).toISOString()
    return {
      auditLogId: `log_${String(index).padStart(8, '0')}`,
      version: 'v1',
      time,
      insertedAt: time,
      event: 'key.create',
      description: `Created key_${index}`,
      outcome: 'success',
      source: 'platform',
      actor: { type: 'root_key', id: 'key_root', name: 'ci' },
      resources: [{ type: 'key', id: `key_${index}` }],
      context: { ipAddress: '198.51.100.4', userAgent: 'ci/1' }
    }
  })
}
