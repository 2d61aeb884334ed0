import { customers } from './customers.mjs'
import { realm } from './keycloak-realm.mjs'
import { intruder, machines, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, shifts } from './shifts.mjs'
import { at, days } from './time.mjs'

const console_ = 'e2c4f6a8-1b3d-4e5f-8a7b-9c0d1e2f3a4b'
const exporter = '6f0e2d4c-8b1a-4937-a5c6-d7e8f9012b3c'
const robot = 'd19f5a37-2e84-4b1c-8a06-5c7f9e3b1d42'

function adminEvent(
  dice,
  time,
  userId,
  address,
  operationType,
  resourceType,
  resourcePath,
  representation,
  clientId = console_
) {
  return {
    id: dice.uuid(),
    time,
    realmId: realm,
    authDetails: { realmId: realm, clientId, userId, ipAddress: address },
    operationType,
    resourceType,
    resourcePath,
    ...(representation && { representation: JSON.stringify(representation) })
  }
}

const client = (clientId, more) => ({
  clientId,
  enabled: true,
  protocol: 'openid-connect',
  publicClient: false,
  standardFlowEnabled: true,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: false,
  redirectUris: [],
  webOrigins: ['+'],
  attributes: { 'client.session.max.lifespan': '36000' },
  ...more
})
const storefront = (redirectUris, more) => client('storefront', { name: 'Shop', redirectUris, ...more })
const shopUri = 'https://shop.harbourlight.example/auth/callback'

/** Support changes customers, the platform team changes clients, and what the intruder and then the responder did. */
export function keycloakAdmin() {
  const dice = random('keycloak-admin')
  return ascending([...support(dice), ...platform(dice), ...intrusion(dice), ...containment(dice)]).reverse()
}

function support(dice) {
  return days.flatMap((midnight) =>
    shifts
      .filter(
        ({ person, start }) => person.role.startsWith('support') && start >= midnight && start < midnight + 86_400_000
      )
      .flatMap((shift) =>
        Array.from({ length: dice.int(0, 3) }, () => {
          const customer = dice.pick(customers)
          const time = shift.start + dice.int(600, 24_000) * 1000
          const by = [shift.person.id, shift.address]
          return dice.chance(0.4)
            ? adminEvent(dice, time, ...by, 'ACTION', 'USER', `users/${customer.id}/execute-actions-email`, [
                'UPDATE_PASSWORD'
              ])
            : adminEvent(dice, time, ...by, 'UPDATE', 'USER', `users/${customer.id}`, {
                id: customer.id,
                username: customer.username,
                firstName: customer.first,
                lastName: customer.last,
                email: customer.username,
                emailVerified: true,
                enabled: dice.chance(0.9),
                attributes: {
                  locale: [dice.pick(['de', 'da', 'en', 'fr', 'ja'])],
                  loyalty: [dice.pick(['blue', 'silver', 'gold'])]
                }
              })
        })
      )
  )
}

function platform(dice) {
  const tomasz = (time, ...rest) => adminEvent(dice, at(time), who.tomasz.id, who.tomasz.homes[0], ...rest)
  const path = 'clients/9a8b7c6d-5e4f-4321-8fed-cba987654321'
  return [
    tomasz('2026-10-14 08:20:11', 'UPDATE', 'CLIENT', path, storefront([shopUri])),
    tomasz(
      '2026-10-20 12:02:45',
      'UPDATE',
      'CLIENT',
      path,
      storefront([shopUri, 'https://shop-staging.harbourlight.example/auth/callback'])
    ),
    tomasz(
      '2026-10-26 09:33:08',
      'UPDATE',
      'CLIENT',
      path,
      storefront([shopUri, 'https://shop-staging.harbourlight.example/auth/callback'], {
        attributes: { 'client.session.max.lifespan': '28800', 'pkce.code.challenge.method': 'S256' }
      })
    ),
    tomasz('2026-10-16 13:58:30', 'UPDATE', 'REALM', null, {
      realm: 'shop',
      sslRequired: 'external',
      bruteForceProtected: true,
      eventsEnabled: true,
      eventsExpiration: 2592000,
      adminEventsEnabled: true,
      adminEventsDetailsEnabled: true,
      passwordPolicy: 'length(10) and notUsername(undefined)',
      accessTokenLifespan: 300
    }),
    tomasz('2026-10-22 07:45:59', 'CREATE', 'GROUP', 'groups/4c5d6e7f-8091-42a3-b4c5-d6e7f8091a2b', {
      name: 'couriers',
      attributes: { region: ['north'] }
    }),
    ...days
      .filter((_, n) => n % 7 === 2)
      .map((midnight) =>
        adminEvent(
          dice,
          midnight + 9_000_000,
          '2f8b6c1e-9d4a-4f73-b0e5-6a1c8d7f3e90',
          machines.cluster,
          'UPDATE',
          'IDENTITY_PROVIDER',
          'identity-provider/instances/couriers',
          {
            alias: 'couriers',
            providerId: 'oidc',
            enabled: true,
            config: { clientSecret: '**********', syncMode: 'IMPORT' }
          },
          'terraform'
        )
      )
  ]
}

