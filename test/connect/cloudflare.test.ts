import { describe, expect, it } from 'vitest'
import { type Account, auditV1, auditV2, cloudflare } from '../servers/cloudflare'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const token = 'a_cloudflare_token_nobody_may_see'
const id = '4bb334f7c94c4a29a045f03944f072e5'

async function connected(more: Partial<Account> = {}, settings: object = {}, secret = token) {
  const server = await cloudflare({ id, token, v2: auditV2(5), ...more })
  return connectedTo(
    server,
    'cloudflare',
    { base: `${server.url}/client/v4`, account: id, ...settings },
    { token: secret }
  )
}

const limit = {
  body: { success: false, errors: [{ code: 971, message: 'Please wait and consider throttling your request speed' }] }
}

describe('a pull from Cloudflare', () => {
  it('brings version 2 of the audit logs, by cursor', async () => {
    const newest = Date.now() - 200 * 86_400_000
    const vendor = await connected({ v2: auditV2(2300, newest) })
    vendor.server.trouble = stumbling(2, 4, limit)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { 'cloudflare.v2': 2300 })
    expect(report).toMatchObject({ requests: 5, retries: 2, streams: [{ stream: 'v2', events: 2300, repeated: 0 }] })
    expect(await eventOf(vendor, '0'.repeat(32), ['@timestamp', 'event.action', 'user.name', 'source.ip'])).toEqual({
      '@timestamp': new Date(newest - 2299 * 1000).toISOString(),
      'event.action': 'members create',
      'user.name': 'kim@example.com',
      'source.ip': '203.0.113.7'
    })
  })

  it('brings version 1, by pages until one is empty', async () => {
    const vendor = await connected({ v1: auditV1(1200) }, { version: 'v1' })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { 'cloudflare.api': 1200 })
    expect(report).toMatchObject({ requests: 3, streams: [{ stream: 'v1', events: 1200 }] })
  })

  it('says what is wrong with the token', async () => {
    expect(await failureOf(await connected())).toBeUndefined()
    expect(await failureOf(await connected({ v1: auditV1(1) }, { version: 'v1' }))).toBeUndefined()
    expect(await failureOf(await connected({}, {}, 'short'))).toContain('is no API token of Cloudflare (400)')
    expect(await failureOf(await connected({}, {}, 'another_token_of_cloudflare'))).toContain(
      `does not accept the token for account ${id}`
    )
    expect(await failureOf(await connected({ permitted: false }))).toContain(
      'It needs the permission Account Settings Read for it.'
    )
  })
})
