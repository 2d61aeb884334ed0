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
// What a product holds: a few brands, flows and clients, some hundred applications, tokens and policies.
const ids = (count, make) => Array.from({ length: count }, make)
const brand = hex(32)
const flows = ids(12, () => hex(32))
const clients = ids(40, uuid)
const objects = ids(3000, (_, i) => ({ pk: hex(32), app: 'authentik_core', name: `object ${i}` }))
// A person's session lasts for some events; so do the temporary keys of a role.
const sessions = ids(5000, uuid)
const accessKeys = ids(5000, () => `ASIA${hex(16).toUpperCase()}`)
const renewed = (list, index, make) => {
  if (random() < 0.1) list[index] = make()
  return list[index]
}
const start = Date.UTC(2026, 0, 1)
let clock = start
// Prose in logs is made by programs: the same few hundred sentences, over and over.
const words = [
  'alice',
  'policy',
  'changed',
  'token',
  'session',
  'for',
  'group',
  'expired',
  'role',
  'of',
  'admin',
  'key',
  'was',
  'scope',
  'by',
  'default',
  'request',
  'client'
]
const sentences = Array.from({ length: 400 }, () => Array.from({ length: 80 }, () => words[below(words.length)]))
const text = (n) => sentences[skewed(400)].slice(0, n).join(' ')

const models = {
  user: ['name', 'email', 'is_active', 'path', 'attributes', 'type'],
  group: ['name', 'is_superuser', 'parent', 'attributes'],
  application: ['name', 'slug', 'provider', 'meta_launch_url', 'policy_engine_mode', 'open_in_new_tab'],
  token: ['identifier', 'expires', 'expiring', 'description', 'intent'],
  oauth2provider: ['client_id', 'redirect_uris', 'access_token_validity', 'signing_key', 'sub_mode', 'issuer_mode'],
  policybinding: ['enabled', 'order', 'negate', 'timeout', 'failure_result'],
  flow: ['title', 'designation', 'denied_action', 'authentication', 'layout']
}
const states = [
  () => random() < 0.5,
  () => below(900),
  () => text(4),
  () => ({ note: text(6), level: below(5) }),
  () => [text(1), text(1)],
  () => null
]
const differing = (fields) =>
  Object.fromEntries(
    fields
      .filter(() => random() < 0.4)
      .map((field, index) => [
        field,
        { previous_value: states[(index + field.length) % 6](), new_value: states[(index + field.length) % 6]() }
      ])
  )
