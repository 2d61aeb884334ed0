import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keycloak, type Realm, userEvents } from '../servers/keycloak'
import { type Reply, standIn } from '../servers/strict-server'
import { connectedEngine } from './engine'

const fixtures = resolve(import.meta.dirname, '../fixtures/connect')
const pem = (name: string) => readFileSync(join(fixtures, name), 'utf8')
const tls = (name: string) => ({ key: pem(`${name}.key`), cert: pem(`${name}.crt`) })
const secret = 'a-client-secret-nobody-may-see'
const realm = (more: Partial<Realm> = {}): Realm => ({
  name: 'acme',
  client: { id: 'spoor', secret },
  events: userEvents(3),
  admin: [],
  ...more
})

/** What a test of this connection finds wrong, or worth knowing. */
async function found(settings: Readonly<Record<string, unknown>>, given = secret) {
  const { engine } = await connectedEngine()
  const diagnosis = await engine.testConnection({
    name: 'Keycloak',
    connector: 'keycloak',
    settings: { realm: 'acme', client: 'spoor', grant: 'client_credentials', ...settings },
    secrets: { secret: given }
  })
  return { ...diagnosis, notable: diagnosis.steps.filter(({ state }) => state !== 'passed') }
}

async function server(of = realm(), base = '', certificate?: string) {
  const made = await keycloak(of, base, certificate ? tls(certificate) : undefined)
  onTestFinished(() => made.close())
  return made
}

