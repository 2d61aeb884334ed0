// Writes a file of mixed audit events, one JSON object a line: authentik, Keycloak (user and admin), CloudTrail and Unkey shapes,
// about 1,100 bytes each; 5,000 actors, 50,000 addresses, 100,000 resources, 30 % with before and after. Same seed, same bytes.
// usage: node scripts/bench-data.mjs <file> [events] [shape]
import { closeSync, openSync, writeSync } from 'node:fs'

let seed = 20260309
const random = () => {
  seed |= 0
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (n) => Math.floor(random() * n)
const skewed = (n) => Math.floor(n * random() ** 3)
const pick = (list) => list[skewed(list.length)]
const hex = (n) => Array.from({ length: n }, () => '0123456789abcdef'[below(16)]).join('')
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`

const names = ['alice', 'bob', 'carol', 'dmitri', 'elena', 'farid', 'grace', 'hiro', 'ines', 'jamal']
const actors = Array.from({ length: 5000 }, (_, i) => {
  const name = `${names[i % 10]}.${(i * 7919).toString(36)}`
  return { id: uuid(), number: i + 1, name, email: `${name}@example.com` }
})
const addresses = Array.from({ length: 50000 }, (_, i) =>
  i % 20 === 0
    ? `10.${below(256)}.${below(256)}.${below(256)}`
    : i % 11 === 0
      ? `2a02:${hex(4)}:${hex(4)}::${hex(4)}`
      : `${1 + below(222)}.${below(256)}.${below(256)}.${1 + below(254)}`
)
const resources = Array.from({ length: 100000 }, (_, i) => ({ id: hex(32), name: `object-${i}` }))
const agents = Array.from(
  { length: 60 },
  (_, i) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + i}.0.0.0 Safari/537.36`
)
const start = Date.UTC(2026, 0, 1)
let clock = start
const text = (n) => Array.from({ length: n }, () => pick(names)).join(' ')

