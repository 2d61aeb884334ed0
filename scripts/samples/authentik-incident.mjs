import {
  account,
  authentikEvent,
  authorize,
  bySystem,
  changed,
  login,
  loginFailed,
  model,
  phoneCode,
  securityKey,
  values
} from './authentik-shape.mjs'
import { intruder, office, people, who } from './people.mjs'
import { at } from './time.mjs'

const night = at('2026-11-05 02:10:00')
const hand = { address: intruder.hand, agent: intruder.agent }
const home = { address: office, agent: who.mara.agent }
const desk = { address: who.zoe.homes[0], agent: who.zoe.agent }
const admins = model('authentik_core', 'group', 'authentik Admins', 'c4d5e6f7a8b94c0d9e1f2a3b4c5d6e7f')
const robot = model('authentik_core', 'user', 'svc-metrics-export', 34)
const robotToken = model('authentik_core', 'token', 'svc-metrics-export-password', '3f4a5b6c7d8e49f0a1b2c3d4e5f60718')
const check = model(
  'authentik_stages_authenticator_validate',
  'authenticatorvalidatestage',
  'default-authentication-mfa-validation',
  '8e9f0a1b2c3d44e5f60718293a4b5c6d'
)
const stolen = { ...securityKey, pk: 27 }
const planted = { ...phoneCode, name: 'Phone', pk: 41 }

