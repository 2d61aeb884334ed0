import { describe, expect, it } from 'vitest'
import { type AsgardeoOrganization, asgardeo, asgardeoLogs } from '../servers/asgardeo'
import { uuid } from '../servers/moulded'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const token = 'a-console-token-nobody-may-see'
const secret = 'a-client-secret-nobody-may-see'

async function connected(
  more: Partial<AsgardeoOrganization> = {},
  settings: object = {},
  secrets: Record<string, string> = { token }
) {
  const server = await asgardeo({
    name: 'acme',
    token,
    client: { id: 'spoor', secret },
    events: asgardeoLogs(330),
    ...more
  })
  return connectedTo(server, 'asgardeo', { base: `${server.url}/t/acme`, ...settings }, secrets)
}

describe('a pull through the search of the Asgardeo console', () => {
  it('follows its tokens to the last page', async () => {
    const newest = Date.now() - 3_600_000
    const vendor = await connected({ events: asgardeoLogs(330, newest) })
    vendor.server.trouble = stumbling(2, 4, { body: { code: 'LOG-60004', message: 'Too many requests' } })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { asgardeo: 330 })
    expect(report).toMatchObject({ requests: 6, retries: 2, streams: [{ events: 330, repeated: 0 }] })
    expect(await eventOf(vendor, uuid(0), ['@timestamp', 'event.action', 'user.id', 'trace.id'])).toEqual({
      '@timestamp': new Date(newest - 329 * 1000).toISOString().replace('Z', '345Z'),
      'event.action': 'add-user',
      'user.id': '0f0f0f0f-0000-4000-8000-000000000001',
      'trace.id': 'req-1'
    })
  })

  it('signs in as an application where it is told, with its secret in a header', async () => {
    const vendor = await connected({}, { grant: 'client_credentials', client: 'spoor' }, { secret })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { asgardeo: 330 })
    expect(vendor.server.requests[0]?.body).toBe('grant_type=client_credentials')
  })

  it('says that the vendor does not support it, and what to do once it is gone', async () => {
    const vendor = await connected({ gone: true })
    const [info] = (await vendor.engine.connectors()).filter(({ id }) => id === 'asgardeo')
    expect(info?.support).toContain('Not supported by the vendor')
    expect(await failureOf(vendor)).toContain('have the logs published to Spoor instead')
  })

  it('says that a token of the console has ended', async () => {
    expect(await failureOf(await connected())).toBeUndefined()
    expect(await failureOf(await connected({}, {}, { token: 'an-older-one' }))).toContain(
      'Asgardeo does not accept the token (401). Tokens of the console are good for an hour or less'
    )
  })
})
