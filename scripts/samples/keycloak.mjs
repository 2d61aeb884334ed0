import { customers } from './customers.mjs'
import { keycloakAdmin } from './keycloak-admin.mjs'
import { realm } from './keycloak-realm.mjs'
import { intruder, machines, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, days, from, to } from './time.mjs'

/** Until then the proxy in front of Keycloak did not pass the caller's address on: everything seemed to come from the cluster. */
const proxyMended = at('2026-10-16 14:00:00')

/** The user events of the realm `shop`, as `GET /admin/realms/shop/events` gives them, newest first; and its admin events. */
export function keycloak() {
  const dice = random('keycloak')
  const events = [...shop(dice), ...services(dice), ...staff(dice), ...incident(dice)].filter(({ time }) => time < to)
  return {
    'keycloak/shop-user-events.json': JSON.stringify(ascending(events).reverse()),
    'keycloak/shop-admin-events.json': JSON.stringify(keycloakAdmin())
  }
}

function userEvent(dice, time, type, clientId, userId, address, details, more = {}) {
  return {
    id: dice.uuid(),
    time,
    type,
    realmId: realm,
    clientId,
    ...(userId && { userId }),
    ...(more.sessionId && { sessionId: more.sessionId }),
    ipAddress: time < proxyMended && !address.includes(':') ? machines.cluster : address,
    ...(more.error && { error: more.error }),
    details
  }
}

const redirect = {
  storefront: 'https://shop.harbourlight.example/auth/callback',
  'mobile-app': 'harbourlight://callback',
  'security-admin-console': 'https://id.harbourlight.example/admin/shop/console/'
}

function signIn(dice, time, customer, client) {
  const session = dice.uuid()
  const common = { sessionId: session }
  const auth = {
    auth_method: 'openid-connect',
    auth_type: 'code',
    redirect_uri: redirect[client],
    consent: 'no_consent_required',
    code_id: session,
    username: customer.username
  }
  const token = {
    token_id: dice.uuid(),
    grant_type: 'authorization_code',
    refresh_token_type: 'Refresh',
    scope: 'openid profile email',
    refresh_token_id: dice.uuid(),
    code_id: session,
    client_auth_method: 'client-secret'
  }
  return [
    userEvent(dice, time, 'LOGIN', client, customer.id, customer.address, auth, common),
    userEvent(dice, time + dice.int(140, 900), 'CODE_TO_TOKEN', client, customer.id, customer.address, token, common)
  ]
}

function shop(dice) {
  const events = []
  for (const midnight of days) {
    for (const customer of customers) {
      if (!dice.chance(customer.weight * 0.36)) continue
      const time = midnight + dice.int(5 * 3600, 22 * 3600) * 1000 + dice.int(0, 999)
      const client = dice.chance(0.3) ? 'mobile-app' : 'storefront'
      const wrong = {
        auth_method: 'openid-connect',
        auth_type: 'code',
        redirect_uri: redirect[client],
        code_id: dice.uuid(),
        username: customer.username
      }
      if (dice.chance(0.12))
        events.push(
          userEvent(dice, time - dice.int(8, 50) * 1000, 'LOGIN_ERROR', client, customer.id, customer.address, wrong, {
            error: 'invalid_user_credentials'
          })
        )
      events.push(...signIn(dice, time, customer, client))
      if (dice.chance(0.16))
        events.push(
          userEvent(dice, time + dice.int(300, 5000) * 1000, 'LOGOUT', client, customer.id, customer.address, {
            redirect_uri: redirect[client]
          })
        )
      if (dice.chance(0.03))
        events.push(
          userEvent(dice, time + 90_000, 'UPDATE_PROFILE', 'account-console', customer.id, customer.address, {
            previous_first_name: customer.first,
            updated_first_name: `${customer.first} ${dice.pick(['A.', 'M.', 'Ø.'])}`,
            username: customer.username,
            context: 'ACCOUNT'
          })
        )
      if (dice.chance(0.03)) events.push(...forgotten(dice, time - 300_000, customer))
    }
    if (dice.chance(0.5))
      events.push(
        userEvent(
          dice,
          midnight + dice.int(20, 70) * 1_000_000,
          'LOGIN_ERROR',
          'storefront',
          null,
          dice.pick(customers).address,
          {
            auth_method: 'openid-connect',
            auth_type: 'code',
            redirect_uri: redirect.storefront,
            username: `${dice.pick(['info', 'admin', 'test', 'kontakt'])}@example.com`
          },
          { error: 'user_not_found' }
        )
      )
  }
  for (const customer of customers.slice(150)) {
    const time = from + dice.int(1, 26 * 86_400) * 1000
    events.push(
      userEvent(dice, time, 'REGISTER', 'storefront', customer.id, customer.address, {
        auth_method: 'openid-connect',
        register_method: 'form',
        username: customer.username,
        email: customer.username,
        first_name: customer.first,
        last_name: customer.last,
        redirect_uri: redirect.storefront
      })
    )
    events.push(
      userEvent(dice, time + dice.int(30, 900) * 1000, 'VERIFY_EMAIL', 'storefront', customer.id, customer.address, {
        email: customer.username,
        username: customer.username,
        action: 'verify-email'
      })
    )
  }
  return events
}

