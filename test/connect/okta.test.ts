import { describe, expect, it } from 'vitest'
import { uuid } from '../servers/moulded'
import { type Organisation, okta, oktaLimit, systemLog } from '../servers/okta'
import { shown } from './engine'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const token = '00a-token-nobody-may-see'

async function connected(of: Organisation, secret = token) {
  const server = await okta(of)
  return connectedTo(server, 'okta', { base: server.url, timeout: 5 }, { token: secret })
}

describe('a pull from Okta', () => {
  it('follows the links to the end of the stretch it asked for, and waits until the limit is set back', async () => {
    const newest = Date.now() - 20 * 86_400_000
    const vendor = await connected({ token, events: systemLog(2600, newest) })
    vendor.server.trouble = stumbling(2, 4, oktaLimit())
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { okta: 2600 })
    expect(report).toMatchObject({ requests: 5, retries: 2, streams: [{ events: 2600, repeated: 0 }] })
    expect(await eventOf(vendor, uuid(0), ['@timestamp', 'event.id'])).toEqual({
      '@timestamp': new Date(newest - 2599 * 1000).toISOString(),
      'event.id': uuid(0)
    })
  })

  it('asks since last time with an overlap, and shows what came twice once', async () => {
    const of: Organisation = { token, events: systemLog(30, Date.now() - 5000) }
    const vendor = await connected(of)
    await vendor.engine.pull({ connection: vendor.connection })
    of.events.push({ ...of.events[0], uuid: uuid(99), published: new Date().toISOString() })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report.streams[0]?.events).toBe(31)
    expect(await shown(vendor.engine)).toBe(31)
  })

  it('says what is wrong with the token', async () => {
    const events = systemLog(1)
    expect(await failureOf(await connected({ token, events }))).toBeUndefined()
    expect(await failureOf(await connected({ token, events }, 'another'))).toContain(
      'Okta does not accept the token (401). It was revoked'
    )
    expect(await failureOf(await connected({ token, events, permitted: false }))).toContain(
      'may not read the System Log (403)'
    )
  })
})