/** The night before and the fifth of November as authentik saw them. */
export function authentikIncident(dice) {
  const mara = (time, ...rest) => changed(dice, at(time), who.mara, hand, ...rest)
  const zoe = (time, ...rest) => changed(dice, at(time), who.zoe, desk, ...rest)
  const spray = people.flatMap((person, n) =>
    [0, 1].map((round) =>
      loginFailed(dice, night + n * 97_000 + round * 1_130_000 + dice.int(0, 40_000), person.username, {
        address: intruder.spray[(n + round) % 3],
        agent: intruder.tool
      })
    )
  )
  return [
    ...spray,
    login(dice, at('2026-11-05 08:02:11.304'), who.mara, home, stolen),
    authorize(dice, at('2026-11-05 08:05:40.911'), who.mara, home, 'Keycloak console'),
    authorize(dice, at('2026-11-05 08:19:02.070'), who.mara, home, 'Skycloak'),
    loginFailed(dice, at('2026-11-05 08:40:31.552'), 'mara.lindqvist', hand),
    login(dice, at('2026-11-05 08:41:07.120'), who.mara, hand, { ...phoneCode, pk: 7 }, false),
    mara('2026-11-05 08:43:30.418', 'deleted', stolen, undefined, 'authenticators/webauthn/27/'),
    mara(
      '2026-11-05 08:44:12.733',
      'created',
      planted,
      values({ name: [null, 'Phone'], confirmed: [null, true], user: [null, 7] }),
      'flows/executor/default-authenticator-totp-setup/'
    ),
    authorize(dice, at('2026-11-05 08:47:19.005'), who.mara, hand, 'AWS'),
    authorize(dice, at('2026-11-05 08:48:57.641'), who.mara, hand, 'Keycloak console'),
    mara(
      '2026-11-05 08:52:03.287',
      'created',
      robot,
      values({
        name: [null, 'Metrics export'],
        username: [null, 'svc-metrics-export'],
        type: [null, 'service_account'],
        path: [null, 'users'],
        is_active: [null, true]
      }),
      'core/users/service_account/'
    ),
    mara(
      '2026-11-05 08:52:03.455',
      'created',
      robotToken,
      values({
        identifier: [null, 'svc-metrics-export-password'],
        intent: [null, 'app_password'],
        expiring: [null, true],
        key: [null, '********************']
      }),
      'core/users/service_account/'
    ),
    authentikEvent(
      dice,
      at('2026-11-05 08:53:10.902'),
      account(who.mara),
      'secret_view',
      'authentik.core.api.tokens',
      { secret: robotToken },
      { ...hand, path: '/api/v3/core/tokens/svc-metrics-export-password/view_key/', method: 'GET' }
    ),
    mara(
      '2026-11-05 08:54:26.118',
      'updated',
      admins,
      { users: { add: [34] } },
      'core/groups/c4d5e6f7/add_user/',
      'POST'
    ),
    mara(
      '2026-11-05 08:55:41.660',
      'updated',
      robotToken,
      values({ expiring: [true, false], description: ['', 'do not delete – billing'] }),
      'core/tokens/svc-metrics-export-password/'
    ),
    mara(
      '2026-11-05 08:57:08.271',
      'updated',
      check,
      values({
        not_configured_action: ['deny', 'skip'],
        last_auth_threshold: ['hours=0', 'days=30'],
        device_classes: [
          ['webauthn', 'totp'],
          ['webauthn', 'totp', 'static', 'sms']
        ]
      }),
      'stages/authenticator/validate/8e9f0a1b/'
    ),
    authorize(dice, at('2026-11-05 09:18:22.390'), who.mara, hand, 'Unkey'),
    authorize(dice, at('2026-11-05 09:38:51.127'), who.mara, hand, 'Skycloak'),
    authorize(dice, at('2026-11-05 09:46:35.808'), who.mara, hand, 'Authorization Hub'),
    authorize(dice, at('2026-11-05 09:53:14.266'), who.mara, hand, 'Asgardeo'),
    authorize(dice, at('2026-11-05 10:33:47.512'), who.mara, home, 'Unkey'),
    bySystem(dice, at('2026-11-05 11:02:40.018'), 'email_sent', 'authentik.stages.email.tasks', {
      message: 'Email to security@harbourlight.example sent',
      subject: 'Unkey: 10 keys deleted within one hour',
      to_email: ['security@harbourlight.example'],
      from_email: 'sso@harbourlight.example'
    }),
    login(dice, at('2026-11-05 11:14:05.730'), who.zoe, desk, { ...securityKey, pk: 29 }),
    zoe(
      '2026-11-05 11:24:18.093',
      'updated',
      model('authentik_core', 'user', 'mara.lindqvist', 7),
      values({ is_active: [true, false] }),
      'core/users/7/'
    ),
    authentikEvent(
      dice,
      at('2026-11-05 11:24:59.540'),
      account(who.zoe),
      'password_set',
      'authentik.core.signals',
      {},
      { ...desk, path: '/api/v3/core/users/7/set_password/' }
    ),
    zoe(
      '2026-11-05 11:25:21.384',
      'deleted',
      model('authentik_core', 'authenticatedsession', 'Session of mara.lindqvist', 'f0e1d2c3b4a54968'),
      undefined,
      'core/authenticated_sessions/f0e1d2c3/'
    ),
    zoe(
      '2026-11-05 11:26:02.117',
      'updated',
      admins,
      { users: { remove: [34, 7] } },
      'core/groups/c4d5e6f7/remove_user/',
      'POST'
    ),
    zoe('2026-11-05 11:26:48.902', 'deleted', robotToken, undefined, 'core/tokens/svc-metrics-export-password/'),
    zoe('2026-11-05 11:27:05.276', 'deleted', robot, undefined, 'core/users/34/'),
    zoe('2026-11-05 11:27:40.661', 'deleted', planted, undefined, 'authenticators/admin/totp/41/'),
    zoe(
      '2026-11-05 11:29:33.845',
      'updated',
      check,
      values({
        not_configured_action: ['skip', 'deny'],
        last_auth_threshold: ['days=30', 'hours=0'],
        device_classes: [['webauthn', 'totp', 'static', 'sms'], ['webauthn']]
      }),
      'stages/authenticator/validate/8e9f0a1b/'
    ),
    loginFailed(dice, at('2026-11-05 11:31:16.209'), 'mara.lindqvist', hand),
    loginFailed(dice, at('2026-11-05 11:31:54.870'), 'svc-metrics-export', {
      address: intruder.script,
      agent: intruder.tool
    }),
    loginFailed(dice, at('2026-11-05 11:33:20.334'), 'mara.lindqvist', hand),
    zoe(
      '2026-11-05 14:05:12.447',
      'updated',
      model('authentik_core', 'user', 'mara.lindqvist', 7),
      values({ is_active: [false, true] }),
      'core/users/7/'
    ),
    changed(
      dice,
      at('2026-11-05 14:09:50.310'),
      who.mara,
      home,
      'created',
      { ...securityKey, name: 'YubiKey 5C (new)', pk: 42 },
      values({ name: [null, 'YubiKey 5C (new)'], user: [null, 7] }),
      'flows/executor/default-authenticator-webauthn-setup/'
    ),
    login(
      dice,
      at('2026-11-05 14:12:38.015'),
      who.mara,
      home,
      { ...securityKey, name: 'YubiKey 5C (new)', pk: 42 },
      false
    ),
    zoe(
      '2026-11-06 09:30:41.772',
      'updated',
      model('authentik_tenants', 'tenant', 'Default', '5d6e7f80912a4b3c8d4e5f60718293a4'),
      values({ event_retention: ['days=365', 'days=730'] }),
      'tenants/settings/default/'
    )
  ]
}