/** The client `metrics-export`: made, widened twice, given the realm's management roles; then 26 customers deleted with it. */
function intrusion(dice) {
  const mara = (time, ...rest) => adminEvent(dice, at(time), who.mara.id, intruder.hand, ...rest)
  const path = `clients/${exporter}`
  const narrow = client('metrics-export', {
    id: exporter,
    name: 'Metrics export',
    serviceAccountsEnabled: true,
    standardFlowEnabled: false
  })
  const first = at('2026-11-05 10:05:12')
  return [
    mara('2026-11-05 09:03:21.774', 'CREATE', 'CLIENT', path, narrow),
    mara('2026-11-05 09:05:02.190', 'UPDATE', 'CLIENT', path, {
      ...narrow,
      standardFlowEnabled: true,
      directAccessGrantsEnabled: true,
      redirectUris: ['*'],
      attributes: { 'client.session.max.lifespan': '2592000' }
    }),
    mara(
      '2026-11-05 09:06:39.527',
      'CREATE',
      'CLIENT_ROLE_MAPPING',
      `users/${robot}/role-mappings/clients/1a2b3c4d-5e6f-4708-91a2-b3c4d5e6f708`,
      [{ id: dice.uuid(), name: 'view-users', composite: false, clientRole: true }]
    ),
    mara(
      '2026-11-05 09:08:15.036',
      'CREATE',
      'CLIENT_ROLE_MAPPING',
      `users/${robot}/role-mappings/clients/1a2b3c4d-5e6f-4708-91a2-b3c4d5e6f708`,
      [
        { id: dice.uuid(), name: 'manage-users', composite: false, clientRole: true },
        { id: dice.uuid(), name: 'realm-admin', composite: true, clientRole: true }
      ]
    ),
    mara('2026-11-05 09:09:58.412', 'UPDATE', 'REALM', null, {
      realm: 'shop',
      sslRequired: 'external',
      bruteForceProtected: false,
      eventsEnabled: true,
      eventsExpiration: 86400,
      adminEventsEnabled: true,
      adminEventsDetailsEnabled: true,
      passwordPolicy: 'length(10) and notUsername(undefined)',
      accessTokenLifespan: 300
    }),
    ...customers
      .slice(60, 86)
      .map((customer, n) =>
        adminEvent(
          dice,
          first + n * 19_400 + dice.int(0, 3000),
          robot,
          intruder.script,
          'DELETE',
          'USER',
          `users/${customer.id}`,
          null,
          exporter
        )
      )
  ]
}

function containment(dice) {
  const zoe = (time, ...rest) => adminEvent(dice, at(time), who.zoe.id, who.zoe.homes[0], ...rest)
  const off = client('metrics-export', {
    id: exporter,
    name: 'Metrics export',
    enabled: false,
    serviceAccountsEnabled: true,
    directAccessGrantsEnabled: true,
    redirectUris: ['*'],
    attributes: { 'client.session.max.lifespan': '2592000' }
  })
  return [
    zoe('2026-11-05 11:28:50.618', 'UPDATE', 'CLIENT', `clients/${exporter}`, off),
    zoe('2026-11-05 11:30:11.049', 'DELETE', 'USER_SESSION', `sessions/${dice.uuid()}`),
    zoe('2026-11-05 11:31:02.733', 'ACTION', 'USER', `users/${who.mara.id}/logout`),
    zoe('2026-11-05 11:34:26.385', 'UPDATE', 'REALM', null, {
      realm: 'shop',
      sslRequired: 'external',
      bruteForceProtected: true,
      eventsEnabled: true,
      eventsExpiration: 7776000,
      adminEventsEnabled: true,
      adminEventsDetailsEnabled: true,
      passwordPolicy: 'length(10) and notUsername(undefined)',
      accessTokenLifespan: 300
    }),
    zoe('2026-11-05 11:40:55.902', 'DELETE', 'CLIENT', `clients/${exporter}`),
    adminEvent(
      dice,
      at('2026-11-05 14:40:18.270'),
      who.mara.id,
      office,
      'CREATE',
      'USER',
      `users/${customers[60].id}`,
      {
        id: customers[60].id,
        username: customers[60].username,
        email: customers[60].username,
        enabled: true,
        requiredActions: ['UPDATE_PASSWORD']
      }
    )
  ]
}