describe('the test of a connection', () => {
  it('is told in the chain of custody of the case that is open, with each request, those that failed too', async () => {
    const { engine, folder } = await connectedEngine()
    const told = () =>
      readFileSync(join(folder, 'custody.jsonl'), 'utf8')
        .split('\n')
        .flatMap((line) => (line.includes('"did":"tested"') ? [JSON.parse(line).detail] : []))
    const { url, requests, port } = await server()
    const draft = {
      name: 'Keycloak',
      connector: 'keycloak',
      settings: { base: url, realm: 'acme', client: 'spoor' },
      secrets: { secret }
    }
    expect((await engine.testConnection(draft)).ok).toBe(true)
    expect(told()).toMatchObject([{ name: 'Keycloak', hosts: [`127.0.0.1:${port}`] }])
    expect(told()[0].requests).toHaveLength(requests.length)
    const [signIn, config] = told()[0].requests
    expect(signIn).toMatch(
      /^1 \S+Z POST http\S+\/realms\/acme\/protocol\/openid-connect\/token: 200, \d+ bytes, SHA-256 [0-9a-f]{64}$/
    )
    expect(config).toMatch(/^2 \S+Z GET http\S+\/admin\/realms\/acme\/events\/config: 200, \d+ bytes, SHA-256 /)
    expect((await engine.testConnection({ ...draft, secrets: { secret: 'another-secret-of-somebody' } })).ok).toBe(
      false
    )
    expect(told()[1].requests).toEqual([expect.stringMatching(/^1 \S+Z POST \S+: 401, /)])
    expect(JSON.stringify(told())).not.toContain(secret)
    expect((await engine.verify()).clean).toBe(true)
    await engine.closeCase()
    expect((await engine.testConnection(draft)).ok).toBe(true)
    expect(told()).toHaveLength(2)
  })

  it('passes where a pull would', async () => {
    const { url, requests } = await server()
    const { ok, steps } = await found({ base: url })
    expect(steps.map(({ what, state }) => `${what} ${state}`)).toEqual([
      'address passed',
      'connection passed',
      'sign-in passed',
      'events passed',
      'events passed',
      'clock passed'
    ])
    expect(ok).toBe(true)
    // As little as shows it: a token, the settings, one event of each stream.
    expect(requests).toHaveLength(4)
  })

  it('names a host that is not known', async () => {
    const { notable } = await found({ base: 'https://no-such-host.invalid' })
    expect(notable).toEqual([
      {
        what: 'address',
        state: 'failed',
        sentence:
          'The name no-such-host.invalid is not known (DNS). Check how it is written, and whether a VPN or a proxy is needed.'
      }
    ])
  })

  it.each(['http', 'https'])('names the proxy, not the server, where that cannot be reached for %s', async (scheme) => {
    const { port, url } = await server()
    const base = scheme === 'http' ? url : `https://127.0.0.1:${port}`
    const { notable } = await found({ base, proxy: 'http://127.0.0.1:9' })
    expect(notable).toEqual([
      {
        what: 'connection',
        state: 'failed',
        sentence:
          'The proxy cannot be asked. Nothing answers at 127.0.0.1:9: the connection was refused. Is the port right, and does the server run?'
      }
    ])
  })

  it('says that nothing answers at a port', async () => {
    const free = createServer()
    const port = await new Promise<number>((done) =>
      free.listen(0, '127.0.0.1', () => done((free.address() as { port: number }).port))
    )
    await new Promise((done) => free.close(done))
    const { notable } = await found({ base: `http://127.0.0.1:${port}` })
    expect(notable).toEqual([
      {
        what: 'connection',
        state: 'failed',
        sentence: `Nothing answers at 127.0.0.1:${port}: the connection was refused. Is the port right, and does the server run?`
      }
    ])
  })

  it.each([
    ['self-signed', 'is signed by itself'],
    ['trusted', 'Nobody known here vouches for the certificate'],
    ['expired', 'has expired']
  ])('refuses a certificate that is %s', async (name, says) => {
    const { url } = await server(realm(), '', name)
    const { notable } = await found({ base: url })
    expect(notable).toMatchObject([{ what: 'certificate', state: 'failed' }])
    expect(notable[0]?.sentence).toContain(says)
  })

  it('trusts an authority that was given, and still refuses what is expired or for another name', async () => {
    const [good, expired, other] = await Promise.all([
      server(realm(), '', 'trusted'),
      server(realm(), '', 'expired'),
      server(realm(), '', 'wrong-name')
    ])
    const ca = pem('authority.crt')
    expect((await found({ base: good.url, ca })).ok).toBe(true)
    expect((await found({ base: expired.url, ca })).notable[0]?.sentence).toContain('has expired')
    expect((await found({ base: other.url, ca })).notable[0]?.sentence).toContain('is for another name: other.example')
  })

  it('tells http from https', async () => {
    const [plain, secure] = await Promise.all([server(), server(realm(), '', 'trusted')])
    expect((await found({ base: plain.url.replace('http:', 'https:') })).notable[0]?.sentence).toContain(
      'is not encrypted at this port'
    )
    const { notable } = await found({ base: secure.url.replace('https:', 'http:') })
    expect(notable).toMatchObject([{ state: 'failed' }])
  })

  it('names the client whose secret is wrong', async () => {
    const { url } = await server()
    expect((await found({ base: url }, 'another-secret')).notable).toEqual([
      {
        what: 'sign-in',
        state: 'failed',
        sentence:
          'Keycloak knows client “spoor”, but not with this secret (Clients → spoor → Credentials). It says: “Invalid client or Invalid client credentials”'
      }
    ])
  })

  it('names the role that is missing', async () => {
    const { url } = await server(realm({ roles: [] }))
    const { notable } = await found({ base: url })
    expect(notable).toMatchObject([{ what: 'events', state: 'failed' }])
    expect(notable[0]?.sentence).toContain('lacks the role view-events of realm-management in realm “acme”')
  })

  it('tells a wrong realm from a wrong address', async () => {
    const [{ url }, old] = await Promise.all([server(), server(realm(), '/auth')])
    expect((await found({ base: url, realm: 'Acme' })).notable[0]?.sentence).toContain('There is no realm “Acme”')
    expect((await found({ base: `${url}/auth` })).notable[0]?.sentence).toContain(
      'For servers before version 17 the address ends with /auth'
    )
    expect((await found({ base: `${old.url}/auth` })).ok).toBe(true)
  })

  it('says what is switched off, and fails only where nothing is left', async () => {
    const half = await server(realm({ config: { adminEventsEnabled: false, adminEventsDetailsEnabled: false } }))
    const first = await found({ base: half.url })
    expect(first.ok).toBe(true)
    expect(first.notable.map(({ state }) => state)).toEqual(['warned', 'warned'])
    const none = await server(realm({ config: { eventsEnabled: false, adminEventsEnabled: false } }))
    const second = await found({ base: none.url })
    expect(second.ok).toBe(false)
    expect(second.notable.map(({ sentence }) => sentence).join(' ')).toContain('does not save user events')
  })

  it('says that a clock goes wrong', async () => {
    const late = () => Date.now() - 600_000
    // Keycloak says what time it is in its tokens only, others in every answer.
    const made = await server(realm({ clock: late }))
    const dated = await server()
    const first: Reply = {
      headers: { date: new Date(late()).toUTCString() },
      body: { access_token: 'x'.repeat(20), expires_in: 60 }
    }
    dated.trouble = (number) => (number === 1 ? first : undefined)
    for (const { url } of [made, dated])
      expect((await found({ base: url })).steps.find(({ what }) => what === 'clock')).toMatchObject({
        state: 'warned',
        sentence: expect.stringContaining("10 minutes ahead of the server's")
      })
  })

  it('does not follow to another host, and names it', async () => {
    const other = await standIn(() => ({ body: {} }))
    onTestFinished(() => other.close())
    const made = await server()
    made.trouble = () => ({ status: 302, headers: { location: `${other.url}/login` } })
    const { notable } = await found({ base: made.url })
    expect(notable[0]?.sentence).toContain(`sends us on to ${other.url}, where nothing was asked`)
    expect(other.requests).toHaveLength(0)
  })

  it('sends no secret over unencrypted HTTP to another machine', async () => {
    const { notable } = await found({ base: 'http://id.example.com' })
    expect(notable).toMatchObject([
      { what: 'settings', state: 'failed', sentence: expect.stringContaining('would be asked over unencrypted HTTP') }
    ])
  })

  it('tells a page for people from an API', async () => {
    const made = await server()
    made.trouble = (_, { path }) =>
      path.endsWith('/events')
        ? { headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title></html>' }
        : undefined
    expect((await found({ base: made.url })).notable[0]?.sentence).toContain('with a page for people instead of JSON')
  })
})
