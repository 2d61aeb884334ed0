import { describe, expect, it } from 'vitest'
import { directoryAudits, type EntraTenant, microsoftGraph, signIns } from '../servers/microsoft-graph'
import { uuid } from '../servers/moulded'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const secret = 'an-entra-secret-nobody-may-see'
const tenant = (more: Partial<EntraTenant> = {}): EntraTenant => ({
  tenant: 'acme.example',
  client: 'app-1',
  secret,
  audit: directoryAudits(20),
  signins: signIns(20),
  ...more
})

async function connected(of: EntraTenant, settings: object = {}, given = secret) {
  const server = await microsoftGraph(of)
  const where = { base: server.url, login: server.url }
  return connectedTo(
    server,
    'microsoft-graph',
    { ...where, tenant: 'acme.example', client: 'app-1', ...settings },
    { secret: given }
  )
}

const limit = { body: { error: { code: 'TooManyRequests', message: 'Too many requests' } } }

describe('a pull from Microsoft Graph', () => {
  it('brings audits and sign-ins, each as what it is, page by page', async () => {
    const newest = Date.now() - 3_600_000
    const of = tenant({ audit: directoryAudits(2100, newest), signins: signIns(1200, newest) })
    const vendor = await connected(of)
    vendor.server.trouble = stumbling(3, 5, limit)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { 'entra.audit': 2100, 'entra.signin': 1200 })
    expect(report).toMatchObject({ retries: 2, streams: [{ events: 2100 }, { events: 1200 }] })
    expect(
      await eventOf(vendor, `Directory_${uuid(0)}`, ['@timestamp', 'event.action', 'user.name', 'user.target.name'])
    ).toEqual({
      '@timestamp': new Date(newest - 2099 * 1000).toISOString(),
      'event.action': 'Add member to role',
      'user.name': 'kim@example.com',
      'user.target.name': 'ada@example.com'
    })
    expect(await eventOf(vendor, uuid(0), ['event.action', 'event.outcome', 'source.ip'])).toEqual({
      'event.action': 'Sign-in activity',
      'event.outcome': 'success',
      'source.ip': '2001:db8::7'
    })
  })

  it('asks the beta for the other kinds of sign-ins where it is told', async () => {
    const kinds = ['interactiveUser', 'nonInteractiveUser', 'servicePrincipal', 'managedIdentity']
    const signins = signIns(40).map((event, index) => ({ ...event, signInEventTypes: [kinds[index % 4]] }))
    const vendor = await connected(tenant({ signins }), { beta: true })
    const report = await vendor.engine.pull({ connection: vendor.connection, streams: ['background', 'services'] })
    await expectTaken(vendor, report, { 'entra.signin': 30 })
    expect(report.streams.map(({ stream, events }) => ({ stream, events }))).toEqual([
      { stream: 'background', events: 10 },
      { stream: 'services', events: 20 }
    ])
  })

  it('keeps the audits of a tenant without the licence for sign-ins, and says that it lacks that', async () => {
    const vendor = await connected(tenant({ premium: false }))
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report).toMatchObject({
      state: 'failed',
      streams: [
        { events: 20, complete: true },
        { events: 0, complete: false }
      ]
    })
    expect(report.fault).toContain(
      'has no licence for sign-in logs (Microsoft Entra ID P1 or P2). Pull the stream audit alone.'
    )
    expect((await vendor.engine.caseState())?.events).toBe(20)
  })

  it('says what is wrong with tenant, application, secret or permission', async () => {
    expect(await failureOf(await connected(tenant(), { beta: true }))).toBeUndefined()
    expect(await failureOf(await connected(tenant(), { tenant: 'other.example' }))).toContain(
      'There is no tenant “other.example”.'
    )
    expect(await failureOf(await connected(tenant(), { client: 'app-2' }))).toContain(
      'There is no application app-2 in tenant'
    )
    expect(await failureOf(await connected(tenant(), {}, 'another'))).toContain("Give the secret's value, not its ID.")
    expect(await failureOf(await connected(tenant({ roles: ['User.Read.All'] })))).toContain(
      'lacks the application permission AuditLog.Read.All'
    )
  })
})
