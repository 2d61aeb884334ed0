import { randomBytes } from 'node:crypto'
import { admin, token } from './server'

export const secret = 'the-secret-of-spoor-nobody-may-see'

export interface LiveRealm {
  readonly name: string
  /** The client of people, by its id. */
  readonly web: string
  /** The account that the client of Spoor signs in with. */
  readonly account: string
}

/** A realm with a client `web` for people, and a client `spoor` that may view events and nothing else; from then on it saves all events. */
export async function liveRealm(settings: Readonly<Record<string, unknown>> = {}): Promise<LiveRealm> {
  const name = `acme-${randomBytes(3).toString('hex')}`
  await admin('POST', '', { realm: name, enabled: true, ...settings })
  const web = await admin('POST', `/${name}/clients`, {
    clientId: 'web',
    publicClient: true,
    directAccessGrantsEnabled: true,
    redirectUris: ['http://127.0.0.1/signed-in']
  })
  const spoor = await serviceClient(name, 'spoor', { directAccessGrantsEnabled: true })
  const account = await accountOf(name, spoor)
  await mayViewEvents(name, account)
  await saveEvents(name, {})
  return { name, web, account }
}

/** A client with a secret and a service account; by its id. */
export const serviceClient = (realm: string, clientId: string, more: Readonly<Record<string, unknown>> = {}) =>
  admin('POST', `/${realm}/clients`, {
    clientId,
    secret,
    publicClient: false,
    standardFlowEnabled: false,
    serviceAccountsEnabled: true,
    ...more
  })

/** The account of a client. */
export async function accountOf(realm: string, client: string): Promise<string> {
  const { id } = await admin<{ id: string }>('GET', `/${realm}/clients/${client}/service-account-user`)
  return id
}

/** Gives an account of a realm the role view-events; that of another realm is one of a client of master's. */
export async function mayViewEvents(realm: string, account: string, client = 'realm-management'): Promise<void> {
  const [found] = await admin<{ id: string }[]>('GET', `/${realm}/clients?clientId=${client}`)
  const role = await admin('GET', `/${realm}/clients/${found?.id}/roles/view-events`)
  await admin('POST', `/${realm}/users/${account}/role-mappings/clients/${found?.id}`, [role])
}

/** What the realm keeps of what happens: all, unless told. */
export async function saveEvents(realm: string, less: Readonly<Record<string, boolean>>): Promise<void> {
  const config = await admin<object>('GET', `/${realm}/events/config`)
  const all = { eventsEnabled: true, adminEventsEnabled: true, adminEventsDetailsEnabled: true }
  await admin('PUT', `/${realm}/events/config`, { ...config, ...all, ...less })
}

/** So many events in little time: an application that asks with a wrong secret, a few at once. */
export async function refusedClients(realm: string, count: number): Promise<void> {
  const form = { grant_type: 'client_credentials', client_id: 'batch', client_secret: 'wrong' }
  let left = count
  const one = async () => {
    while (left-- > 0) await token(realm, form)
  }
  await Promise.all(Array.from({ length: 4 }, one))
}
