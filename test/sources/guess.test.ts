import { describe, expect, it } from 'vitest'
import type { Read } from '../../src-main/contract/source'
import { guessSource } from '../../src-main/engine/import/guess'
import { faultOf } from '../../src-main/engine/normalise/source-fault'

const json: Read = { as: 'json' }
const csv: Read = { as: 'csv' }

interface Shape {
  readonly shape: string
  readonly name: string
  readonly read: Read
  readonly documents: readonly unknown[]
  readonly event: object
  readonly change?: object
  readonly said?: string
}

const shapes: readonly Shape[] = [
  {
    shape: 'German headers, with the outcome in German words',
    name: 'protokoll.csv',
    read: csv,
    documents: [
      {
        Zeitpunkt: '09.03.2026 09:41:07',
        Benutzer: 'kim',
        Aktion: 'Anmeldung',
        Ergebnis: 'erfolgreich',
        'IP-Adresse': '203.0.113.9'
      },
      {
        Zeitpunkt: '09.03.2026 09:42:07',
        Benutzer: 'ada',
        Aktion: 'Anmeldung',
        Ergebnis: 'fehlgeschlagen',
        'IP-Adresse': '203.0.113.9'
      }
    ],
    event: {
      '@timestamp': 'Zeitpunkt',
      'event.action': 'Aktion',
      'user.name': 'Benutzer',
      'source.ip': 'IP-Adresse',
      'event.outcome': {
        sql: "CASE lower(record->>'Ergebnis') WHEN 'erfolgreich' THEN 'success' WHEN 'fehlgeschlagen' THEN 'failure' ELSE record->>'Ergebnis' END"
      }
    }
  },
  {
    shape: 'French headers',
    name: 'journal.csv',
    read: csv,
    documents: [
      { Horodatage: '2026-03-09 09:41:07', Utilisateur: 'kim', Opération: 'create', Résultat: 'success' },
      { Horodatage: '2026-03-09 09:42:07', Utilisateur: 'ada', Opération: 'delete', Résultat: 'failed' }
    ],
    event: {
      '@timestamp': 'Horodatage',
      'event.action': 'Opération',
      'user.name': 'Utilisateur',
      'event.outcome': 'Résultat'
    }
  },
  {
    shape: 'headers in no language we know, told by their values; a yes or no is no outcome',
    name: 'x.json',
    read: json,
    documents: [
      { aa: '2026-03-09T09:41:07Z', bb: 'kim@acme.test', cc: '203.0.113.9', dd: 'failed', ee: true, ff: 'yes' },
      { aa: '2026-03-09T09:42:07Z', bb: 'ada@acme.test', cc: '203.0.113.8', dd: 'success', ee: false, ff: 'no' }
    ],
    event: {
      '@timestamp': 'aa',
      'user.email': 'bb',
      'user.name': 'bb',
      'source.ip': 'cc',
      'event.outcome': 'dd'
    }
  },
  {
    shape: 'an operation called op, and a status of more words than two',
    name: 'ops.json',
    read: json,
    documents: ['success', 'failed', 'pending', 'success', 'expired', 'denied'].map((status, n) => ({
      ts: `2026-03-09T09:41:0${n}Z`,
      user: 'kim',
      op: n % 2 ? 'create' : 'delete',
      status
    })),
    event: { '@timestamp': 'ts', 'user.name': 'user', 'event.action': 'op', 'event.outcome': 'status' }
  },
  {
    shape: 'epoch milliseconds and a person called who',
    name: 'export.json',
    read: json,
    documents: [
      { ts: 1773049267120, who: 'kim', did: 'x', what: 'door.open', ip: '203.0.113.9', ok: true },
      { ts: 1773049268120, who: 'ada', did: 'y', what: 'door.open', ip: '2001:db8::1', ok: false }
    ],
    event: {
      '@timestamp': { from: 'ts', as: 'epoch_ms' },
      'event.action': 'what',
      'user.name': 'who',
      'source.ip': 'ip'
    },
    said: '@timestamp ← ts (epoch ms), event.action ← what, user.name ← who, source.ip ← ip'
  },
  {
    shape: 'Splunk search results, each wrapped in result',
    name: 'splunk.json',
    read: json,
    documents: [
      {
        preview: false,
        result: {
          _time: '2026-03-09T09:41:07.120+00:00',
          user: 'kim',
          action: 'success',
          app: 'vpn',
          src: '203.0.113.9',
          dest: '10.0.0.4',
          signature: 'login',
          _raw: 'Mar 9 …'
        }
      }
    ],
    event: {
      '@timestamp': 'result._time',
      'event.action': 'result.action',
      'user.name': 'result.user',
      'application.name': 'result.app',
      'source.ip': 'result.src'
    }
  },
  {
    shape: 'PostgreSQL audit lines as JSON',
    name: 'pgaudit.jsonl',
    read: json,
    documents: [
      {
        timestamp: '2026-03-09 09:41:07.120 UTC',
        user: 'app',
        dbname: 'shop',
        remote_host: '203.0.113.9',
        session_id: '65ec.1a2b',
        error_severity: 'LOG',
        application_name: 'psql',
        command: 'SELECT',
        object_type: 'TABLE',
        object_name: 'public.card',
        message: 'AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card'
      },
      {
        timestamp: '2026-03-09 09:41:09.003 UTC',
        user: 'postgres',
        dbname: 'shop',
        remote_host: '[local]',
        session_id: '65ec.1a2c',
        error_severity: 'LOG',
        application_name: 'pg_dump',
        command: 'COPY',
        object_type: 'TABLE',
        object_name: 'public.card',
        message: 'AUDIT: SESSION,2,1,READ,COPY,TABLE,public.card'
      }
    ],
    event: {
      '@timestamp': 'timestamp',
      'event.action': 'command',
      'user.name': 'user',
      'session.id': 'session_id',
      'resource.type': 'object_type',
      'resource.name': 'object_name',
      'application.name': 'application_name',
      'source.ip': 'remote_host',
      message: 'message'
    }
  },
  {
    shape: 'an nginx access log as JSON, with dashes for nobody',
    name: 'access.log',
    read: json,
    documents: [
      {
        time_local: '09/Mar/2026:09:41:07 +0000',
        remote_addr: '203.0.113.9',
        remote_user: '-',
        request: 'GET /admin?x=1 HTTP/1.1',
        status: '403',
        body_bytes_sent: '612',
        http_user_agent: 'Mozilla/5.0',
        request_id: '8c1f'
      },
      {
        time_local: '09/Mar/2026:09:41:08 +0000',
        remote_addr: '203.0.113.9',
        remote_user: 'kim',
        request: 'POST /login HTTP/1.1',
        status: '200',
        body_bytes_sent: '12',
        http_user_agent: 'curl/8.5.0',
        request_id: '8c20'
      }
    ],
    event: {
      '@timestamp': 'time_local',
      'user.name': { sql: "nullif(record->>'remote_user', '-')" },
      'source.ip': 'remote_addr',
      'user_agent.original': 'http_user_agent',
      'http.response.status_code': 'status',
      'trace.id': 'request_id',
      'http.request.method': { sql: "nullif(regexp_extract(record->>'request', '^([A-Z]+) ', 1), '')" },
      'url.path': { sql: "nullif(regexp_extract(record->>'request', '^[A-Z]+ ([^ ?]+)', 1), '')" }
    }
  },
  {
    shape: 'nested actor, target and client, and a change as a list of old and new by field',
    name: 'audit-2026-03-01.ndjson',
    read: json,
    documents: [
      {
        id: 'a-1',
        occurredAt: '2026-03-09T09:41:07Z',
        action: 'role.assigned',
        actor: { id: 'u1', name: 'Kim', email: 'kim@example.com', type: 'user' },
        target: { id: 'u2', name: 'Ada', user: { name: 'ada' } },
        client: { ip: '203.0.113.9', userAgent: 'Mozilla/5.0' },
        changes: { role: { old: 'member', new: 'owner' } }
      },
      {
        id: 'a-2',
        occurredAt: '2026-03-09T09:43:07Z',
        action: 'role.assigned',
        actor: { id: 'u1', name: 'Kim', email: 'kim@example.com', type: 'service_account' },
        target: { id: 'u3', name: 'Bo', user: { name: 'bo' } },
        client: { ip: '203.0.113.10', userAgent: 'curl/8' }
      }
    ],
    event: {
      '@timestamp': 'occurredAt',
      'event.id': 'id',
      'event.action': 'action',
      'user.name': 'actor.name',
      'user.id': 'actor.id',
      'user.email': 'actor.email',
      'resource.id': 'target.id',
      'resource.name': 'target.name',
      'user.target.name': 'target.user.name',
      'source.ip': 'client.ip',
      'user_agent.original': 'client.userAgent',
      'user.type': { sql: expect.stringContaining("CASE lower(record->'actor'->>'type') WHEN 'user' THEN 'person'") }
    },
    change: { diff: 'changes', before: 'old', after: 'new' }
  },
  {
    shape: 'an all-text CSV with spaced headers',
    name: 'Audit Export (3).csv',
    read: csv,
    documents: [
      {
        'Date/Time': '03/09/2026 09:41:07 AM',
        'User Name': 'kim',
        'E-Mail Address': 'kim@example.com',
        Activity: 'Deleted file',
        Item: 'plan.xlsx',
        'IP Address': '203.0.113.9:51234',
        Result: 'Succeeded'
      },
      {
        'Date/Time': '03/09/2026 09:44:07 AM',
        'User Name': 'ada',
        'E-Mail Address': 'ada@example.com',
        Activity: 'Viewed file',
        Item: 'plan.xlsx',
        'IP Address': '203.0.113.9:51235',
        Result: 'Failed'
      }
    ],
    event: {
      '@timestamp': 'Date/Time',
      'event.action': 'Activity',
      'user.name': 'User Name',
      'user.email': 'E-Mail Address',
      'resource.name': 'Item',
      'source.ip': 'IP Address',
      'event.outcome': 'Result'
    }
  },
  {
    shape: 'no time at all',
    name: 'members.json',
    read: json,
    documents: [
      { username: 'kim', action: 'invited', target: 'ada@example.com' },
      { username: 'kim', action: 'removed', target: 'bo@example.com' }
    ],
    event: { 'event.action': 'action', 'user.name': 'username', 'user.target.email': 'target' },
    said: 'event.action ← action, user.name ← username, user.target.email ← target, no time was found, so the events are undated'
  },
  {
    shape: 'flat names with dots',
    name: 'flat.jsonl',
    read: json,
    documents: [
      {
        '@timestamp': '2026-03-09T09:41:07.123456789Z',
        'user.name': 'kim',
        'event.action': 'sudo',
        'source.ip': '203.0.113.9'
      }
    ],
    event: {
      '@timestamp': '@timestamp',
      'event.action': '"event.action"',
      'user.name': '"user.name"',
      'source.ip': '"source.ip"'
    }
  },
  {
    shape: 'names whose values do not fit',
    name: 'odd.json',
    read: json,
    documents: [
      {
        time: 'soon',
        ip: 'load-balancer',
        user: 17,
        status: 'warm',
        action: '0b9e6a3e-6f0e-4b8c-9a65-2a4b7a2f0c11',
        email: 'none',
        seen: '2026-03-09'
      },
      {
        time: 'later',
        ip: 'cache',
        user: 18,
        status: 'cold',
        action: '1b9e6a3e-6f0e-4b8c-9a65-2a4b7a2f0c11',
        email: 'none',
        seen: '2026-03-10'
      }
    ],
    event: { '@timestamp': 'seen', 'user.id': 'user' }
  },
  {
    shape: 'epoch seconds with a fraction, and only an e-mail address for the actor',
    name: 'api.json',
    read: json,
    documents: [
      {
        created: 1773049267.12,
        email: 'kim@example.com',
        operation: 'token.create',
        request: { method: 'POST', path: '/v1/tokens', status: 201 },
        duration_ms: 12
      },
      {
        created: 1773049268.5,
        email: 'ada@example.com',
        operation: 'token.revoke',
        request: { method: 'DELETE', path: '/v1/tokens/1', status: 204 },
        duration_ms: 9.5
      }
    ],
    event: {
      '@timestamp': { from: 'created', as: 'epoch_s' },
      'event.action': 'operation',
      'user.email': 'email',
      'user.name': 'email',
      'http.request.method': 'request.method',
      'url.path': 'request.path',
      'http.response.status_code': 'request.status',
      'event.duration': { sql: "TRY_CAST(record->>'duration_ms' AS DOUBLE) * 1000000" }
    }
  },
  {
    shape: 'seconds and nanoseconds, and a destination that is not where it came from',
    name: '日誌.json',
    read: json,
    documents: [
      {
        recordedAt: { seconds: 1773049267, nanos: 5 },
        verb: 'get',
        dst_ip: '10.0.0.9',
        peer: '198.51.100.4',
        userId: 'u1'
      },
      {
        recordedAt: { seconds: 1773049268, nanos: 6 },
        verb: 'list',
        dst_ip: '10.0.0.9',
        peer: '198.51.100.5',
        userId: 'u1'
      }
    ],
    event: {
      '@timestamp': { from: 'recordedAt', as: 'seconds_nanos' },
      'event.action': 'verb',
      'user.id': 'userId',
      'source.ip': 'peer'
    }
  },
  {
    shape: 'epoch-like numbers that no name calls a time',
    name: 'numbers.json',
    read: json,
    documents: [{ invoice: 1773049267, event: 'paid', customer: 'acme' }],
    event: { 'event.action': 'event' }
  },
  {
    shape: 'a Kubernetes audit event',
    name: 'k8s.jsonl',
    read: json,
    documents: [
      {
        kind: 'Event',
        auditID: 'a-1',
        stage: 'ResponseComplete',
        requestURI: '/api/v1/namespaces/default/secrets/x',
        verb: 'get',
        user: { username: 'system:admin', groups: ['system:masters'] },
        sourceIPs: ['203.0.113.9'],
        userAgent: 'kubectl/v1.30',
        objectRef: { resource: 'secrets', namespace: 'default', name: 'x' },
        responseStatus: { metadata: {}, code: 200 },
        requestReceivedTimestamp: '2026-03-09T09:41:07.123456Z',
        stageTimestamp: '2026-03-09T09:41:07.130000Z'
      }
    ],
    event: {
      '@timestamp': 'requestReceivedTimestamp',
      'event.id': 'auditID',
      'event.action': 'verb',
      'user.name': 'user.username',
      'source.ip': 'sourceIPs[0]',
      'user_agent.original': 'userAgent',
      'url.path': 'requestURI',
      'http.response.status_code': 'responseStatus.code'
    }
  },
  {
    shape: 'an actor beside the user acted upon, as GitHub writes it',
    name: 'github.json',
    read: json,
    documents: [
      {
        '@timestamp': 1773049267120,
        action: 'org.add_member',
        actor: 'kim',
        actor_id: 17,
        actor_ip: '203.0.113.9',
        org: 'acme',
        user: 'ada',
        user_agent: 'Mozilla/5.0'
      },
      {
        '@timestamp': 1773049267990,
        action: 'repo.destroy',
        actor: 'kim',
        actor_id: 17,
        actor_ip: '203.0.113.9',
        org: 'acme',
        repo: 'acme/pay',
        user_agent: 'Mozilla/5.0'
      }
    ],
    event: {
      '@timestamp': { from: '@timestamp', as: 'epoch_ms' },
      'event.action': 'action',
      'user.name': 'actor',
      'user.id': 'actor_id',
      'resource.name': 'repo',
      'organization.name': 'org',
      'source.ip': 'actor_ip',
      'user_agent.original': 'user_agent'
    }
  },
  {
    shape: 'an account known by an id that is its e-mail address, as Microsoft 365 writes it',
    name: 'm365.json',
    read: json,
    documents: [
      {
        CreationTime: '2026-03-09T09:41:07',
        Id: '0b9e6a3e-6f0e-4b8c-9a65-2a4b7a2f0c11',
        Operation: 'UserLoggedIn',
        ResultStatus: 'Succeeded',
        UserId: 'kim@example.com',
        ClientIP: '203.0.113.9',
        ObjectId: 'portal'
      }
    ],
    event: {
      '@timestamp': 'CreationTime',
      'event.id': 'Id',
      'event.action': 'Operation',
      'user.id': 'UserId',
      'user.name': 'UserId',
      'user.email': 'UserId',
      'resource.id': 'ObjectId',
      'source.ip': 'ClientIP',
      'event.outcome': 'ResultStatus'
    }
  }
]

