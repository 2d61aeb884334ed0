import { who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, days, micros, to } from './time.mjs'

const org = { targetType: 'Organization', targetId: '5f4e3d2c-1b0a-4988-8776-655443322110' }
const admins = { targetType: 'Role', targetId: '0c9b8a7d-6e5f-4d3c-9b2a-1f0e9d8c7b6a' }
const exporter = { targetType: 'Application', targetId: 'b7c8d9e0-f1a2-4b3c-8d4e-5f60718293a4' }
const system = '00000000-0000-4000-8000-000000000000'

/** The partner organisation in Asgardeo, in all three shapes it logs in. The legacy one has neither time nor id: file order is all. */
export function asgardeo() {
  const dice = random('asgardeo')
  const audit = ascending([...daily(dice), ...incident(dice)].filter(({ time }) => time < to))
  const tokens = ascending([...issued(dice)].filter(({ time }) => time < to))
  const bare = ({ time, ...event }) => event
  return {
    'asgardeo/audit-logs.json': JSON.stringify(
      { logs: audit.reverse().map(bare), nextToken: '', previousToken: '' },
      null,
      2
    ),
    'asgardeo/token-logs.json': JSON.stringify(tokens.map(bare)),
    'asgardeo/legacy-audit.log': `${legacy()
      .map((entry) => JSON.stringify(entry))
      .join('\n')}\n`
  }
}

const log = (dice, time, initiator, action, target, data, type = 'User') => ({
  time,
  id: dice.uuid(),
  recordedAt: micros(time, dice),
  requestId: dice.uuid(),
  initiatorId: initiator,
  initiatorType: type,
  ...target,
  action,
  ...(data && { data })
})

const user = (id) => ({ targetType: 'User', targetId: id })
const mask = (text) => `${text[0]}*****${text.at(-1)}`

function daily(dice) {
  const dispatchers = Array.from({ length: 24 }, () => dice.uuid())
  return [
    ...days.flatMap((midnight) =>
      Array.from({ length: dice.int(2, 6) }, () => {
        const time = midnight + dice.int(6 * 3600, 19 * 3600) * 1000 + dice.int(0, 999)
        const target = user(dice.pick(dispatchers))
        return dice.pick([
          () => log(dice, time, target.targetId, 'credential-update-by-user', target, {}),
          () =>
            log(
              dice,
              time,
              system,
              'set-user-claim-values',
              target,
              {
                Claims: {
                  'http://wso2.org/claims/lastname': mask(dice.pick(['Jónsdóttir', 'Madsen', 'de Boer'])),
                  'http://wso2.org/claims/identity/lastLogonTime': String(time)
                }
              },
              'System'
            ),
          () =>
            log(
              dice,
              time,
              system,
              'add-user',
              target,
              { Claims: { 'http://wso2.org/claims/emailaddress': mask('dispatch@nordhavn.example') } },
              'System'
            ),
          () =>
            log(
              dice,
              time,
              system,
              'set-user-claim-value',
              target,
              { Claims: { 'http://wso2.org/claims/identity/accountState': 'UNLOCKED' } },
              'System'
            )
        ])()
      })
    ),
    ...shifts
      .filter(({ person }) => person.apps.includes('Asgardeo') && dice.chance(0.3))
      .map((shift) => log(dice, moment(shift, dice), shift.person.id, 'get-users-of-role', admins, {})),
    log(dice, at('2026-10-13 11:40:06.118'), who.mara.id, 'update-organization', org, {
      Replaced: { Name: 'Harbourlight carriers' }
    }),
    log(
      dice,
      at('2026-10-27 12:11:49.720'),
      who.mara.id,
      'update-permissions-of-role',
      { targetType: 'Role', targetId: 'e1d2c3b4-a596-4877-8695-a4b3c2d1e0f9' },
      { AddedPermissions: ['shipment:read'], DeletedPermissions: ['shipment:list'] }
    )
  ]
}

