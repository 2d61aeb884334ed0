import {
  account,
  applications,
  authentikEvent,
  authorize,
  bySystem,
  changed,
  login,
  loginFailed,
  logout,
  model,
  phoneCode,
  securityKey,
  values
} from './authentik-shape.mjs'
import { who } from './people.mjs'
import { moment, shifts } from './shifts.mjs'
import { at, days } from './time.mjs'

/** Signing in, opening applications, mistyping a password, signing out. */
function workday(dice, shift) {
  const { person } = shift
  const device =
    person.pk === 7 || dice.chance(0.5) ? { ...securityKey, pk: 20 + person.pk } : { ...phoneCode, pk: person.pk }
  const events = []
  if (dice.chance(0.07)) events.push(loginFailed(dice, shift.start - dice.int(9, 40) * 1000, person.username, shift))
  events.push(login(dice, shift.start, person, shift, device))
  for (let n = dice.int(1, 4); n > 0; n--)
    events.push(authorize(dice, moment(shift, dice), person, shift, dice.pick(person.apps)))
  if (dice.chance(0.3)) events.push(logout(dice, shift.end, person, shift))
  return events
}

/** The server by itself: updates, mails, tasks that fail at night. */
function night(dice, midnight) {
  const events = []
  const mail = (to, subject) => ({
    message: `Email to ${to} sent`,
    subject,
    to_email: [to],
    from_email: 'sso@harbourlight.example'
  })
  if (dice.chance(0.25))
    events.push(
      bySystem(
        dice,
        midnight + dice.int(7_500_000, 9_000_000),
        'system_task_exception',
        'authentik.sources.ldap.tasks',
        {
          message:
            "Task ldap_sync encountered an error: LDAPSocketOpenError(\"('unable to open socket', [(datetime.datetime(2026, 10, 12), <class 'ldap3.core.exceptions.LDAPSocketOpenError'>)])\")"
        },
        '255.255.255.255'
      )
    )
  if (dice.chance(0.5))
    events.push(
      bySystem(
        dice,
        midnight + dice.int(25_000_000, 60_000_000),
        'email_sent',
        'authentik.stages.email.tasks',
        mail(dice.pick(Object.values(who)).email, 'Your weekly access summary')
      )
    )
  return events
}

const expression = (last) => `# Only staff, and only from managed devices.
if not ak_is_group_member(request.user, name="staff"):
    ak_message("This application is for staff.")
    return False
allowed = ["eu-central-1", "eu-west-1"]
${last}`

