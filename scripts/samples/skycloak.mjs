import { intruder, machines, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { skycloakWorkspace } from './skycloak-workspace.mjs'
import { at, days, millis, to } from './time.mjs'

const realm = { realm_id: '7c1e5d90-3b2f-4a68-8e47-91d0c6b5a2f3', realm_name: 'partners' }
const carriers = [
  'Ísafold Flutningar',
  'Nordhavn Logistik',
  'Kai & Söhne',
  'Van der Meer Vervoer',
  '港北運輸',
  'Transportes Río Claro'
].map((name, n) => ({
  name,
  username: `dispatch@${['isafold', 'nordhavn', 'kai-soehne', 'vandermeer', 'kohoku', 'rioclaro'][n]}.example`,
  id: `3d0f${n}e1c-6a5b-4c9d-8e7f-0a1b2c3d4e5${n}`,
  address: ['176.57.238.43', '2.110.81.172', '84.46.112.49', '62.250.222.84', '220.109.116.7', '88.11.227.23'][n]
}))

/** The Keycloak cluster that Skycloak runs for the partner portal, through its public events API; and the workspace's own log. */
export function skycloak() {
  const dice = random('skycloak')
  const events = ascending([...portal(dice), ...robots(dice), ...incident(dice)].filter(({ time }) => time < to)).map(
    ({ time, ...event }) => event
  )
  return {
    'skycloak/partners-events.json': JSON.stringify(
      { data: events.reverse(), pagination: { limit: 100, offset: 0, total: events.length } },
      null,
      1
    ),
    'skycloak/workspace-audit-log.csv': skycloakWorkspace()
  }
}

const event = (dice, time, more) => ({
  time,
  id: dice.uuid(),
  timestamp: millis(time),
  category: 'user',
  ...realm,
  ...more
})
const login = (dice, time, user, address, more) =>
  event(dice, time, {
    type: 'LOGIN',
    user_id: user.id,
    username: user.username,
    client_id: 'partner-portal',
    session_id: dice.uuid(),
    ip_address: address,
    auth_method: 'openid-connect',
    is_m2m: false,
    ...more
  })
const admin = (dice, time, user, address, operation_type, resource_type, resource_path) =>
  event(dice, time, {
    category: 'admin',
    type: 'ADMIN_EVENT',
    user_id: user.id,
    username: user.username,
    client_id: 'security-admin-console',
    ip_address: address,
    operation_type,
    resource_type,
    resource_path
  })

function portal(dice) {
  return days.flatMap((midnight) =>
    carriers.flatMap((carrier) => {
      const time = midnight + dice.int(5 * 3600, 18 * 3600) * 1000 + dice.int(0, 999)
      if (dice.chance(0.35)) return []
      const through = dice.chance(0.3) ? { type: 'IDENTITY_PROVIDER_LOGIN', identity_provider: 'couriers' } : {}
      const failed = dice.chance(0.1)
        ? [
            login(dice, time - 21_000, carrier, carrier.address, {
              type: 'LOGIN_ERROR',
              error: 'invalid_user_credentials'
            })
          ]
        : []
      const left = dice.chance(0.3)
        ? [login(dice, time + dice.int(900, 9000) * 1000, carrier, carrier.address, { type: 'LOGOUT' })]
        : []
      return [...failed, login(dice, time, carrier, carrier.address, through), ...left]
    })
  )
}

const robots = (dice) => [
  ...days.flatMap((midnight) =>
    [0, 4, 8, 12, 16, 20].map((hour) =>
      event(dice, midnight + hour * 3_600_000 + 5000 + dice.int(0, 900), {
        type: 'CLIENT_LOGIN',
        user_id: 'f4a3b2c1-d0e9-4f87-8a65-43210fedcba9',
        username: 'service-account-label-printer',
        client_id: 'label-printer',
        ip_address: machines.cluster,
        grant_type: 'client_credentials',
        is_m2m: true
      })
    )
  ),
  ...shifts
    .filter(({ person }) => person.apps.includes('Skycloak') && dice.chance(0.2))
    .map((shift) =>
      admin(
        dice,
        moment(shift, dice),
        shift.person,
        shift.address,
        'UPDATE',
        'CLIENT',
        'clients/5b6c7d8e-9f00-4a1b-8c2d-3e4f50617283'
      )
    )
]

/** A partner's account taken over through a new identity provider, and closed again. */
function incident(dice) {
  const mara = [who.mara, intruder.hand]
  const zoe = [who.zoe, who.zoe.homes[0]]
  const victim = carriers[3]
  const provider = 'identity-provider/instances/metrics-sso'
  return [
    login(dice, at('2026-11-05 08:20:19.240'), who.mara, office, { client_id: 'security-admin-console' }),
    login(dice, at('2026-11-05 09:39:30.871'), who.mara, intruder.hand, { client_id: 'security-admin-console' }),
    admin(dice, at('2026-11-05 09:41:12.005'), ...mara, 'CREATE', 'IDENTITY_PROVIDER', provider),
    admin(
      dice,
      at('2026-11-05 09:42:47.660'),
      ...mara,
      'CREATE',
      'REALM_ROLE_MAPPING',
      `users/${victim.id}/role-mappings/realm`
    ),
    event(dice, at('2026-11-05 09:44:03.912'), {
      type: 'FEDERATED_IDENTITY_LINK',
      user_id: victim.id,
      username: victim.username,
      client_id: 'partner-portal',
      ip_address: intruder.script,
      identity_provider: 'metrics-sso',
      is_m2m: false
    }),
    login(dice, at('2026-11-05 09:44:05.377'), victim, intruder.script, {
      type: 'IDENTITY_PROVIDER_LOGIN',
      identity_provider: 'metrics-sso'
    }),
    login(dice, at('2026-11-05 10:18:44.190'), victim, intruder.script, {
      type: 'IDENTITY_PROVIDER_LOGIN',
      identity_provider: 'metrics-sso'
    }),
    login(dice, at('2026-11-05 11:35:58.440'), who.zoe, who.zoe.homes[0], { client_id: 'security-admin-console' }),
    admin(dice, at('2026-11-05 11:37:20.316'), ...zoe, 'DELETE', 'IDENTITY_PROVIDER', provider),
    admin(
      dice,
      at('2026-11-05 11:38:02.754'),
      ...zoe,
      'DELETE',
      'REALM_ROLE_MAPPING',
      `users/${victim.id}/role-mappings/realm`
    ),
    login(dice, at('2026-11-05 11:44:41.083'), victim, intruder.script, {
      type: 'LOGIN_ERROR',
      identity_provider: 'metrics-sso',
      error: 'identity_provider_not_found'
    }),
    login(dice, at('2026-11-05 15:02:17.608'), victim, victim.address, { type: 'UPDATE_PASSWORD' })
  ]
}
