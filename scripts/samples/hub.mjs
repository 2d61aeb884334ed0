import { who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, days, millis, to } from './time.mjs'

const robot = 'a0c4e8f2-5b7d-4193-86ad-1e2f3c4b5d60'
const policies = ['carrier-rates', 'shipment-visibility', 'refund-approval', 'address-change'].map((name, n) => ({
  type: 'policypackage',
  id: `pp-${1040 + n}`,
  name
}))
const domains = ['production', 'staging'].map((name, n) => ({ type: 'domain', id: `dom-${7 + n}`, name }))
const endpoint = (name) => ({ type: name, id: `${name}-list` })
const reads = [
  ['domain.list', endpoint('domain')],
  ['project.get', { type: 'project', id: 'prj-3', name: 'Harbourlight rates' }],
  ['policypackage.get', policies[0]],
  ['dictionary.attribute.get', endpoint('attribute')],
  ['insights.report.get', endpoint('report')],
  ['principal.user.me', endpoint('user')],
  ['connector.get', endpoint('connector')]
]

const hubEvent = (time, operation, resource, user, details, result = 'SUCCESSFUL') => ({
  time,
  payload: { operation, resource, result, user, event_timestamp: millis(time), details }
})

/**
 * What the Authorization Hub writes to its console: JSON lines of the services, and ECS JSON of its Keycloak with the payload in
 * `message`. The console was rotated once in the middle of a line, so one line is broken; one is empty.
 */
export function authorizationHub() {
  const dice = random('hub')
  const services = ascending(
    [...policyWork(dice), ...insights(dice), ...policyIncident()].filter(({ time }) => time < to)
  )
  const lines = services.map(({ payload }) => JSON.stringify(payload))
  const rotated = lines.findIndex((line) => line.includes('2026-10-26T'))
  lines.splice(rotated, 1, lines[rotated].slice(0, 118), '')
  const identity = ascending([...signIns(dice), ...identityIncident()].filter(({ time }) => time < to))
  return {
    'authorization-hub/hub-audit.log': `${lines.join('\n')}\n`,
    'authorization-hub/hub-keycloak-ecs.json': `${identity.map((event, n) => JSON.stringify(ecs(dice, event, n))).join('\n')}\n`
  }
}

const ecs = (dice, { time, payload }, n) => ({
  '@timestamp': `${new Date(time).toISOString().slice(0, -1)}${dice.digits(6)}Z`,
  'event.sequence': 48211 + n * 3,
  'log.logger': 'com.harbourlight.hub.audit',
  'log.level': payload.result === 'SUCCESSFUL' ? 'INFO' : 'WARN',
  message: JSON.stringify(payload),
  'process.thread.name': `executor-thread-${dice.int(1, 40)}`,
  'process.thread.id': dice.int(60, 240),
  mdc: {},
  ndc: '',
  'host.hostname': `hub-keycloak-${dice.int(0, 1)}`,
  'process.name': '/usr/lib/jvm/java-21/bin/java',
  'process.pid': 1,
  'data_stream.type': 'logs',
  'service.name': 'Keycloak',
  'service.version': '26.4.1',
  'service.environment': 'production',
  'ecs.version': '1.12.2'
})

const policyWork = (dice) => [
  ...shifts
    .filter(({ person }) => person.apps.includes('Authorization Hub') && dice.chance(0.6))
    .flatMap((shift) =>
      Array.from({ length: dice.int(2, 6) }, () => {
        const [operation, resource] = dice.pick(reads)
        const failed = dice.chance(0.05)
        return hubEvent(
          moment(shift, dice),
          operation,
          resource,
          shift.person.id,
          failed ? { error: 'HTTP 403', code: 'insufficient_role' } : { items: dice.int(1, 60) },
          failed ? 'FAILURE' : 'SUCCESSFUL'
        )
      })
    ),
  hubEvent(at('2026-10-14 13:30:12.480'), 'policypackage.update', policies[0], who.priya.id, {
    version: 41,
    changed: ['rates.alfa'],
    comment: 'winter surcharge'
  }),
  hubEvent(at('2026-10-14 13:41:55.092'), 'domain.store', domains[1], who.priya.id, {
    version: 118,
    policyPackage: 'carrier-rates'
  }),
  hubEvent(
    at('2026-10-21 15:02:47.301'),
    'dictionary.attribute.create',
    { type: 'attribute', id: 'attr-882', name: 'shipment.fragile' },
    who.priya.id,
    { datatype: 'boolean' }
  ),
  hubEvent(at('2026-10-28 14:22:09.955'), 'domain.store', domains[0], who.priya.id, {
    version: 76,
    policyPackage: 'shipment-visibility'
  })
]