describe('a guess', () => {
  it.each(shapes)('reads $shape', ({ name, read, documents, event, change, said }) => {
    const guess = guessSource(documents, read, name)
    expect(guess.source.event).toEqual(event)
    expect(guess.source.change).toEqual(change)
    if (said) expect(guess.said).toBe(said)
    expect(faultOf(guess.source)).toBeUndefined()
  })

  it('is named for the file, without its dates', () => {
    const id = (name: string) => guessSource([{ a: 1 }], json, name).source.id
    expect(id('audit-2026-03-01.ndjson')).toBe('guessed.audit')
    expect(id('Audit Export (3).csv.gz')).toBe('guessed.audit-export')
    expect(id('日誌.json')).toBe('guessed')
  })

  const row = {
    'Created At': '2026-03-09T09:41:07.120Z',
    'Event Type': 'cluster.update',
    Category: 'Clusters',
    Severity: 'medium',
    'User Name': 'Kim',
    'User Email': 'kim@example.com',
    'IP Address': '203.0.113.9',
    'User Agent': 'Mozilla/5.0',
    'Resource Type': 'cluster',
    'Resource ID': 'c-1',
    'Old Values': '{"version":"26.1"}',
    'New Values': '{"version":"26.7"}',
    'HTTP Method': 'PUT',
    Path: '/api/clusters/c-1',
    'Status Code': '200',
    'Duration (ms)': '81'
  }

  it('takes the columns that Skycloak documents for a workspace audit log', () => {
    const { source, said } = guessSource([row], csv, 'audit-logs.csv')
    expect(source.id).toBe('skycloak.workspace')
    expect(said).toContain('the columns are those Skycloak documents: @timestamp ← Created At')
    expect(source.event).toMatchObject({
      '@timestamp': 'Created At',
      'event.action': 'Event Type',
      'user.name': 'User Name',
      'user.email': 'User Email',
      'source.ip': 'IP Address',
      'user_agent.original': 'User Agent',
      'resource.type': 'Resource Type',
      'resource.id': 'Resource ID',
      'http.request.method': 'HTTP Method',
      'url.path': 'Path',
      'http.response.status_code': 'Status Code'
    })
    expect(Object.keys(source.event)).toEqual(
      expect.arrayContaining(['event.severity', 'event.category', 'event.duration'])
    )
    expect(source.change).toEqual({ before: 'Old Values', after: 'New Values', parse: 'json' })
    expect(faultOf(source)).toBeUndefined()
  })

  it('does not call a log Skycloak that lacks what its page lists', () => {
    const { Severity: _, ...less } = row
    expect(guessSource([less], csv, 'audit-logs.csv').source.id).toBe('guessed.audit-logs')
    expect(guessSource([less], csv, 'skycloak-audit-logs.csv').source.id).toBe('skycloak.workspace')
  })

  it('maps no severity whose words it does not know', () => {
    expect(guessSource([{ ...row, Severity: 'P1' }], csv, 'a.csv').source.event).not.toHaveProperty('event.severity')
  })
})
