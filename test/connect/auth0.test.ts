import { describe, expect, it } from 'vitest'
import { auth0, type Tenant, tenantLog } from '../servers/auth0'
import { shown } from './engine'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const secret = 'an-auth0-secret-nobody-may-see'
const tenant = (more: Partial<Tenant> = {}): Tenant => ({ client: 'spoor', secret, events: tenantLog(1250), ...more })

async function connected(of: Tenant, given = secret) {
  const server = await auth0(of)
  return connectedTo(server, 'auth0', { base: server.url, client: 'spoor' }, { secret: given })
}

const limit = {
  status: 429,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000)) },
  body: {
    statusCode: 429,
    error: 'Too Many Requests',
    message: 'Global limit has been reached',
    errorCode: 'too_many_requests'
  }
}

describe('a pull from Auth0', () => {
  it('goes beyond the 1,000 events of a search, from checkpoint to checkpoint', async () => {
    const newest = Date.now() - 3_600_000
    const vendor = await connected(tenant({ events: tenantLog(1250, newest) }))
    vendor.server.trouble = stumbling(3, 6, limit)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { auth0: 1250 })
    expect(report).toMatchObject({ retries: 2, streams: [{ events: 1250, repeated: 0 }] })
    const first = String(tenantLog(1250, newest)[0]?.['log_id'])
    expect(await eventOf(vendor, first, ['@timestamp', 'event.action', 'user.name', 'source.ip'])).toEqual({
      '@timestamp': new Date(newest - 1249 * 1000).toISOString(),
      'event.action': 's',
      'user.name': 'ada@example.com',
      'source.ip': '203.0.113.7'
    })
  })

  it('goes on since last time behind the last event, with nothing asked for twice', async () => {
    const of = tenant({ events: tenantLog(120, Date.now() - 60_000) })
    const vendor = await connected(of)
    await vendor.engine.pull({ connection: vendor.connection })
    of.events.push(...tenantLog(4, Date.now()))
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report.streams[0]).toMatchObject({ events: 4, complete: true })
    expect(await shown(vendor.engine)).toBe(124)
  })

  it('begins at a day, and ends where all lies behind the end', async () => {
    const of = tenant({
      events: [
        ...tenantLog(20, Date.parse('2026-11-18T12:00:00Z')),
        ...tenantLog(250, Date.parse('2026-11-20T12:00:00Z'))
      ]
    })
    const vendor = await connected(of)
    const report = await vendor.engine.pull({
      connection: vendor.connection,
      since: '2026-11-19T06:00:00Z',
      until: '2026-11-20T11:56:00Z'
    })
    // The oldest event, a page of 100 that goes past the end, and one that lies behind it wholly.
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 201, complete: true }] })
  })

  it('says what the application lacks', async () => {
    const few = { events: tenantLog(1) }
    expect(await failureOf(await connected(tenant(few)))).toBeUndefined()
    expect(await failureOf(await connected(tenant(few), 'another'))).toContain(
      'Auth0 does not know application “spoor”'
    )
    expect(await failureOf(await connected(tenant({ ...few, granted: false })))).toContain(
      'is not authorised for the Management API'
    )
    expect(await failureOf(await connected(tenant({ ...few, scopes: ['read:users'] })))).toContain(
      'lacks the permission read:logs'
    )
  })
})