const forgotten = (dice, time, customer) => [
  userEvent(dice, time, 'SEND_RESET_PASSWORD', 'storefront', customer.id, customer.address, {
    username: customer.username,
    email: customer.username,
    redirect_uri: redirect.storefront
  }),
  userEvent(dice, time + 95_000, 'UPDATE_PASSWORD', 'storefront', customer.id, customer.address, {
    username: customer.username,
    custom_required_action: 'UPDATE_PASSWORD'
  })
]

function client(dice, time, name, address, error) {
  const details = {
    token_id: dice.uuid(),
    grant_type: 'client_credentials',
    scope: 'profile email',
    client_auth_method: 'client-secret',
    username: `service-account-${name}`
  }
  return error
    ? userEvent(dice, time, 'CLIENT_LOGIN_ERROR', name, null, address, { grant_type: 'client_credentials' }, { error })
    : userEvent(
        dice,
        time,
        'CLIENT_LOGIN',
        name,
        name === 'metrics-export' ? 'd19f5a37-2e84-4b1c-8a06-5c7f9e3b1d42' : '2f8b6c1e-9d4a-4f73-b0e5-6a1c8d7f3e90',
        address,
        details
      )
}

const services = (dice) =>
  days.flatMap((midnight) =>
    [1, 7, 13, 19].map((hour) =>
      client(dice, midnight + hour * 3_600_000 + dice.int(0, 4000), 'order-service', machines.cluster)
    )
  )

const staff = (dice) =>
  shifts
    .filter(({ person }) => person.apps.includes('Keycloak console'))
    .filter(() => dice.chance(0.4))
    .flatMap((shift) =>
      signIn(dice, moment(shift, dice), { ...shift.person, address: shift.address }, 'security-admin-console')
    )

/** Two continents again, an impersonated customer, and a client of the intruder's that signs in until it is switched off. */
function incident(dice) {
  const mara = { ...who.mara, address: intruder.hand }
  const victim = customers[12]
  const session = dice.uuid()
  const script = [
    '09:14:20',
    '09:29:21',
    '09:44:21',
    '09:59:22',
    '10:06:03',
    '10:14:22',
    '10:29:22',
    '10:44:23',
    '10:59:23',
    '11:14:23'
  ]
  return [
    ...signIn(dice, at('2026-11-05 08:06:13.482'), { ...who.mara, address: office }, 'security-admin-console'),
    ...signIn(dice, at('2026-11-05 08:49:02.317'), mara, 'security-admin-console'),
    userEvent(
      dice,
      at('2026-11-05 09:10:44.903'),
      'IMPERSONATE',
      'security-admin-console',
      victim.id,
      intruder.hand,
      {
        auth_method: 'openid-connect',
        impersonator: who.mara.username,
        impersonator_realm: 'shop',
        username: victim.username,
        redirect_uri: redirect['security-admin-console']
      },
      { sessionId: session }
    ),
    userEvent(
      dice,
      at('2026-11-05 09:12:08.115'),
      'UPDATE_EMAIL',
      'account-console',
      victim.id,
      intruder.hand,
      { previous_email: victim.username, updated_email: 'parcel.desk@example.com', username: victim.username },
      { sessionId: session }
    ),
    ...script.map((clock, n) => client(dice, at(`2026-11-05 ${clock}`) + 37 * n, 'metrics-export', intruder.script)),
    ...signIn(dice, at('2026-11-05 11:20:37.664'), { ...who.zoe, address: who.zoe.homes[0] }, 'security-admin-console'),
    ...['11:30:24', '11:45:24', '12:00:25', '12:15:25'].map((clock) =>
      client(
        dice,
        at(`2026-11-05 ${clock}`),
        'metrics-export',
        intruder.script,
        clock < '11:40' ? 'client_disabled' : 'client_not_found'
      )
    ),
    userEvent(dice, at('2026-11-05 11:52:30.228'), 'UPDATE_EMAIL', 'account-console', victim.id, victim.address, {
      previous_email: 'parcel.desk@example.com',
      updated_email: victim.username,
      username: victim.username
    }),
    ...signIn(dice, at('2026-11-05 14:14:09.951'), { ...who.mara, address: office }, 'security-admin-console')
  ]
}