function authentik(time, actor, ip) {
  const resource = pick(resources)
  const changed = random() < 0.4
  return {
    pk: uuid(),
    user: { pk: actor.number, email: actor.email, username: actor.name },
    action: changed
      ? 'model_updated'
      : pick([
          'login',
          'authorize_application',
          'login_failed',
          'logout',
          'model_created',
          'password_set',
          'user_write',
          'secret_view',
          'model_deleted'
        ]),
    app: 'authentik.events.signals',
    context: {
      http_request: {
        path: `/api/v3/core/objects/${resource.id}/`,
        method: pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        args: { page: below(9) },
        user_agent: pick(agents),
        request_id: hex(32)
      },
      model: {
        pk: resource.id,
        app: 'authentik_core',
        name: resource.name,
        model_name: pick(['user', 'group', 'application', 'token', 'oauth2provider'])
      },
      ...(changed
        ? {
            diff: {
              name: { previous_value: `old ${resource.name}`, new_value: resource.name },
              attributes: { previous_value: { note: text(12) }, new_value: { note: text(14) } }
            }
          }
        : {}),
      note: text(30)
    },
    client_ip: ip,
    created: `${new Date(time).toISOString().slice(0, -1)}${String(below(1000)).padStart(3, '0')}Z`,
    expires: new Date(time + 31536000000).toISOString(),
    brand: { pk: hex(32), app: 'authentik_brands', name: 'Default brand', model_name: 'brand' }
  }
}
function keycloakAdmin(time, actor, ip) {
  const resource = pick(resources)
  return {
    id: uuid(),
    time,
    realmId: 'b9a1c2d3-1111-4222-8333-944445555666',
    authDetails: { realmId: 'b9a1c2d3-1111-4222-8333-944445555666', clientId: uuid(), userId: actor.id, ipAddress: ip },
    operationType: pick(['UPDATE', 'CREATE', 'DELETE', 'ACTION']),
    resourceType: pick(['USER', 'CLIENT', 'REALM_ROLE_MAPPING', 'GROUP_MEMBERSHIP', 'CLIENT_ROLE', 'REALM', 'GROUP']),
    resourcePath: `users/${resource.id}`,
    representation: JSON.stringify({
      id: resource.id,
      username: resource.name,
      enabled: random() < 0.9,
      email: actor.email,
      attributes: { department: [text(4)], note: [text(40)] },
      requiredActions: []
    }),
    details: { userId: actor.id, username: actor.name, note: text(20) }
  }
}
function keycloakUser(time, actor, ip) {
  const failed = random() < 0.1
  return {
    id: uuid(),
    time,
    type: failed
      ? 'LOGIN_ERROR'
      : pick(['LOGIN', 'CODE_TO_TOKEN', 'REFRESH_TOKEN', 'LOGOUT', 'UPDATE_PASSWORD', 'UPDATE_TOTP']),
    realmId: 'b9a1c2d3-1111-4222-8333-944445555666',
    clientId: pick(['account-console', 'security-admin-console', 'shop', 'crm']),
    userId: actor.id,
    sessionId: uuid(),
    ipAddress: ip,
    ...(failed ? { error: 'invalid_user_credentials' } : {}),
    details: {
      auth_method: 'openid-connect',
      auth_type: 'code',
      redirect_uri: `https://shop.example.com/callback?state=${hex(64)}`,
      consent: 'no_consent_required',
      code_id: uuid(),
      username: actor.name,
      scope: 'openid profile email',
      token_id: uuid(),
      refresh_token_id: uuid(),
      note: text(60)
    }
  }
}
function cloudtrail(time, actor, ip) {
  const resource = pick(resources)
  const failed = random() < 0.06
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${hex(16).toUpperCase()}:${actor.name}`,
      arn: `arn:aws:sts::111122223333:assumed-role/ops/${actor.name}`,
      accountId: '111122223333',
      accessKeyId: `ASIA${hex(16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: `AROA${hex(16).toUpperCase()}`,
          arn: 'arn:aws:iam::111122223333:role/ops',
          accountId: '111122223333',
          userName: 'ops'
        },
        attributes: {
          creationDate: new Date(time - 900000).toISOString().replace(/\.\d+/, ''),
          mfaAuthenticated: 'false'
        }
      }
    },
    eventTime: new Date(time).toISOString().replace(/\.\d+/, ''),
    eventSource: pick([
      's3.amazonaws.com',
      'iam.amazonaws.com',
      'ec2.amazonaws.com',
      'kms.amazonaws.com',
      'sts.amazonaws.com'
    ]),
    eventName: pick([
      'GetObject',
      'PutObject',
      'DescribeInstances',
      'CreateUser',
      'AttachRolePolicy',
      'Decrypt',
      'AssumeRole',
      'DeleteBucket',
      'ListBuckets',
      'RunInstances',
      'StopLogging'
    ]),
    awsRegion: pick(['eu-central-1', 'us-east-1', 'ap-southeast-2']),
    sourceIPAddress: random() < 0.05 ? 'cloudtrail.amazonaws.com' : ip,
    userAgent: pick(agents),
    requestParameters: { bucketName: resource.name, key: `reports/${resource.id}`, note: text(10) },
    ...(failed
      ? { errorCode: 'AccessDenied', errorMessage: `User is not authorized to perform this action on ${resource.name}` }
      : {}),
    responseElements: null,
    requestID: uuid(),
    eventID: uuid(),
    readOnly: false,
    resources: [{ ARN: `arn:aws:s3:::${resource.name}`, accountId: '111122223333', type: 'AWS::S3::Object' }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333'
  }
}
function unkey(time, actor, ip) {
  const resource = pick(resources)
  const event = pick([
    'key.update',
    'key.create',
    'key.delete',
    'permission.create',
    'role.create',
    'api.create',
    'key.reroll'
  ])
  return {
    auditLogId: `al_${hex(24)}`,
    version: 'v1',
    time: new Date(time).toISOString(),
    insertedAt: new Date(time + 300).toISOString(),
    event,
    description: `${event} ${resource.name} ${text(60)}`,
    outcome: 'success',
    source: 'platform',
    actor: {
      type: random() < 0.4 ? 'root_key' : 'user',
      id: `user_${actor.id}`,
      name: actor.name,
      meta: { note: text(10) }
    },
    resources: [
      { type: 'key', id: `key_${resource.id}`, name: resource.name, meta: { permissions: [text(3), text(3)] } },
      { type: 'api', id: `api_${hex(16)}`, name: 'payments' }
    ],
    context: { ipAddress: ip, userAgent: pick(agents) },
    correlationId: `req_${hex(20)}`
  }
}
const shapes = { authentik: [authentik], mixed: [authentik, keycloakAdmin, keycloakUser, cloudtrail, unkey] }

const [file, count = '1000000', shape = 'mixed'] = process.argv.slice(2)
const make = shapes[shape]
const out = openSync(file, 'w')
let block = ''
for (let i = 0; i < Number(count); i++) {
  clock += below(2 * Math.floor((90 * 86400000) / Number(count)))
  const actor = actors[skewed(actors.length)]
  block += `${JSON.stringify(make[below(make.length)](clock, actor, addresses[skewed(addresses.length)]))}\n`
  if (block.length > 4_000_000) {
    writeSync(out, block)
    block = ''
  }
}
writeSync(out, block)
closeSync(out)