const reference = (model_name) => ({ ...pick(objects), model_name })
const contexts = {
  login: () => ({
    auth_method: 'password',
    auth_method_args: { mfa_devices: [reference('totpdevice')], known_device: random() < 0.7 }
  }),
  login_failed: (actor) => ({
    username: actor.name,
    password: '********************',
    stage: reference('passwordstage')
  }),
  authorize_application: () => ({
    authorized_application: reference('application'),
    flow: pick(flows),
    scopes: 'openid profile email'
  }),
  password_set: () => ({}),
  secret_view: () => ({ secret: reference('certificatekeypair') }),
  user_write: (actor) => ({
    name: actor.name,
    email: actor.email,
    created: random() < 0.3,
    attributes: { department: text(2) }
  }),
  policy_execution: () => ({
    binding: reference('policybinding'),
    request: { obj: reference('application'), user: reference('user') },
    result: { passing: random() < 0.8, messages: [text(5)] },
    policy_uuid: pick(flows)
  }),
  policy_exception: () => ({
    expression: text(12),
    exception: { message: text(9), type: 'ValueError' },
    binding: reference('policybinding')
  }),
  logout: () => ({}),
  email_sent: (actor) => ({ subject: text(5), to_email: [actor.email], from_email: 'sso@example.com', body: text(40) })
}
function authentik(time, actor, ip) {
  const resource = pick(resources)
  const model_name = pick(Object.keys(models))
  const action =
    random() < 0.45 ? pick(['model_updated', 'model_created', 'model_deleted']) : pick(Object.keys(contexts))
  const model = { pk: resource.id, app: 'authentik_core', name: resource.name, model_name }
  const changed = action === 'model_updated' || action === 'model_created'
  return {
    pk: uuid(),
    user: { pk: actor.number, email: actor.email, username: actor.name },
    action,
    app: pick([
      'authentik.events.signals',
      'authentik.core.auth',
      'authentik.policies.process',
      'authentik.enterprise.audit.middleware'
    ]),
    context: {
      http_request: {
        path: `/api/v3/core/objects/${resource.id}/`,
        method: pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        args: { page: String(below(9)), ordering: '-created', search: text(2) },
        user_agent: pick(agents),
        request_id: hex(32)
      },
      ...(contexts[action] ? contexts[action](actor) : { model }),
      ...(changed ? { diff: differing(models[model_name]) } : {}),
      geo: {
        continent: 'EU',
        country: pick(['DE', 'FR', 'NL', 'US', 'JP']),
        lat: 50 + below(100) / 10,
        long: 8 + below(100) / 10,
        city: text(1)
      },
      asn: { asn: 1000 + below(60000), as_org: text(3), network: `${ip}/24` },
      note: text(18)
    },
    client_ip: ip,
    created: `${new Date(time).toISOString().slice(0, -1)}${String(below(1000)).padStart(3, '0')}Z`,
    expires: new Date(time + 31536000000).toISOString(),
    brand: { pk: brand, app: 'authentik_brands', name: 'Default brand', model_name: 'brand' }
  }
}
function keycloakAdmin(time, actor, ip) {
  const resource = pick(resources)
  return {
    id: uuid(),
    time,
    realmId: 'b9a1c2d3-1111-4222-8333-944445555666',
    authDetails: {
      realmId: 'b9a1c2d3-1111-4222-8333-944445555666',
      clientId: pick(clients),
      userId: actor.id,
      ipAddress: ip
    },
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
const details = {
  LOGIN: () => ({
    auth_method: 'openid-connect',
    auth_type: 'code',
    redirect_uri: `https://shop.example.com/callback?state=${hex(24)}`,
    consent: 'no_consent_required',
    code_id: uuid()
  }),
  LOGIN_ERROR: () => ({
    auth_method: 'openid-connect',
    auth_type: 'code',
    redirect_uri: `https://shop.example.com/callback?state=${hex(24)}`,
    code_id: uuid()
  }),
  CODE_TO_TOKEN: () => ({
    token_id: uuid(),
    grant_type: 'authorization_code',
    refresh_token_type: 'Refresh',
    scope: 'openid profile email',
    refresh_token_id: uuid(),
    code_id: uuid(),
    client_auth_method: 'client-secret'
  }),
  REFRESH_TOKEN: () => ({
    token_id: uuid(),
    grant_type: 'refresh_token',
    refresh_token_type: 'Refresh',
    updated_refresh_token_id: uuid(),
    scope: 'openid profile email',
    age_of_refresh_token: String(below(1800)),
    refresh_token_id: uuid(),
    client_auth_method: 'client-secret'
  }),
  LOGOUT: () => ({ redirect_uri: 'https://shop.example.com/' }),
  UPDATE_PASSWORD: () => ({
    custom_required_action: 'UPDATE_PASSWORD',
    credential_type: 'password',
    response_type: 'code',
    response_mode: 'query'
  }),
  UPDATE_TOTP: () => ({
    custom_required_action: 'CONFIGURE_TOTP',
    credential_type: 'otp',
    selected_credential_id: uuid()
  }),
  IDENTITY_PROVIDER_LOGIN: () => ({
    identity_provider: 'google',
    identity_provider_identity: `${hex(8)}@example.org`,
    register_method: 'broker'
  }),
  UPDATE_PROFILE: (actor) => ({
    previous_email: actor.email,
    updated_email: actor.email,
    previous_first_name: text(1),
    updated_first_name: text(1),
    context: 'ACCOUNT'
  }),
  CLIENT_LOGIN: () => ({
    token_id: uuid(),
    grant_type: 'client_credentials',
    scope: 'email profile',
    client_auth_method: 'client-jwt'
  })
}
function keycloakUser(time, actor, ip) {
  const type = pick(Object.keys(details))
  return {
    id: uuid(),
    time,
    type,
    realmId: 'b9a1c2d3-1111-4222-8333-944445555666',
    clientId: pick(['account-console', 'security-admin-console', 'shop', 'crm']),
    userId: actor.id,
    sessionId: renewed(sessions, actor.number - 1, uuid),
    ipAddress: ip,
    ...(type.endsWith('_ERROR') ? { error: 'invalid_user_credentials' } : {}),
    details: { ...details[type](actor), username: actor.name, note: text(60) }
  }
}
const arn = (service, rest) => `arn:aws:${service}:eu-central-1:111122223333:${rest}`
const calls = {
  's3.GetObject': (r) => [{ bucketName: r.name, key: `reports/${r.id}`, Host: `${r.name}.s3.amazonaws.com` }, null],
  's3.PutObject': (r) => [
    {
      bucketName: r.name,
      key: `reports/${r.id}`,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-storage-class': 'STANDARD'
    },
    { 'x-amz-server-side-encryption-aws-kms-key-id': arn('kms', `key/${r.id}`) }
  ],
  's3.DeleteBucket': (r) => [{ bucketName: r.name, Host: `${r.name}.s3.amazonaws.com` }, null],
  's3.PutBucketPolicy': (r) => [
    {
      bucketName: r.name,
      bucketPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${r.name}/*` }]
      }
    },
    null
  ],
  'ec2.DescribeInstances': (r) => [
    { instancesSet: { items: [{ instanceId: `i-${r.id.slice(0, 17)}` }] }, filterSet: {}, maxResults: below(1000) },
    null
  ],
  'ec2.RunInstances': (r) => [
    {
      instancesSet: { items: [{ imageId: `ami-${r.id.slice(0, 17)}`, minCount: 1, maxCount: 1, keyName: r.name }] },
      instanceType: 'm7i.large',
      blockDeviceMapping: {},
      monitoring: { enabled: false }
    },
    {
      requestId: uuid(),
      reservationId: `r-${hex(17)}`,
      ownerId: '111122223333',
      groupSet: {},
      instancesSet: {
        items: [
          { instanceId: `i-${hex(17)}`, currentState: { code: 0, name: 'pending' }, privateIpAddress: '10.0.0.9' }
        ]
      }
    }
  ],
  'ec2.AuthorizeSecurityGroupIngress': (r) => [
    {
      groupId: `sg-${r.id.slice(0, 17)}`,
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }]
      }
    },
    { _return: true }
  ],
  'iam.CreateUser': (r) => [
    { userName: r.name, path: '/' },
    {
      user: {
        userName: r.name,
        userId: `AIDA${r.id.slice(0, 16).toUpperCase()}`,
        arn: arn('iam', `user/${r.name}`),
        path: '/',
        createDate: 'Mar 9, 2026 9:41:07 AM'
      }
    }
  ],
  'iam.AttachRolePolicy': (r) => [{ roleName: r.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, null],
  'iam.CreateAccessKey': (r) => [
    { userName: r.name },
    {
      accessKey: {
        userName: r.name,
        accessKeyId: `AKIA${hex(16).toUpperCase()}`,
        status: 'Active',
        createDate: 'Mar 9, 2026 9:41:07 AM'
      }
    }
  ],
  'kms.Decrypt': (r) => [
    {
      encryptionContext: { PARAMETER_ARN: arn('ssm', `parameter/${r.name}`) },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT'
    },
    null
  ],
  'sts.AssumeRole': (r) => [
    { roleArn: arn('iam', `role/${r.name}`), roleSessionName: r.id, durationSeconds: 3600 },
    {
      credentials: {
        accessKeyId: `ASIA${hex(16).toUpperCase()}`,
        sessionToken: hex(60),
        expiration: 'Mar 9, 2026 10:41:07 AM'
      },
      assumedRoleUser: { assumedRoleId: `AROA${hex(16)}`, arn: arn('sts', `assumed-role/${r.name}`) }
    }
  ],
  'lambda.UpdateFunctionCode20150331v2': (r) => [
    { functionName: r.name, s3Bucket: 'deploy', s3Key: r.id, publish: true, dryRun: false },
    {
      functionArn: arn('lambda', `function:${r.name}`),
      runtime: 'nodejs22.x',
      codeSize: below(9e6),
      handler: 'index.handler',
      version: String(below(90))
    }
  ],
  'rds.CreateDBSnapshot': (r) => [
    { dBInstanceIdentifier: r.name, dBSnapshotIdentifier: r.id },
    {
      engine: 'postgres',
      allocatedStorage: 100,
      availabilityZone: 'eu-central-1a',
      encrypted: true,
      status: 'creating',
      percentProgress: 0
    }
  ],
  'cloudtrail.StopLogging': (r) => [{ name: r.name }, null],
  'secretsmanager.GetSecretValue': (r) => [{ secretId: r.name, versionStage: 'AWSCURRENT' }, null],
  'logs.CreateLogStream': (r) => [{ logGroupName: `/aws/lambda/${r.name}`, logStreamName: r.id }, null],
  'dynamodb.PutItem': (r) => [{ tableName: r.name, key: { id: r.id }, returnValues: 'NONE' }, null]
}
function cloudtrail(time, actor, ip) {
  const resource = pick(resources)
  const call = pick(Object.keys(calls))
  const [service, eventName] = call.split('.')
  const [requestParameters, responseElements] = calls[call](resource)
  const failed = random() < 0.06
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${actor.id.slice(0, 8).toUpperCase()}:${actor.name}`,
      arn: `arn:aws:sts::111122223333:assumed-role/ops/${actor.name}`,
      accountId: '111122223333',
      accessKeyId: renewed(accessKeys, actor.number - 1, () => `ASIA${hex(16).toUpperCase()}`),
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE',
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
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: pick(['eu-central-1', 'us-east-1', 'ap-southeast-2']),
    sourceIPAddress: random() < 0.05 ? 'cloudtrail.amazonaws.com' : ip,
    userAgent: pick(agents),
    requestParameters,
    ...(failed
      ? { errorCode: 'AccessDenied', errorMessage: `User is not authorized to perform this action on ${resource.name}` }
      : {}),
    responseElements: failed ? null : responseElements,
    requestID: uuid(),
    eventID: uuid(),
    readOnly: /^(Get|List|Describe)/.test(eventName),
    ...(service === 's3'
      ? { resources: [{ ARN: `arn:aws:s3:::${resource.name}`, accountId: '111122223333', type: 'AWS::S3::Object' }] }
      : {}),
    eventType: 'AwsApiCall',
    managementEvent: service !== 's3',
    recipientAccountId: '111122223333',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.eu-central-1.amazonaws.com`
    }
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
    description: `${text(6)} ${resource.name}`,
    outcome: 'success',
    source: 'platform',
    actor: {
      type: random() < 0.4 ? 'root_key' : 'user',
      id: `user_${actor.id}`,
      name: actor.name,
      meta: { note: text(60) }
    },
    resources: [
      { type: 'key', id: `key_${resource.id}`, name: resource.name, meta: { permissions: [text(3), text(3)] } },
      { type: 'api', id: `api_${hex(16)}`, name: 'payments' }
    ],
    context: { ipAddress: ip, userAgent: pick(agents) },
    correlationId: `req_${hex(20)}`
  }
}
const shapes = {
  authentik: [authentik],
  cloudtrail: [cloudtrail],
  mixed: [authentik, keycloakAdmin, keycloakUser, cloudtrail, unkey]
}

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
