import { describe, expect, it } from 'vitest'
import { type Log, pages, plainEvents, plainToken } from '../servers/pages'
import { Refused, standIn } from '../servers/strict-server'
import { shown } from './engine'
import { connectedTo, failureOf, stumbling } from './vendor'

const query = [
  { name: 'limit', value: '{size}' },
  { name: 'since', value: '{since}' },
  { name: 'until', value: '{until}' }
]

/** What an analyst types for each way of paging, as the form gives it: with fields for the other ways too. */
const typed = {
  cursor: {
    list: 'data',
    also: [{ name: 'cursor', value: '{cursor}' }],
    paging: { kind: 'cursor', next: 'next', more: '', first: 1 }
  },
  link: { list: '', also: [], paging: { kind: 'link', next: '', more: '', first: 1 } },
  url: { list: 'value', also: [], paging: { kind: 'url', next: '"@next.link"', first: 1 } },
  offset: { list: 'data', also: [{ name: 'offset', value: '{offset}' }], paging: { kind: 'offset', first: 1 } },
  page: {
    list: 'results',
    also: [{ name: 'page', value: '{page}' }],
    paging: { kind: 'page', next: 'pagination.next', first: 1 }
  }
} as const

async function connected(by: Log['by'], more: object = {}, token = plainToken) {
  const events = plainEvents(450)
  const server = await pages({ events, by, order: 'newest', token: plainToken, most: 100 })
  const { list, also, paging } = typed[by]
  const stream = {
    title: '',
    request: { method: 'GET', url: `${server.url}/log`, query: [...query, ...also], headers: [], body: '' },
    answer: { list, sparse: false, id: 'id', time: 'time', order: 'newest', total: '' },
    paging,
    times: { window: 'iso' },
    size: { usual: 100 },
    source: '',
    ...more
  }
  return connectedTo(server, 'http', { auth: { kind: 'bearer' }, stream }, { 'auth.token': token })
}

describe('an API that nobody wrote a definition for', () => {
  it.each(Object.keys(typed) as Log['by'][])('is pulled with what was typed into the form, paged by %s', async (by) => {
    const vendor = await connected(by)
    vendor.server.trouble = stumbling(2, 4)
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report.fault).toBeUndefined()
    expect(report).toMatchObject({
      state: 'complete',
      retries: 2,
      streams: [{ title: 'Events', events: 450, complete: true }]
    })
    expect(await shown(vendor.engine)).toBe(450)
    expect((await vendor.engine.verify()).clean).toBe(true)
    const [connection] = await vendor.engine.connections()
    expect(connection?.hosts).toEqual([`127.0.0.1:${vendor.server.port}`])
  })

  it('is asked by time too, and comes to an end where the server knows of no offset', async () => {
    const events = plainEvents(250)
    const server = await standIn(({ query: asked }) => {
      const [since, until] = [asked.get('since') ?? '', asked.get('until') ?? '9']
      const within = events.filter(({ time }) => time >= since && time <= until)
      return { body: within.toReversed().slice(0, 100) }
    })
    const stream = {
      request: { url: `${server.url}/log`, query },
      answer: { id: 'id', time: 'time' },
      paging: { kind: 'time' },
      times: { window: 'iso' },
      size: { usual: 100 }
    }
    const vendor = await connectedTo(server, 'http', { stream }, {})
    const report = await vendor.engine.pull({ connection: vendor.connection })
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 250, complete: true }] })
    expect(await shown(vendor.engine)).toBe(250)
  })

  it('signs in in each of the ways there are', async () => {
    const basic = `Basic ${Buffer.from('ada:a-password').toString('base64')}`
    const server = await standIn((asked) => {
      if (asked.path === '/token') {
        if (asked.form().get('client_secret') !== 'a-client-secret') throw new Refused(401, { error: 'invalid_client' })
        return { body: { access_token: 'a-token-of-oauth', expires_in: 60 } }
      }
      const wanted: Record<string, boolean> = {
        '/none': asked.headers.authorization === undefined,
        '/header': asked.headers['x-api-key'] === 'an-api-key',
        '/basic': asked.headers.authorization === basic,
        '/oauth2': asked.headers.authorization === 'Bearer a-token-of-oauth'
      }
      if (!wanted[asked.path]) throw new Refused(401, { message: 'who are you?' })
      return { body: [{ id: asked.path, time: '2026-11-01T00:00:00Z', action: 'seen', actor: 'ada' }] }
    })
    const ways = {
      none: [{ kind: 'none' }, {}],
      header: [{ kind: 'header', header: 'X-Api-Key' }, { 'auth.value': 'an-api-key' }],
      basic: [{ kind: 'basic', user: 'ada' }, { 'auth.password': 'a-password' }],
      oauth2: [{ kind: 'oauth2', url: `${server.url}/token`, client: 'spoor' }, { 'auth.secret': 'a-client-secret' }]
    } as const
    for (const [kind, [auth, secrets]] of Object.entries(ways)) {
      const stream = { request: { url: `${server.url}/${kind}` }, order: 'newest', paging: { kind: 'none' } }
      const vendor = await connectedTo(server, 'http', { auth, stream }, secrets)
      expect(await failureOf(vendor), kind).toBeUndefined()
    }
  })

  it('sends no secret in an address, where it would be written down on its way', async () => {
    const server = await standIn(() => ({ body: [] }))
    const request = { url: `${server.url}/log`, query: [{ name: 'key', value: '{auth.token}' }] }
    const stream = { request, order: 'newest', paging: { kind: 'none' } }
    const secrets = { 'auth.token': 'an-api-key + of-some-length' }
    const vendor = await connectedTo(server, 'http', { auth: { kind: 'bearer' }, stream }, secrets)
    expect(await failureOf(vendor)).toContain('A secret would stand in the address of 127.0.0.1')
    expect(server.requests).toHaveLength(0)
  })

  it('says what is not right in what was typed', async () => {
    const vendor = await connected('cursor')
    const [connection] = await vendor.engine.connections()
    const settings = connection?.settings ?? {}
    const stream = settings['stream'] as Record<string, unknown>
    const request = stream['request'] as Record<string, unknown>
    const testing = async (changed: object) => {
      const draft = {
        name: 'x',
        connector: 'http',
        settings: { ...settings, stream: { ...stream, ...changed } },
        secrets: { 'auth.token': plainToken }
      }
      return vendor.engine.testConnection(draft).then(
        ({ steps }) => steps.find(({ state }) => state === 'failed')?.sentence,
        (error: Error) => error.message
      )
    }
    expect(await testing({})).toBeUndefined()
    expect(await testing({ paging: { kind: 'cursor', next: '' } })).toContain('lacks “next”')
    // Of a connection that is edited too, though its secrets were given for what it was before.
    const edited = { ...settings, stream: { ...stream, paging: { kind: 'cursor', next: '' } } }
    const of = { id: connection?.id ?? '', name: 'x', connector: 'http', settings: edited }
    expect((await vendor.engine.testConnection(of)).steps[0]?.sentence).toContain('lacks “next”')
    expect(await testing({ request: { ...request, method: 'POST', body: '{ "limit": {size} }' } })).toContain(
      'The body is no JSON.'
    )
    expect(await testing({ answer: { list: 'items' } })).toContain(
      'holds no list at items; it has data, next. Check the address, and where the list'
    )
  })
})
