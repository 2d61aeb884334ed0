import { describe, expect, it, onTestFinished } from 'vitest'
import { adminEvents, keycloak, type Realm, userEvents } from '../servers/keycloak'
import { connectedEngine, shown } from './engine'

const secret = 'a-client-secret-nobody-may-see'
const realm = (more: Partial<Realm> = {}): Realm => ({
  name: 'acme',
  client: { id: 'spoor', secret },
  events: userEvents(2500),
  admin: adminEvents(30),
  ...more
})

async function served(of: Realm, base = '') {
  const server = await keycloak(of, base)
  onTestFinished(() => server.close())
  return server
}

async function connection(url: string, settings: Readonly<Record<string, unknown>> = {}) {
  const made = await connectedEngine()
  await made.engine.saveConnection({
    name: 'Keycloak',
    connector: 'keycloak',
    settings: { base: url, realm: 'acme', client: 'spoor', grant: 'client_credentials', ...settings },
    secrets: { secret }
  })
  return made
}

describe('a pull from Keycloak', () => {
  it('brings every user event and admin event once, and can say from which bytes', async () => {
    const server = await served(realm())
    const { engine } = await connection(server.url)
    const report = await engine.pull({ connection: 'keycloak' })
    expect(report.fault).toBeUndefined()
    expect(report.state).toBe('complete')
    expect(report.streams.map(({ stream, events, complete }) => ({ stream, events, complete }))).toEqual([
      { stream: 'events', events: 2500, complete: true },
      { stream: 'admin', events: 30, complete: true }
    ])
    expect(await shown(engine)).toBe(2530)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('asks since last time only for what came since', async () => {
    const of = realm({ events: userEvents(100), admin: [] })
    const server = await served(of)
    const { engine } = await connection(server.url)
    await engine.pull({ connection: 'keycloak' })
    of.events.push({ ...(of.events[0] as Realm['events'][number]), id: 'new', time: Date.now() - 1000 })
    const before = server.requests.length
    const report = await engine.pull({ connection: 'keycloak' })
    expect(report.streams[0]).toMatchObject({ events: 1, complete: true })
    expect(
      server.requests
        .slice(before)
        .filter(({ path }) => path.endsWith('/events'))
        .every(({ query }) => query.has('dateFrom'))
    ).toBe(true)
    expect(await shown(engine)).toBe(101)
  })

  it('misses nothing since last time where our clock is ahead of the server’s', async () => {
    const clock = () => Date.now() - 1_800_000
    const of = realm({ events: userEvents(100, clock() - 60_000), admin: [], clock })
    const server = await served(of)
    const { engine } = await connection(server.url)
    await engine.pull({ connection: 'keycloak' })
    of.events.push({ ...(of.events[0] as Realm['events'][number]), id: 'new', time: clock() })
    expect((await engine.pull({ connection: 'keycloak' })).streams[0]).toMatchObject({ events: 101, complete: true })
    expect(await shown(engine)).toBe(101)
  })

  it('brings what came until now where our clock is behind the server’s', async () => {
    const clock = () => Date.now() + 1_800_000
    const server = await served(realm({ events: userEvents(100, clock() - 5000), admin: [], clock }))
    const { engine } = await connection(server.url)
    expect((await engine.pull({ connection: 'keycloak' })).streams[0]).toMatchObject({ events: 100, complete: true })
  })

  it('signs in anew with the password where the session it was given has ended', async () => {
    const of = realm({ user: { name: 'auditor', password: 'a-password' }, expiresIn: 1 })
    const server = await served(of)
    const { engine } = await connection(server.url, { grant: 'password', user: 'auditor', size: 100 })
    await engine.saveConnection({
      id: 'keycloak',
      name: 'Keycloak',
      connector: 'keycloak',
      settings: { base: server.url, realm: 'acme', client: 'spoor', grant: 'password', user: 'auditor', size: 100 },
      secrets: { password: 'a-password' }
    })
    server.trouble = (number) => {
      if (number === 8) server.endSessions()
      return undefined
    }
    const report = await engine.pull({ connection: 'keycloak' })
    expect(report.fault).toBeUndefined()
    expect(report.streams[0]).toMatchObject({ events: 2500, complete: true })
    expect(server.grants).toEqual({ password: 2 })
  })

  it('brings all events of a moment that has more of them than a page holds', async () => {
    const events = userEvents(300).map((event) => ({ ...event, time: Math.floor(event.time / 5000) * 5000 }))
    const server = await served(realm({ events, admin: [] }))
    const { engine } = await connection(server.url, { size: 2 })
    expect((await engine.pull({ connection: 'keycloak' })).streams[0]).toMatchObject({ events: 300, complete: true })
    expect(await shown(engine)).toBe(300)
  })
})
