import { places } from './places.mjs'
import { micros } from './time.mjs'

export const brand = {
  pk: 'a91c3f0f2f0e4a0d8b1c7d4e6f5a2b3c',
  app: 'authentik_brands',
  name: 'Default brand',
  model_name: 'brand'
}
export const anonymous = { pk: 1, email: '', username: 'AnonymousUser', is_anonymous: true }
export const account = (person) => ({ pk: person.pk, email: person.email, username: person.username })
/** How authentik names an object inside a context. */
export const model = (app, model_name, name, pk) => ({ pk, app, name, model_name })

/** Applications people sign in to, by the key authentik knows them with. */
export const applications = Object.fromEntries(
  [
    'Keycloak console',
    'Skycloak',
    'Unkey',
    'AWS',
    'Authorization Hub',
    'Asgardeo',
    'Grafana',
    'GitLab',
    'Wiki',
    'Payroll',
    'Helpdesk'
  ].map((name, n) => [
    name,
    model('authentik_core', 'application', name, `5e1d0c4b7a2f4e9c8d3b6a1f0e9d8c${(0x20 + n).toString(16)}`)
  ])
)

/** One authentik event as the API renders it. `at` is `[person or null, address, agent]`. */
export function authentikEvent(dice, time, user, action, app, context, request) {
  const address = request?.address ?? null
  const http = request && {
    http_request: {
      args: request.args ?? {},
      path: request.path,
      method: request.method ?? 'POST',
      request_id: dice.hex(32),
      user_agent: request.agent
    }
  }
  return {
    time,
    pk: dice.uuid(),
    user,
    action,
    app,
    context: { ...(places[address] ?? {}), ...context, ...http },
    client_ip: address,
    created: micros(time, dice),
    expires: micros(time + 365 * 86_400_000, dice),
    brand
  }
}

const executor = '/api/v3/flows/executor/default-authentication-flow/'
const signals = 'authentik.events.signals'
const audit = 'authentik.enterprise.audit.middleware'

export const securityKey = model('authentik_stages_authenticator_webauthn', 'webauthndevice', 'YubiKey 5C', 31)
export const phoneCode = model('authentik_stages_authenticator_totp', 'totpdevice', 'Authenticator app', 12)

export const login = (dice, time, person, { address, agent }, device, known = true) =>
  authentikEvent(
    dice,
    time,
    account(person),
    'login',
    signals,
    { auth_method: 'password', auth_method_args: { mfa_devices: [device], known_device: known } },
    { address, agent, path: executor, args: { query: 'next=%2Fif%2Fuser%2F' } }
  )

export const loginFailed = (dice, time, username, { address, agent }) =>
  authentikEvent(
    dice,
    time,
    anonymous,
    'login_failed',
    signals,
    {
      stage: model(
        'authentik_stages_password',
        'passwordstage',
        'default-authentication-password',
        '2c1f9d3e4b5a46798c0d1e2f3a4b5c6d'
      ),
      password: '********************',
      username
    },
    { address, agent, path: executor }
  )

export const logout = (dice, time, person, { address, agent }) =>
  authentikEvent(
    dice,
    time,
    account(person),
    'logout',
    signals,
    {},
    {
      address,
      agent,
      path: '/api/v3/flows/executor/default-invalidation-flow/',
      method: 'GET'
    }
  )

export const authorize = (dice, time, person, { address, agent }, application) =>
  authentikEvent(
    dice,
    time,
    account(person),
    'authorize_application',
    'authentik.providers.oauth2.views.authorize',
    {
      flow: '7d2e91c4a05f4b63b8d1c0e9f7a6d5b4',
      scopes: 'openid profile email',
      authorized_application: applications[application]
    },
    {
      address,
      agent,
      path: '/application/o/authorize/',
      method: 'GET',
      args: { scope: 'openid profile email', response_type: 'code' }
    }
  )

/** An object made, changed or removed in the admin interface, with the difference that authentik Enterprise records. */
export const changed = (dice, time, person, { address, agent }, action, object, diff, path, method) =>
  authentikEvent(
    dice,
    time,
    account(person),
    `model_${action}`,
    audit,
    { model: object, ...(diff && { diff }) },
    {
      address,
      agent,
      path: `/api/v3/${path}`,
      method: method ?? { created: 'POST', updated: 'PATCH', deleted: 'DELETE' }[action]
    }
  )

/** Both sides of each field, as the diff writes them. */
export const values = (pairs) =>
  Object.fromEntries(
    Object.entries(pairs).map(([field, [previous_value, new_value]]) => [field, { new_value, previous_value }])
  )

/** What the server did by itself: no user, no request. */
export const bySystem = (dice, time, action, app, context, address = null) => ({
  ...authentikEvent(dice, time, {}, action, app, context),
  client_ip: address
})