/** Ordinary administration, each change with both sides. */
function administration(dice) {
  const from = (username) => shifts.filter((shift) => shift.person.username.startsWith(username))
  const on = (time, username) =>
    from(username).find((shift) => shift.start <= at(time) && at(time) <= shift.end) ?? {
      address: '10.20.4.18',
      agent: who[username].agent
    }
  const mara = (time, ...rest) => changed(dice, at(time), who.mara, on(time, 'mara'), ...rest)
  const zoe = (time, ...rest) => changed(dice, at(time), who.zoe, on(time, 'zoe'), ...rest)
  const user = (name, pk) => model('authentik_core', 'user', name, pk)
  const policy = model(
    'authentik_policies_expression',
    'expressionpolicy',
    'staff-managed-devices',
    '9f3c7e1a2b4d4c5e8f6a7b8c9d0e1f2a'
  )
  const wiki = model('authentik_core', 'application', 'Wiki', applications.Wiki.pk)
  const provider = model('authentik_providers_oauth2', 'oauth2provider', 'Grafana', 14)
  const group = model('authentik_core', 'group', 'authentik Admins', 'c4d5e6f7a8b94c0d9e1f2a3b4c5d6e7f')
  return [
    mara(
      '2026-10-13 09:12:44',
      'created',
      user('intern.okt', 21),
      values({
        name: [null, 'Mio Førde'],
        username: [null, 'intern.okt'],
        email: [null, 'intern.okt@harbourlight.example'],
        is_active: [null, true],
        type: [null, 'internal']
      }),
      'core/users/'
    ),
    mara(
      '2026-10-13 09:13:20',
      'updated',
      model('authentik_core', 'group', 'staff', '1b2c3d4e5f604172839405a6b7c8d9e0'),
      { users: { add: [21] } },
      'core/groups/1b2c3d4e/add_user/',
      'POST'
    ),
    mara(
      '2026-10-15 13:05:02',
      'updated',
      policy,
      values({
        expression: [
          expression('return request.http_request.headers.get("X-Device") != ""'),
          expression(
            'device = request.http_request.headers.get("X-Device", "")\nreturn device.startswith("HL-") and len(device) == 11'
          )
        ]
      }),
      `policies/expression/${policy.pk}/`
    ),
    mara(
      '2026-10-19 10:41:31',
      'updated',
      provider,
      values({
        redirect_uris: [
          [{ url: 'https://grafana.harbourlight.example/login/generic_oauth', matching_mode: 'strict' }],
          [
            { url: 'https://grafana.harbourlight.example/login/generic_oauth', matching_mode: 'strict' },
            { url: 'https://grafana-staging.harbourlight.example/login/generic_oauth', matching_mode: 'strict' }
          ]
        ],
        access_token_validity: ['minutes=5', 'minutes=10']
      }),
      'providers/oauth2/14/'
    ),
    zoe(
      '2026-10-21 15:20:09',
      'updated',
      model('authentik_policies_password', 'passwordpolicy', 'staff-password', '6a7b8c9d0e1f42a3b4c5d6e7f8091a2b'),
      values({
        length_min: [12, 14],
        check_have_i_been_pwned: [false, true],
        error_message: ['Too weak.', 'Use at least 14 characters that were never leaked.']
      }),
      'policies/password/6a7b8c9d/'
    ),
    mara(
      '2026-10-22 08:55:17',
      'updated',
      wiki,
      values({
        meta_description: ['How we work', 'How we work – guides, decisions, on-call'],
        open_in_new_tab: [false, true]
      }),
      'core/applications/wiki/',
      'PUT'
    ),
    mara(
      '2026-10-27 14:31:55',
      'updated',
      user('priya.raman', 12),
      values({
        email: ['priya@harbourlight.example', 'priya.raman@harbourlight.example'],
        attributes: [{ team: 'product' }, { team: 'product', cost_center: '4410', settings: { locale: 'en-CA' } }]
      }),
      'core/users/12/'
    ),
    mara('2026-10-29 11:02:26', 'updated', group, { users: { add: [9] } }, 'core/groups/c4d5e6f7/add_user/', 'POST'),
    mara('2026-11-02 09:44:12', 'deleted', user('intern.okt', 21), undefined, 'core/users/21/'),
    mara(
      '2026-11-03 12:18:40',
      'updated',
      model('authentik_brands', 'brand', 'Default brand', 'a91c3f0f2f0e4a0d8b1c7d4e6f5a2b3c'),
      values({ branding_title: ['authentik', 'Harbourlight sign-in'] }),
      'core/brands/a91c3f0f/'
    ),
    authentikEvent(
      dice,
      at('2026-10-28 10:20:33'),
      { ...account(who.mara), on_behalf_of: account(who.ana) },
      'impersonation_started',
      'authentik.core.api.users',
      { reason: 'Ticket 4121: Ana cannot see the helpdesk' },
      { ...on('2026-10-28 10:20:33', 'mara'), path: '/api/v3/core/users/14/impersonate/' }
    ),
    authentikEvent(
      dice,
      at('2026-10-28 10:24:01'),
      { ...account(who.mara), on_behalf_of: account(who.ana) },
      'impersonation_ended',
      'authentik.core.api.users',
      {},
      { ...on('2026-10-28 10:24:01', 'mara'), path: '/api/v3/core/users/impersonate_end/', method: 'GET' }
    ),
    authentikEvent(
      dice,
      at('2026-10-30 16:40:10'),
      account(who.zoe),
      'secret_view',
      'authentik.crypto.api',
      {
        secret: model(
          'authentik_crypto',
          'certificatekeypair',
          'authentik Self-signed Certificate',
          '0d1e2f3a4b5c46d7e8f90a1b2c3d4e5f'
        )
      },
      {
        ...on('2026-10-30 16:40:10', 'zoe'),
        path: '/api/v3/crypto/certificatekeypairs/0d1e2f3a/view_private_key/',
        method: 'GET'
      }
    ),
    bySystem(dice, at('2026-10-20 05:00:07'), 'update_available', 'authentik.admin.tasks', {
      message: 'Changelog: https://goauthentik.io/docs/releases/2026.8',
      new_version: '2026.8.3'
    }),
    bySystem(dice, at('2026-11-01 00:05:44'), 'configuration_error', 'authentik.stages.email.stage', {
      message: 'Outgoing mail server answered 454: 4.7.1 relay access denied'
    })
  ]
}

export const authentikDaily = (dice) => [
  ...shifts.flatMap((shift) => workday(dice, shift)),
  ...days.flatMap((midnight) => night(dice, midnight)),
  ...administration(dice)
]
