import { describe, expect, it } from 'vitest'
import { type Authentik, authentik, authentikEvents } from '../servers/authentik'
import { shown } from './engine'
import { connectedTo, eventOf, expectTaken, failureOf, stumbling } from './vendor'

const token = 'an-authentik-token-nobody-may-see'

async function connected(of: Authentik, settings: object = {}, secret = token) {
  const server = await authentik(of)
  return connectedTo(server, 'authentik', { base: server.url, ...settings }, { token: secret })
}

describe('a pull from authentik', () => {
  it('brings every event once, newest first, through pages it has to ask for again', async () => {
    const events = authentikEvents(450)
    const vendor = await connected({ token, events })
    vendor.server.trouble = stumbling(2, 4)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    await expectTaken(vendor, report, { authentik: 450 })
    expect(report).toMatchObject({ retries: 2, streams: [{ events: 450, repeated: 0, said: 450 }] })
    expect(
      await eventOf(vendor, events[0]?.pk ?? '', ['@timestamp', 'user.name', 'event.action', 'source.ip'])
    ).toEqual({
      '@timestamp': events[0]?.created,
      'user.name': 'kim',
      'event.action': 'login',
      'source.ip': '203.0.113.7'
    })
  })

  it('goes down to what is known since last time, and no further', async () => {
    const of: Authentik = { token, events: authentikEvents(1500) }
    const vendor = await connected(of)
    await vendor.engine.pull({ connection: vendor.connection })
    of.events.push(...authentikEvents(3, Date.now()).map((event, index) => ({ ...event, pk: `new-${index}` })))
    const before = vendor.server.requests.length
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report.state).toBe('complete')
    expect(vendor.server.requests.length - before).toBe(1)
    expect(await shown(vendor.engine)).toBe(1503)
  })

  it('loses none and counts none twice while events arrive before the page at hand', async () => {
    const of: Authentik = { token, events: authentikEvents(350) }
    of.arriving = (page) => {
      const late = authentikEvents(7, Date.now() + page * 10_000)
      of.events.push(...late.map((event, index) => ({ ...event, pk: `late-${page}-${index}` })))
    }
    const vendor = await connected(of)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report.state).toBe('complete')
    const answer = await vendor.engine.sql(
      'SELECT count(*), count(DISTINCT "event.id") FROM event WHERE "event.id" NOT LIKE \'late-%\'',
      5
    )
    expect(answer.rows).toEqual([[350, 350]])
    expect(report.streams[0]?.repeated).toBeGreaterThan(0)
  })

  it('asks by date where the licence lets it, and stops where it does not', async () => {
    const day = 86_400_000
    const old = authentikEvents(150, Date.now() - 40 * day).map((event) => ({ ...event, pk: `old-${event.pk}` }))
    const of: Authentik = { token, events: [...old, ...authentikEvents(120)], licensed: true }
    const vendor = await connected(of, { licensed: true })
    const since = new Date(Date.now() - 2 * day).toISOString()
    const report = await vendor.engine.pull({ connection: vendor.connection, since })
    await expectTaken(vendor, report, { authentik: 120 })
    expect(vendor.server.requests.filter(({ query }) => query.get('page_size') === '100')).toHaveLength(2)

    // By date means by whole days: what is known of the day is not asked for once more.
    of.events.push(...authentikEvents(700, Date.now() - day).map((event) => ({ ...event, pk: `day-${event.pk}` })))
    of.events.push(...authentikEvents(2, Date.now()).map((event) => ({ ...event, pk: `late-${event.pk}` })))
    const before = vendor.server.requests.length
    const again = await vendor.engine.pull({ connection: vendor.connection })
    expect(again).toMatchObject({ state: 'complete', streams: [{ stream: 'dated', complete: true }] })
    expect(vendor.server.requests.slice(before).filter(({ query }) => query.get('page_size') === '100')).toHaveLength(1)

    of.licensed = false
    const stopped = await vendor.engine.pull({ connection: vendor.connection, since })
    expect(stopped.state).toBe('failed')
    expect(stopped.fault).toContain('does not filter events by date, for which it needs an enterprise licence')
  })

  it('says what is wrong with the token, which authentik answers with 403 in any case', async () => {
    const events = authentikEvents(1)
    expect(await failureOf(await connected({ token, events }))).toBeUndefined()
    expect(await failureOf(await connected({ token, events }, {}, 'another'))).toContain(
      'authentik does not accept the token. It has expired, was deleted, or its intent is not API.'
    )
    expect(await failureOf(await connected({ token, events, permitted: false }))).toContain(
      'lacks the permission authentik_events.view_event'
    )
  })
})
