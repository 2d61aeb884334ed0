import { expect, it } from 'vitest'
import { Browser } from './browser'
import { Connection, type Shown } from './connection'
import { liveRealm, refusedClients } from './realm'
import { type ApiEvent, admin, logOf, token } from './server'

it('tells each thing that was done in a realm, as it was done, and nothing else', async () => {
  const {
    name: realm,
    web,
    account
  } = await liveRealm({
    bruteForceProtected: true,
    failureFactor: 3,
    quickLoginCheckMilliSeconds: 0
  })
  const names = new Map<unknown, string>([
    [web, 'web'],
    [account, 'service-account-spoor']
  ])
  const told: string[] = []
  /** What is done next, in the words of `lineOf`. */
  const did = async <T>(lines: string | readonly string[], act: () => Promise<T>): Promise<T> => {
    const made = await act()
    told.push(...[lines].flat())
    return made
  }
  const make = async (name: string, path: string, body: object, line: string): Promise<string> => {
    const id = await did(line, () => admin('POST', `/${realm}/${path}`, body))
    names.set(id, name)
    return id
  }
  const signIn = (username: string, password: string) =>
    token(realm, { grant_type: 'password', client_id: 'web', username, password, scope: 'openid' })
  const { id: adminId } = (await admin<{ id: string }[]>('GET', '/master/users?username=admin'))[0] as { id: string }
  names.set(adminId, 'admin')
  told.push('realm.update success: admin')

  // People, roles, groups and clients, by the administrator.
  const person = { enabled: true, lastName: 'of Acme' }
  const credentials = [{ type: 'password', value: 'first-password', temporary: false }]
  const ada = await make(
    'ada',
    'users',
    { ...person, username: 'ada', email: 'ada@acme.example', firstName: 'Ada', credentials },
    'user.create success: admin → ada'
  )
  const bob = await make(
    'bob',
    'users',
    { ...person, username: 'bob', email: 'bob@acme.example', firstName: 'Bob' },
    'user.create success: admin → bob'
  )
  await did('user.action success: admin → bob', () =>
    admin('PUT', `/${realm}/users/${bob}/reset-password`, { type: 'password', value: 'for-once', temporary: true })
  )
  await did('user.update success: admin → ada', () =>
    admin('PUT', `/${realm}/users/${ada}`, { firstName: 'Ada Maria', lastName: 'of Acme', email: 'ada@acme.example' })
  )
  await did('realm_role.create success: admin → auditor', () =>
    admin('POST', `/${realm}/roles`, { name: 'auditor', description: 'reads' })
  )
  const role = await admin('GET', `/${realm}/roles/auditor`)
  await did('realm_role_mapping.create success: admin → ada, auditor', () =>
    admin('POST', `/${realm}/users/${ada}/role-mappings/realm`, [role])
  )
  await did('realm_role_mapping.delete success: admin → ada, auditor', () =>
    admin('DELETE', `/${realm}/users/${ada}/role-mappings/realm`, [role])
  )
  await did('realm_role.delete success: admin → auditor', () => admin('DELETE', `/${realm}/roles/auditor`))
  const group = await make('finance', 'groups', { name: 'finance' }, 'group.create success: admin → finance')
  await did('group_membership.create success: admin → ada, finance', () =>
    admin('PUT', `/${realm}/users/${ada}/groups/${group}`, {})
  )
  await did('group_membership.delete success: admin → ada, finance', () =>
    admin('DELETE', `/${realm}/users/${ada}/groups/${group}`)
  )
  await did('client.update success: admin → web', async () =>
    admin('PUT', `/${realm}/clients/${web}`, {
      ...(await admin<object>('GET', `/${realm}/clients/${web}`)),
      name: 'Web'
    })
  )
  // What the server refuses to do leaves no event.
  await expect(admin('POST', `/${realm}/users`, { username: 'ada' })).rejects.toThrow('409')

  // Sign-ins: right, wrong, by nobody, by a program.
  const session = await did('LOGIN success: ada at web', () => signIn('ada', 'first-password'))
  await did('LOGIN_ERROR failure (user_not_found): nobody at web', () => signIn('nobody', 'guessed'))
  await did('LOGIN_ERROR failure (resolve_required_actions): bob at web', () => signIn('bob', 'for-once'))
  await did('CLIENT_LOGIN_ERROR failure (client_not_found): - at batch', () => refusedClients(realm, 1))
  await did('LOGOUT success: ada at web', () =>
    fetch(`${process.env['SPOOR_TEST_KEYCLOAK']}/realms/${realm}/protocol/openid-connect/logout`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'web', refresh_token: session.refresh_token ?? '' })
    })
  )
  const browser = new Browser()
  await browser.open(realm)
  await did('LOGIN_ERROR failure (invalid_user_credentials): bob at web', () =>
    browser.send({ username: 'bob', password: 'wrong' })
  )
  await browser.send({ username: 'bob', password: 'for-once' })
  const passwords = { 'password-new': 'his-own', 'password-confirm': 'his-own' }
  const code = await did(
    ['UPDATE_PASSWORD success: bob at web', 'UPDATE_CREDENTIAL success: bob at web', 'LOGIN success: bob at web'],
    () => browser.send(passwords)
  )
  await did('CODE_TO_TOKEN success: bob at web', () =>
    token(realm, {
      grant_type: 'authorization_code',
      client_id: 'web',
      code: code ?? '',
      redirect_uri: 'http://127.0.0.1/signed-in'
    })
  )
  await did('IMPERSONATE success: admin → bob', () => admin('POST', `/${realm}/users/${bob}/impersonation`, {}))

  // Deletions; and an account that is locked after three guesses.
  await did('user.delete success: admin → bob', () => admin('DELETE', `/${realm}/users/${bob}`))
  for (let guess = 0; guess < 3; guess++)
    await did('LOGIN_ERROR failure (invalid_user_credentials): ada at web', () => signIn('ada', 'guessed'))
  await did('USER_DISABLED_BY_TEMPORARY_LOCKOUT success (brute_force_attack detected): ada', () =>
    expect
      .poll(async () => (await logOf(realm)).at(-1)?.type, { timeout: 30_000 })
      .toBe('USER_DISABLED_BY_TEMPORARY_LOCKOUT')
  )
  await did('client.delete success: admin → web', () => admin('DELETE', `/${realm}/clients/${web}`))

  const connection = await Connection.add(realm)
  const own = 'CLIENT_LOGIN success: service-account-spoor at spoor'
  expect(await did(own, () => connection.test())).toMatchObject({ ok: true })
  const report = await did(own, () => connection.pull())
  expect(report.streams.map(({ stream, complete, missing }) => ({ stream, complete, missing }))).toEqual([
    { stream: 'events', complete: true, missing: [] },
    { stream: 'admin', complete: true, missing: [] }
  ])

  const shown = await connection.events()
  expect(shown.map((event) => lineOf(event, names))).toEqual(told)
  const logged = await logOf(realm)
  expect(byId(await connection.records())).toEqual(byId(logged))
  expect(shown).toHaveLength(logged.length)
  const byIdShown = new Map(shown.map((event) => [event['event.id'], event]))
  for (const event of logged) expect(byIdShown.get(event.id)).toMatchObject(expectedOf(event))
  expect((await connection.run('verify', '--case', connection.folder)).code).toBe(0)

  // The server's own log tells the same of people; of administrators it names neither the realm they changed nor what they set.
  const ofPeople = told.filter((line) => /^[A-Z_]+ /.test(line))
  const log = await connection.imported(process.env['SPOOR_TEST_LOG'] as string)
  expect((await log(`organization.name="${realm}"`)).map((event) => lineOf(event, names))).toEqual(ofPeople)
})

