import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEngine } from '../../src-main/engine/engine'
import { keycloak, type Realm, userEvents } from '../servers/keycloak'
import { type Log, plainEvent, plainEvents, plainToken } from '../servers/pages'
import type { Trouble } from '../servers/strict-server'
import { connectedEngine, shown } from './engine'
import { plain } from './plain'

const first = Date.parse('2026-11-01T00:00:00Z')
/** An event every hour since the first of November. */
const hourly = (): Log => ({
  events: plainEvents(400, first, 3_600_000),
  by: 'cursor',
  order: 'newest',
  token: plainToken,
  most: 100
})

describe('a pull since last time', () => {
  it('leaves nothing out behind a gap between the stretches that were pulled before', async () => {
    const { engine } = await plain(hourly())
    await engine.pull({ connection: 'plain', until: '2026-11-03T00:00:00Z' })
    await engine.pull({ connection: 'plain', since: '2026-11-10T00:00:00Z', until: '2026-11-11T00:00:00Z' })
    const { streams } = await engine.pull({ connection: 'plain' })
    expect(streams[0]?.since).toBe('2026-11-02T23:50:00.000Z')
    expect(await shown(engine)).toBe(400)
  })

  it('begins where stretches that join each other end', async () => {
    const { engine } = await plain(hourly())
    await engine.pull({ connection: 'plain', until: '2026-11-03T00:00:00Z' })
    await engine.pull({ connection: 'plain', since: '2026-11-02T12:00:00Z', until: '2026-11-05T00:00:00Z' })
    expect((await engine.pull({ connection: 'plain' })).streams[0]?.since).toBe('2026-11-04T23:50:00.000Z')
  })

  it('asks again for what the server could not give', async () => {
    const log: Log = { ...hourly(), by: 'offset' }
    const broken: Trouble = (_, { query }) =>
      query.get('offset') === '100' ? { status: 422, body: { message: 'shard 3 is down' } } : undefined
    const { engine, server } = await plain(log, { trouble: broken })
    const before = await engine.pull({ connection: 'plain' })
    expect(before.streams).toMatchObject([
      {
        events: 300,
        reached: '2026-11-09T07:00:00.000Z',
        missing: [{ from: '2026-11-09T07:00:00.000Z', to: '2026-11-13T12:00:00.000Z' }]
      }
    ])
    server.trouble = undefined
    const { streams } = await engine.pull({ connection: 'plain' })
    expect(streams).toMatchObject([{ since: '2026-11-09T06:50:00.000Z', complete: true }])
    expect(await shown(engine)).toBe(400)
  })

  it('misses no more than what came since, where it fails before it asks for any', async () => {
    const realm: Realm = { name: 'acme', client: { id: 'spoor', secret: 'secret' }, events: userEvents(5), admin: [] }
    const server = await keycloak(realm)
    onTestFinished(() => server.close())
    const { engine } = await connectedEngine()
    const settings = { base: server.url, realm: 'acme', client: 'spoor' }
    await engine.saveConnection({ name: 'Keycloak', connector: 'keycloak', settings, secrets: { secret: 'secret' } })
    realm.roles = []
    const never = await engine.pull({ connection: 'keycloak' })
    expect(never.streams.map(({ missing }) => missing)).toEqual(
      Array(2).fill([{ to: never.startedAt, why: 'the pull failed' }])
    )
    realm.roles = ['view-events']
    const [held] = (await engine.pull({ connection: 'keycloak', streams: ['events'] })).streams
    realm.roles = []
    const { state, startedAt, streams } = await engine.pull({ connection: 'keycloak' })
    expect(state).toBe('failed')
    expect(streams).toMatchObject([
      { stream: 'events', since: held?.reached, until: startedAt, missing: [{ from: held?.reached, to: startedAt }] },
      { stream: 'admin', until: startedAt, missing: [{ to: startedAt }] }
    ])
    expect(streams[1]).not.toHaveProperty('since')
  })

  it('begins anew with settings that lead to other events, and not with another timeout', async () => {
    const { engine, server } = await plain(hourly())
    await engine.pull({ connection: 'plain', until: '2026-11-03T00:00:00Z' })
    const [connection] = await engine.connections()
    const { id = '', name = '', connector = '' } = connection ?? {}
    await engine.saveConnection({ id, name, connector, settings: { base: server.url, timeout: 9 } })
    expect((await engine.pull({ connection: 'plain', until: '2026-11-04T00:00:00Z' })).streams[0]?.since).toBe(
      '2026-11-02T23:50:00.000Z'
    )
    await engine.saveConnection({ id, name, connector, settings: { base: `${server.url}/`, timeout: 9 } })
    expect((await engine.pull({ connection: 'plain' })).streams[0]?.since).toBeUndefined()
    expect(await shown(engine)).toBe(400)
  })

  it('goes by the server’s clock, whatever ours says', async () => {
    const log = hourly()
    const { engine, server, home, folder } = await plain(log)
    await engine.closeCase()
    const fast = createEngine({
      home,
      resources: join(import.meta.dirname, '../../resources'),
      version: 'test',
      clock: () => new Date(Date.now() + 2 * 3_600_000),
      events: { importProgress() {}, caseChanged() {}, workChanged() {}, pullProgress() {} }
    })
    await fast.unlockVault('correct horse battery staple')
    await fast.openCase(folder)
    await fast.pull({ connection: 'plain' })
    log.events.push(plainEvent(5000, Date.now()))
    expect(server.requests.length).toBeGreaterThan(3)
    const { streams } = await fast.pull({ connection: 'plain' })
    expect(streams[0]?.events).toBe(1)
    expect(Date.parse(streams[0]?.since ?? '')).toBeLessThan(Date.now())
    await fast.closeCase()
  })
})