const insights = (dice) =>
  days.map((midnight) =>
    hubEvent(
      midnight + 4 * 3_600_000 + dice.int(0, 9000),
      'insights.report.create',
      { type: 'report', id: `rep-${dice.hex(6)}` },
      robot,
      { template: 'daily-decisions', rows: dice.int(9000, 40_000) }
    )
  )

/** A policy that lets everyone see every shipment, live for two hours. */
function policyIncident() {
  const mara = (clock, ...rest) => hubEvent(at(`2026-11-05 ${clock}`), rest[0], rest[1], who.mara.id, rest[2], rest[3])
  const zoe = (clock, ...rest) => hubEvent(at(`2026-11-05 ${clock}`), rest[0], rest[1], who.zoe.id, rest[2])
  return [
    mara('09:47:20.664', 'principal.user.get', endpoint('user'), { items: 12 }),
    mara('09:48:13.482', 'dictionary.attribute.export', endpoint('attribute'), { items: 311, format: 'json' }),
    mara('09:48:40.017', 'connector.export', endpoint('connector'), { items: 9, format: 'json' }),
    mara('09:50:02.339', 'policypackage.update', policies[1], {
      version: 58,
      changed: ['visibility.alfa'],
      rule: 'permit',
      target: 'any'
    }),
    mara('09:51:16.870', 'domain.store', domains[0], { version: 77, policyPackage: 'shipment-visibility' }),
    mara(
      '09:52:01.125',
      'principal.user.update',
      { type: 'user', id: robot },
      { error: 'HTTP 403', code: 'insufficient_role' },
      'FAILURE'
    ),
    zoe('11:45:09.203', 'domain.history.list', domains[0], { items: 77 }),
    zoe('11:46:02.918', 'domain.rollback', domains[0], { from: 77, to: 76 }),
    zoe('11:47:31.446', 'policypackage.update', policies[1], {
      version: 59,
      changed: ['visibility.alfa'],
      comment: 'back to version 57'
    })
  ]
}

const signIn = (time, user, operation = 'auth.login', result) =>
  hubEvent(
    time,
    operation,
    { type: 'client', id: 'hub-ui' },
    user,
    result === 'FAILURE' ? { error: 'invalid_user_credentials' } : { auth_method: 'openid-connect' },
    result
  )

const signIns = (dice) => [
  ...shifts
    .filter(({ person }) => person.apps.includes('Authorization Hub') && dice.chance(0.7))
    .flatMap((shift) => {
      const time = moment(shift, dice)
      const failed = dice.chance(0.08) ? [signIn(time - 14_000, shift.person.id, 'auth.login', 'FAILURE')] : []
      return [...failed, signIn(time, shift.person.id), signIn(time + 400, shift.person.id, 'auth.code_to_token')]
    }),
  hubEvent(at('2026-10-19 13:12:30.410'), 'identity.client.update', { type: 'client', id: 'hub-ui' }, who.mara.id, {
    redirectUris: 2
  })
]

const identityIncident = () => [
  signIn(at('2026-11-05 09:46:38.290'), who.mara.id),
  signIn(at('2026-11-05 09:46:38.702'), who.mara.id, 'auth.code_to_token'),
  hubEvent(
    at('2026-11-05 09:49:27.548'),
    'identity.client.create',
    { type: 'client', id: 'metrics-export' },
    who.mara.id,
    { clientId: 'metrics-export', serviceAccountsEnabled: true }
  ),
  signIn(at('2026-11-05 11:44:50.031'), who.zoe.id),
  hubEvent(
    at('2026-11-05 11:48:20.777'),
    'identity.client.delete',
    { type: 'client', id: 'metrics-export' },
    who.zoe.id,
    { clientId: 'metrics-export' }
  ),
  signIn(at('2026-11-05 11:58:03.119'), who.mara.id, 'auth.login', 'FAILURE')
]