/** Who did what to whom or what, and how it went. One who has both is named by both, where they differ. */
function lineOf(event: Shown, names: ReadonlyMap<unknown, string>): string {
  const said = (...fields: readonly string[]) => {
    const all = fields.map((field) => names.get(event[field]) ?? event[field]).filter((one) => one !== undefined)
    return [...new Set(all)].join(', ')
  }
  const isAdmin = event['event.dataset'] === 'keycloak.admin'
  const who = said('user.name', 'user.id')
  const whom = said('user.target.name', 'user.target.id', ...(isAdmin ? ['resource.name'] : []))
  const reason = event['event.reason'] === undefined ? '' : ` (${event['event.reason']})`
  const at = isAdmin || event['application.id'] === undefined ? '' : ` at ${event['application.name']}`
  const done = `${event['event.action']} ${event['event.outcome']}${reason}`
  return `${done}: ${who || '-'}${whom && ` → ${whom}`}${at}`
}

const byId = (events: readonly ApiEvent[]) =>
  Object.fromEntries([...events].sort((a, b) => (a.id < b.id ? -1 : 1)).map((event) => [event.id, event]))

/** The fields that an event must have by what the server says of it. */
function expectedOf(event: ApiEvent): Shown {
  const { authDetails, time, ...rest } = event
  const by = (authDetails ?? rest) as Readonly<Record<string, unknown>>
  const impersonated = event.type === 'IMPERSONATE'
  const all = {
    '@timestamp': new Date(time).toISOString(),
    'event.time_text': String(time),
    'event.dataset': authDetails ? 'keycloak.admin' : 'keycloak.user',
    'organization.id': event['realmId'],
    'application.id': by['clientId'],
    'source.ip': by['ipAddress'],
    'session.id': event['sessionId'],
    [impersonated ? 'user.effective.id' : 'user.id']: by['userId']
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
