import { describe, expect, it } from 'vitest'
import { activities, type Domain, googleLimit, googleWorkspace } from '../servers/google-workspace'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const administrator = 'admin@example.com'

async function connected(more: Partial<Domain> = {}, settings: object = {}, change = (key: string) => key) {
  const server = await googleWorkspace({ administrator, activities: {}, ...more })
  return connectedTo(
    server,
    'google-workspace',
    { base: server.url, login: `${server.url}/token`, subject: administrator, ...settings },
    { key: change(server.key) }
  )
}

describe('a pull from Google Workspace', () => {
  it('signs in with a key, and brings each activity of each application with all of its events', async () => {
    const newest = Date.now() - 3_600_000
    const all = { admin: activities('admin', 2500, newest), login: activities('login', 30, newest) }
    const vendor = await connected({ activities: all })
    vendor.server.trouble = stumbling(3, 5, googleLimit())
    const report = await vendor.engine.pull({ connection: vendor.connection, streams: ['admin', 'login', 'drive'] })
    const events = [...all.admin, ...all.login].reduce((sum, one) => sum + (one['events'] as unknown[]).length, 0)
    expect(events).toBeGreaterThan(2530)
    await expectTaken(vendor, report, { 'google.workspace': events })
    expect(report).toMatchObject({ retries: 2, streams: [{ events: 2500 }, { events: 30 }, { events: 0 }] })
    // Qualifiers are the same in both applications: an event of one is none of the other.
    expect((await vendor.engine.ledger()).map(({ conflicts, duplicates }) => [conflicts, duplicates])).toEqual(
      (await vendor.engine.ledger()).map(() => [0, 0])
    )
    const fields = ['@timestamp', 'event.action', 'user.name', 'source.ip'] as const
    const time = new Date(newest - 99 * 1000).toISOString()
    expect(
      await eventOf(vendor, `${time}.admin.-2401.CHANGE_APPLICATION_SETTING`, [...fields, 'resource.name'])
    ).toEqual({
      '@timestamp': time,
      'event.action': 'CHANGE_APPLICATION_SETTING',
      'user.name': 'kim@example.com',
      'source.ip': '203.0.113.7',
      'resource.name': 'Two step'
    })
  })

  it('contacts the addresses of its settings, and none that stands in the key', async () => {
    const vendor = await connected()
    const [connection] = await vendor.engine.connections()
    expect(connection?.hosts).toEqual([`127.0.0.1:${vendor.server.port}`])
    expect(JSON.stringify(await vendor.engine.connections())).not.toContain('PRIVATE KEY')
  })

  it('says what is not granted, not there or not a key', async () => {
    expect(await failureOf(await connected())).toBeUndefined()
    expect(await failureOf(await connected({ delegated: false }))).toContain('Domain-wide delegation')
    expect(await failureOf(await connected({ privileged: false }))).toContain(
      'admin@example.com may not read reports. It must be an administrator with the privilege Reports.'
    )
    expect(await failureOf(await connected({}, { subject: 'nobody@example.com' }))).toContain(
      'nobody@example.com is no user of the domain'
    )
    expect(await failureOf(await connected({}, {}, () => 'no key'))).toContain('is not the JSON file that Google gives')
  })
})
