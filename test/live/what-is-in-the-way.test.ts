import { describe, expect, it } from 'vitest'
import type { DiagnosisStep } from '../../src-main/contract/connect'
import { Connection } from './connection'
import { accountOf, liveRealm, mayViewEvents, saveEvents, secret, serviceClient } from './realm'
import { admin, base } from './server'

const stated = (steps: readonly DiagnosisStep[]) => steps.map(({ what, state }) => `${what} ${state}`)

/** The sentences of what did not pass, and whether a pull that is tried all the same says the same. */
async function inTheWay(connection: Connection): Promise<string> {
  const { ok, steps } = await connection.test()
  expect(ok).toBe(false)
  const failed = steps.filter(({ state }) => state === 'failed').map(({ what, sentence }) => `${what}: ${sentence}`)
  const { code, out, err } = await connection.startPull().done
  expect(code, err).toBe(1)
  expect(out + err).not.toContain(secret)
  const sentences = steps.filter(({ state }) => state === 'failed').map(({ sentence }) => sentence)
  expect(sentences.join(' ')).toContain(JSON.parse(out).fault)
  return failed.join(' ')
}

describe('a connection to a real Keycloak', () => {
  it('is found in order, to its clock', async () => {
    const { name } = await liveRealm()
    const { ok, steps } = await (await Connection.add(name)).test()
    expect(stated(steps)).toEqual([
      'address passed',
      'connection passed',
      'sign-in passed',
      'events passed',
      'events passed',
      'clock passed'
    ])
    expect(ok).toBe(true)
  })

  it('says who is not let in, and what to switch on', async () => {
    const { name: realm } = await liveRealm()
    const wrong = await Connection.add(realm, {}, { SPOOR_KEYCLOAK_SECRET: 'another' })
    expect(await inTheWay(wrong)).toContain('sign-in: Keycloak knows client “spoor”, but not with this secret')
    const unknown = await Connection.add(realm, { client: 'nobody' })
    expect(await inTheWay(unknown)).toContain('sign-in: Keycloak does not know client “nobody”')
    const open = await Connection.add(realm, { client: 'web' })
    expect(await inTheWay(open)).toContain('sign-in: Client “web” is public')
    await serviceClient(realm, 'plain', { serviceAccountsEnabled: false })
    const plain = await Connection.add(realm, { client: 'plain' })
    expect(await inTheWay(plain)).toContain('sign-in: Client “plain” has no service account')
    const asPerson = { grant: 'password', user: 'nobody', client: 'plain' }
    const refused = await Connection.add(realm, asPerson, { SPOOR_KEYCLOAK_PASSWORD: 'wrong' })
    expect(await inTheWay(refused)).toContain('sign-in: Client “plain” does not take a user and a password')
    const guessed = await Connection.add(realm, { ...asPerson, client: 'spoor' }, { SPOOR_KEYCLOAK_PASSWORD: 'wrong' })
    expect(await inTheWay(guessed)).toContain('sign-in: Keycloak does not accept this password for “nobody”')
  })

  it('names the role that is missing', async () => {
    const { name: realm } = await liveRealm()
    await serviceClient(realm, 'without')
    const found = await inTheWay(await Connection.add(realm, { client: 'without' }))
    expect(found).toContain(`events: Keycloak does not permit this (403).`)
    expect(found).toContain(`lacks the role view-events of realm-management in realm “${realm}”`)
  })

  it('tells a wrong realm from a wrong address', async () => {
    const { name: realm } = await liveRealm()
    const other = await inTheWay(await Connection.add(realm.toUpperCase()))
    expect(other).toContain(`There is no realm “${realm.toUpperCase()}” at ${base} to sign in to`)
    const elsewhere = await inTheWay(await Connection.add(realm, { base: `${base}/auth` }))
    expect(elsewhere).toContain(`There is no Keycloak at ${base}/auth (404). For servers before version 17`)
  })

  it('says which events are not kept', async () => {
    const { name: realm } = await liveRealm()
    const connection = await Connection.add(realm)
    const warned = async () =>
      (await connection.test()).steps.filter(({ state }) => state === 'warned').map(({ sentence }) => sentence)
    await saveEvents(realm, { adminEventsDetailsEnabled: false })
    expect(await warned()).toEqual([expect.stringContaining('saves admin events without their representation')])
    await saveEvents(realm, { eventsEnabled: false })
    expect(await warned()).toEqual([expect.stringContaining('does not save user events')])
    const { code, out } = await connection.startPull().done
    expect(code).toBe(0)
    expect(JSON.parse(out).streams.map(({ stream }: { stream: string }) => stream)).toEqual(['admin'])
    expect(JSON.parse(out).notes).toEqual([expect.stringContaining('does not save user events')])
    await saveEvents(realm, { eventsEnabled: false, adminEventsEnabled: false })
    expect(await inTheWay(connection)).toContain('does not save admin events')
  })

  it('signs in to master for another realm', async () => {
    const { name: realm } = await liveRealm()
    const client = `auditor-of-${realm}`
    const id = await serviceClient('master', client)
    const connection = await Connection.add(realm, { client, signInRealm: 'master' })
    expect(await inTheWay(connection)).toContain(`(of ${realm}-realm, where it signs in to master)`)
    await mayViewEvents('master', await accountOf('master', id), `${realm}-realm`)
    expect(stated((await connection.test()).steps)).not.toContain('events failed')
    expect((await connection.pull()).state).toBe('complete')
    await admin('DELETE', `/master/clients/${id}`)
  })

  it('says that our clock goes wrong, and pulls by the server’s', async () => {
    const { name: realm } = await liveRealm()
    const early = `data:text/javascript,${encodeURIComponent(`
      const { now } = Date
      Date.now = () => now() + 1_800_000
      globalThis.Date = class extends Date {
        constructor(...values) { values.length ? super(...values) : super(Date.now()) }
      }`)}`
    const connection = await Connection.add(realm, {}, { NODE_OPTIONS: `--import=${early}` })
    const { steps } = await connection.test()
    expect(steps.find(({ what }) => what === 'clock')).toMatchObject({
      state: 'warned',
      sentence: expect.stringContaining("30 minutes ahead of the server's")
    })
    await connection.pull()
    await admin('POST', `/${realm}/roles`, { name: 'made-in-between' })
    const { streams } = await connection.pull()
    expect(streams.find(({ stream }) => stream === 'admin')).toMatchObject({ complete: true, missing: [] })
    expect(await connection.events('resource.name:made-in-between')).toHaveLength(1)
  })
})
