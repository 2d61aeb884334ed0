import { describe, expect, it } from 'vitest'
import { auditLog, github, githubLimit, type Organization } from '../servers/github'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const token = 'ghp_a_token_nobody_may_see'

async function connected(more: Partial<Organization> = {}, settings: object = {}, secret = token) {
  const server = await github({ name: 'acme', token, events: auditLog(350), ...more })
  return connectedTo(server, 'github', { base: server.url, name: 'acme', ...settings }, { token: secret })
}

describe('a pull from GitHub', () => {
  it('brings what lies months back too, and waits where a limit is told with 403', async () => {
    const newest = Date.now() - 120 * 86_400_000
    const vendor = await connected({ events: auditLog(350, newest) })
    vendor.server.trouble = stumbling(2, 4, githubLimit())
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { 'github.audit': 350 })
    expect(report).toMatchObject({ requests: 6, retries: 2, streams: [{ events: 350, repeated: 0 }] })
    expect(await eventOf(vendor, 'document-000000', ['@timestamp', 'event.action', 'user.name', 'source.ip'])).toEqual({
      '@timestamp': new Date(newest - 349 * 1000).toISOString(),
      'event.action': 'repo.access',
      'user.name': 'kim',
      'source.ip': '203.0.113.7'
    })
  })

  it('asks for a stretch to the second, and gets what happened within its last one', async () => {
    const newest = Date.parse('2026-11-20T12:00:00.500Z')
    const vendor = await connected({ events: auditLog(10, newest) })
    const report = await vendor.engine.pull({
      connection: vendor.connection,
      since: '2026-11-20T11:59:58.700Z',
      until: '2026-11-20T12:00:00.500Z'
    })
    expect(vendor.server.requests[0]?.query.get('phrase')).toBe('created:2026-11-20T11:59:58Z..2026-11-20T12:00:01Z')
    expect(report.streams[0]?.events).toBe(3)
  })

  it('leaves out Git events where it is told', async () => {
    const events = auditLog(20).map((event, index) => ({ ...event, action: index % 2 ? 'git.clone' : 'repo.access' }))
    const vendor = await connected({ events }, { include: 'web' })
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { 'github.audit': 10 })
  })

  it('says what is wrong with the token or the name', async () => {
    expect(await failureOf(await connected())).toBeUndefined()
    expect(await failureOf(await connected({}, {}, 'ghp_another'))).toContain('GitHub does not accept the token (401)')
    expect(await failureOf(await connected({ scopes: ['repo'] }))).toContain(
      'needs the scope read:audit_log and an owner'
    )
    expect(await failureOf(await connected({}, { name: 'another' }))).toContain(
      'There is no audit log of “another” to be had (404)'
    )
  })
})
