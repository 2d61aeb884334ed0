import { intruder, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, days, millis, to } from './time.mjs'

const columns = [
  'Timestamp',
  'Event ID',
  'Event Type',
  'Category',
  'Severity',
  'User Name',
  'User Email',
  'IP Address',
  'User Agent',
  'Resource Type',
  'Resource ID',
  'Resource Name',
  'Status',
  'Before',
  'After',
  'Method',
  'Path',
  'Status Code',
  'Duration (ms)',
  'User Action'
]
const kinds = {
  'auth.login': ['authentication', 'low', 'session', 'POST', '/v1/session'],
  'auth.login_failed': ['authentication', 'medium', 'session', 'POST', '/v1/session'],
  'cluster.health_check': ['clusters', 'info', 'cluster', 'GET', '/v1/clusters/partners/health'],
  'cluster.update': ['clusters', 'medium', 'cluster', 'PATCH', '/v1/clusters/partners'],
  'member.invite': ['workspace', 'medium', 'member', 'POST', '/v1/members'],
  'member.role_change': ['workspace', 'high', 'member', 'PATCH', '/v1/members'],
  'application.update': ['applications', 'medium', 'application', 'PATCH', '/v1/applications'],
  'application.regenerate_secret': ['applications', 'high', 'application', 'POST', '/v1/applications/secret'],
  'api_key.create': ['security', 'high', 'api_key', 'POST', '/v1/api-keys'],
  'api_key.update': ['security', 'high', 'api_key', 'PATCH', '/v1/api-keys'],
  'api_key.revoke': ['security', 'high', 'api_key', 'DELETE', '/v1/api-keys'],
  'ip_allowlist.update': ['security', 'high', 'workspace', 'PUT', '/v1/security/ip-allowlist'],
  'extension.configure': ['extensions', 'medium', 'extension', 'PATCH', '/v1/extensions/siem'],
  'billing.addon_change': ['billing', 'low', 'subscription', 'POST', '/v1/billing/addons'],
  'backup.create': ['data', 'info', 'backup', 'POST', '/v1/backups'],
  'data.export': ['data', 'high', 'export', 'POST', '/v1/exports']
}
const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** The workspace's own audit log as CSV. Skycloak does not publish its columns: these are a header whose meaning must be guessed. */
export function skycloakWorkspace() {
  const dice = random('skycloak-workspace')
  const rows = ascending([...daily(dice), ...incident(dice)].filter(({ time }) => time < to))
  return `${[columns.join(','), ...rows.reverse().map((row) => line(dice, row))].join('\n')}\n`
}

const row = (time, type, person, address, agent, more = {}) => ({ time, type, person, address, agent, ...more })

function line(dice, { time, type, person, address, agent, id, name, before, after, failed }) {
  const [category, severity, resource, method, path] = kinds[type]
  const json = (value) => (value === undefined ? '' : JSON.stringify(value))
  return [
    millis(time),
    `evt_${dice.hex(20)}`,
    type,
    category,
    severity,
    person?.name ?? 'System',
    person?.email ?? '',
    address ?? '',
    agent ?? 'skycloak-worker/4.18',
    resource,
    id ?? `${resource}_${dice.hex(8)}`,
    name ?? '',
    failed ? 'failure' : 'success',
    json(before),
    json(after),
    method,
    path,
    failed ? '401' : method === 'POST' ? '201' : '200',
    String(dice.int(12, 480)),
    person ? 'true' : 'false'
  ]
    .map(cell)
    .join(',')
}