function incident(dice) {
  const mara = (clock, ...rest) => log(dice, at(`2026-11-05 ${clock}`), who.mara.id, ...rest)
  const zoe = (clock, ...rest) => log(dice, at(`2026-11-05 ${clock}`), who.zoe.id, ...rest)
  const robot = user('d3e4f506-1728-4394-a5b6-c7d8e9f00112')
  const application = {
    name: 'metrics-export',
    advancedConfigurations: { skipLoginConsent: true, skipLogoutConsent: true },
    inboundProtocols: [
      {
        type: 'oauth2',
        grantTypes: ['client_credentials', 'password'],
        publicClient: false,
        accessToken: { applicationAccessTokenExpiryInSeconds: 2592000 }
      }
    ]
  }
  return [
    mara('09:54:20.402', 'create-application', exporter, application),
    mara('09:54:20.988', 'create-oauth-application', exporter, {
      'Client ID': mask('qJr7ExporterId8w'),
      'Grant Types': 'client_credentials password'
    }),
    mara('09:55:47.163', 'add-user', robot, { Claims: { 'http://wso2.org/claims/username': mask('metrics-export') } }),
    mara('09:56:30.559', 'update-users-of-role', admins, { AddedUsers: [robot.targetId], RoleName: 'Administrator' }),
    mara('09:57:12.300', 'update-permissions-of-role', admins, {
      AddedPermissions: ['internal_org_user_mgt_delete', 'internal_org_user_mgt_list']
    }),
    zoe('11:50:05.610', 'update-users-of-role', admins, { DeletedUsers: [robot.targetId], RoleName: 'Administrator' }),
    zoe('11:51:18.274', 'delete-user', robot, {}),
    zoe('11:52:40.936', 'delete-application', exporter, { name: 'metrics-export' }),
    zoe('11:53:29.017', 'update-permissions-of-role', admins, {
      DeletedPermissions: ['internal_org_user_mgt_delete', 'internal_org_user_mgt_list']
    }),
    zoe('11:54:02.480', 'credential-update-by-administrator', user(who.mara.id), {})
  ]
}

const diagnostic = (dice, time, actionId, client, resultStatus, resultMessage) => ({
  time,
  logId: dice.uuid(),
  recordedAt: { seconds: Math.floor(time / 1000), nanos: (time % 1000) * 1_000_000 + dice.int(0, 999_999) },
  requestId: dice.uuid(),
  resultStatus,
  resultMessage,
  actionId,
  componentId: 'oauth-inbound-service',
  input: {
    clientId: client,
    grantType: 'client_credentials',
    scope: actionId === 'validate-scope' ? ['shipment:read'] : undefined
  }
})

function issued(dice) {
  const regular = days.flatMap((midnight) =>
    [6, 18].flatMap((hour) => {
      const time = midnight + hour * 3_600_000 + dice.int(0, 90_000)
      return [
        diagnostic(dice, time, 'validate-scope', 'label-printer', 'SUCCESS', 'OAuth scope validation is successful.'),
        diagnostic(
          dice,
          time + 31,
          'issue-access-token',
          'label-printer',
          'SUCCESS',
          'Access token issued successfully.'
        )
      ]
    })
  )
  const used = ['10:01:12', '10:16:13', '10:31:13', '10:46:14', '11:01:14', '11:16:15', '11:31:15'].map((clock) =>
    diagnostic(
      dice,
      at(`2026-11-05 ${clock}`),
      'issue-access-token',
      'metrics-export',
      'SUCCESS',
      'Access token issued successfully.'
    )
  )
  const denied = ['11:53:16', '12:08:16', '12:23:17'].map((clock) =>
    diagnostic(
      dice,
      at(`2026-11-05 ${clock}`),
      'issue-access-token',
      'metrics-export',
      'FAILED',
      'A valid OAuth client could not be found for client_id: metrics-export.'
    )
  )
  return [...regular, ...used, ...denied]
}

/** Connections, sessions and impersonation still log in the old way. Only TerminateSession carries a moment of its own. */
function legacy() {
  const entry = (initiatorId, action, target, data, result = 'Success') => ({
    initiatorId,
    action,
    ...(target && { target }),
    data,
    result
  })
  const ordinary = Array.from({ length: 18 }, (_, n) =>
    entry('System', 'TerminateSession', `session-${4100 + n}`, {
      SessionContextId: `ctx-${4100 + n}`,
      TerminatedTimestamp: String(at('2026-10-12 17:00:00') + n * 119_000_000),
      traceId: `trace-${n}`
    })
  )
  return [
    ...ordinary.slice(0, 14),
    entry(who.mara.id, 'Update-IDP', 'nordhavn-adfs', {
      'Changed-State': { name: 'nordhavn-adfs', enabled: true, certificate: 'renewed' }
    }),
    ...ordinary.slice(14),
    entry(who.mara.id, 'Add-IDP', 'metrics-sso', {
      'Changed-State': { name: 'metrics-sso', enabled: true, jit: true }
    }),
    entry('d3e4f506-1728-4394-a5b6-c7d8e9f00112', 'resource-creation-via-impersonation', 'shipment-export', {
      clientId: 'metrics-export',
      subject: 'dispatch@vandermeer.example',
      scope: 'shipment:read',
      ResourcePath: '/o/carriers/shipments/export'
    }),
    entry('d3e4f506-1728-4394-a5b6-c7d8e9f00112', 'Account Disable', who.zoe.id, {}, 'Failed'),
    entry(who.zoe.id, 'Delete-IDP', 'metrics-sso', { 'Changed-State': null }),
    entry(who.zoe.id, 'Account Disable', who.mara.id, {}),
    entry(who.zoe.id, 'Revoke-All-Access-Tokens-For-Remote-User-Store', 'carriers', {}),
    entry(who.zoe.id, 'Account Enable', who.mara.id, {})
  ]
}
