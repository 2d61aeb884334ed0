import { describe, expect, it } from 'vitest'
import { uuid } from '../servers/moulded'
import { type Cluster, clusterEvents, skycloak } from '../servers/skycloak'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const key = 'sk_sc_a_key_nobody_may_see'
const id = '7b0f3a52-1d2c-4f9e-8a61-0c5d2e9b4f10'

async function connected(more: Partial<Cluster> = {}, settings: object = {}, secret = key) {
  const server = await skycloak({ id, key, events: clusterEvents(400), ...more })
  return connectedTo(server, 'skycloak', { base: server.url, cluster: id, ...settings }, { key: secret })
}

const unready = { status: 429, headers: { 'retry-after': '1', 'ratelimit-remaining': '0', 'ratelimit-reset': '1' } }

describe('a pull from Skycloak', () => {
  it('brings every event of the cluster once, though several fall on one second', async () => {
    const vendor = await connected()
    vendor.server.trouble = stumbling(2, 4, unready)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { skycloak: 400 })
    expect(report).toMatchObject({ retries: 2, streams: [{ events: 400, said: 400 }] })
    expect(vendor.server.requests[0]?.query.get('limit')).toBe('100')
    expect(await eventOf(vendor, uuid(0), ['@timestamp', 'event.action', 'user.name', 'source.ip'])).toEqual({
      '@timestamp': '2026-11-01T00:00:00.000Z',
      'event.action': 'LOGIN',
      'user.name': 'kim',
      'source.ip': '203.0.113.9'
    })
  })

  it('asks for 90 days at once and no more, and says which were wanted beyond', async () => {
    const vendor = await connected()
    const report = await vendor.engine.pull({ connection: vendor.connection, since: '2026-01-01T00:00:00Z' })
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 400, complete: false }] })
    expect(report.streams[0]?.missing).toMatchObject([
      { from: '2026-01-01T00:00:00.000Z', why: 'Cluster events can be asked for 90 days back, and no further' }
    ])
  })

  it('keeps to one realm where it is told', async () => {
    const vendor = await connected({}, { realm: 'no-such-realm' })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 0, said: 0 }] })
  })

  it('names the scope that the key lacks, the wrong key and the wrong cluster', async () => {
    expect(await failureOf(await connected())).toBeUndefined()
    expect(await failureOf(await connected({ scopes: ['clusters:read'] }))).toContain(
      'lacks the scope clusters:events:read'
    )
    expect(await failureOf(await connected({}, {}, 'sk_sc_another'))).toContain('does not accept the API key (401)')
    const other = '00000000-1d2c-4f9e-8a61-0c5d2e9b4f10'
    expect(await failureOf(await connected({}, { cluster: other }))).toContain(`knows no cluster ${other}`)
  })
})