const daily = (dice) => [
  ...days.flatMap((midnight) => [
    ...[3, 9, 15, 21].map((hour) =>
      row(midnight + hour * 3_600_000 + dice.int(0, 900), 'cluster.health_check', null, null, null, {
        id: 'cluster_partners',
        name: 'partners'
      })
    ),
    row(midnight + 5_400_000 + dice.int(0, 9000), 'backup.create', null, null, null, { name: 'nightly' })
  ]),
  ...shifts
    .filter(({ person }) => person.apps.includes('Skycloak') && dice.chance(0.5))
    .map((shift) => row(moment(shift, dice), 'auth.login', shift.person, shift.address, shift.agent)),
  row(at('2026-10-14 09:20:31'), 'billing.addon_change', who.soren, who.soren.homes[0], who.soren.agent, {
    before: { siem: false, seats: 8 },
    after: { siem: true, seats: 8 }
  }),
  row(at('2026-10-15 10:02:09'), 'extension.configure', who.zoe, who.zoe.homes[0], who.zoe.agent, {
    name: 'SIEM',
    before: { destination: null },
    after: {
      destination: 'https://siem.harbourlight.example/in',
      format: 'rfc5424',
      sources: ['keycloak_events', 'skycloak_audit']
    }
  }),
  row(at('2026-10-23 12:44:50'), 'member.invite', who.mara, office, who.mara.agent, {
    name: 'ana.ruiz@harbourlight.example',
    after: { role: 'member' }
  }),
  row(at('2026-11-03 09:31:17'), 'cluster.update', who.mara, office, who.mara.agent, {
    id: 'cluster_partners',
    name: 'partners',
    before: { version: '26.3.5', replicas: 2 },
    after: { version: '26.4.1', replicas: 2 }
  })
]

function incident() {
  const mara = (clock, type, more) =>
    row(at(`2026-11-05 ${clock}`), type, who.mara, intruder.hand, intruder.agent, more)
  const zoe = (clock, type, more) =>
    row(at(`2026-11-05 ${clock}`), type, who.zoe, who.zoe.homes[0], who.zoe.agent, more)
  const key = { id: 'api_key_7d21c0fe', name: 'metrics-export' }
  const siem = {
    destination: 'https://siem.harbourlight.example/in',
    format: 'rfc5424',
    sources: ['keycloak_events', 'skycloak_audit']
  }
  const allow = { mode: 'enforce', ranges: [`${office}/32`, '85.245.105.0/24', '10.0.0.0/8'] }
  return [
    row(at('2026-11-05 08:19:04.511'), 'auth.login', who.mara, office, who.mara.agent),
    mara('09:38:53.902', 'auth.login'),
    mara('09:40:26.118', 'api_key.create', { ...key, after: { scopes: ['events:read'], expires: '2026-12-05' } }),
    mara('09:43:19.640', 'api_key.update', {
      ...key,
      before: { scopes: ['events:read'], expires: '2026-12-05' },
      after: { scopes: ['events:read', 'clusters:write', 'members:write', 'exports:create'], expires: null }
    }),
    mara('09:44:52.007', 'ip_allowlist.update', {
      before: allow,
      after: { mode: 'report', ranges: [...allow.ranges, '0.0.0.0/0'] }
    }),
    mara('09:45:31.335', 'extension.configure', {
      name: 'SIEM',
      before: siem,
      after: { ...siem, sources: ['keycloak_events'] }
    }),
    row(
      at('2026-11-05 10:20:08.774'),
      'data.export',
      { name: 'metrics-export', email: 'metrics-export (API key)' },
      intruder.script,
      intruder.tool,
      { name: 'partners-users.json', after: { rows: 4812 } }
    ),
    zoe('11:35:44.260', 'auth.login'),
    zoe('11:41:06.915', 'api_key.revoke', { ...key, before: { active: true }, after: { active: false } }),
    zoe('11:42:33.580', 'ip_allowlist.update', {
      before: { mode: 'report', ranges: [...allow.ranges, '0.0.0.0/0'] },
      after: allow
    }),
    zoe('11:43:10.127', 'extension.configure', {
      name: 'SIEM',
      before: { ...siem, sources: ['keycloak_events'] },
      after: siem
    }),
    row(
      at('2026-11-05 11:46:29.006'),
      'auth.login_failed',
      { name: 'metrics-export', email: 'metrics-export (API key)' },
      intruder.script,
      intruder.tool,
      { failed: true }
    )
  ]
}
