import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { keycloak, userEvents } from '../servers/keycloak'
import { built, spoor } from './run'

// Each command is a process of its own.
vi.setConfig({ testTimeout: 240_000 })

let home: string

beforeAll(built)
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'spoor-cli-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
})

/** Sets variables of the environment until the test is over. */
function given(variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name]
  })
}

const connections = (...words: readonly string[]) => spoor(home, ['connections', ...words])

async function server() {
  const events = userEvents(5)
  const served = await keycloak({ name: 'acme', client: { id: 'spoor', secret: 'a-secret' }, events, admin: [] })
  onTestFinished(() => served.close())
  return served
}

describe('spoor connections', () => {
  it('says what a product asks for, and what has to be made there first', async () => {
    const { out, code } = await connections('types', 'keycloak')
    expect(code).toBe(0)
    expect(out).toContain('First: A client of the realm with a secret and service account enabled')
    expect(out).toMatch(/^base +Address +\(needed\) +Where Keycloak is/m)
    expect(out).toMatch(
      /^grant +Sign in as +client_credentials +client_credentials: a client with its secret; password/m
    )
    expect(out).toMatch(/^secret +Client secret +\(secret\)/m)
    expect(out).toContain('Streams: events (User events), admin (Admin events)')
    expect((await connections('types', 'http')).out).toMatch(/^stream\.request\.url +Address +\(needed\)/m)
    const one = JSON.parse((await connections('types', 'okta', '--json')).out)
    expect(one).toMatchObject({ id: 'okta', secrets: ['token', 'proxyPassword'] })
  })

  it('names what is still needed as it is typed, and refuses what it has no use for', async () => {
    const lacking = await connections('add', 'keycloak', 'realm=acme')
    expect(lacking.code).toBe(2)
    expect(lacking.err).toContain('Keycloak needs base=<Address> client=<Client ID>.')
    for (const words of [
      ['list', 'all'],
      ['types', 'okta', 'more'],
      ['test', 'a', 'b'],
      ['remove', 'a', 'b']
    ]) {
      const refused = await connections(...words)
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`what is ${words.at(-1)} for?`)])
    }
    const unknown = await connections('types', 'nothing')
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There is no type nothing. There are: ')])
  })

  it('connects without a terminal, by the environment alone, and says which secret it lacks', async () => {
    const { url } = await server()
    const added = await connections('add', 'keycloak', `base=${url}`, 'realm=acme', 'client=spoor')
    expect(added.code).toBe(0)
    expect(added.err).toContain('keycloak is kept; it contacts 127.0.0.1')
    expect(added.err).toContain('“Client secret” is not given yet: set SPOOR_KEYCLOAK_SECRET for each run.')
    given({ SPOOR_KEYCLOAK_SECRET: 'a-secret' })
    const tested = await connections('test', 'keycloak')
    expect([tested.code, tested.out]).toEqual([0, expect.stringContaining('User events can be read.')])
    const removed = await connections('remove', 'keycloak')
    expect([removed.code, removed.err]).toEqual([0, expect.stringContaining('keycloak is forgotten')])
    expect(JSON.parse((await connections('list', '--json')).out)).toEqual({ connections: [] })
  })

  it('changes the passphrase of its secrets, and drops one that is forgotten', async () => {
    const { url } = await server()
    const secrets = join(home, 'secrets.txt')
    writeFileSync(secrets, 'secret=a-secret\n')
    const none = await connections('passphrase')
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('No secret is kept under a passphrase yet')])
    given({ SPOOR_PASSPHRASE: 'correct horse', SPOOR_NEW_PASSPHRASE: 'battery staple' })
    const words = ['add', 'keycloak', `base=${url}`, 'realm=acme', 'client=spoor', '--secrets', secrets]
    expect((await connections(...words)).code).toBe(0)
    expect((await connections('test', 'keycloak')).code).toBe(0)
    const changed = await connections('passphrase')
    expect([changed.code, changed.err]).toEqual([0, expect.stringContaining('under the new passphrase')])
    const old = await connections('test', 'keycloak')
    expect([old.code, old.err]).toEqual([1, expect.stringContaining('not the passphrase')])
    given({ SPOOR_PASSPHRASE: 'battery staple' })
    expect((await connections('test', 'keycloak')).code).toBe(0)
    expect((await connections('passphrase', '--forget')).code).toBe(0)
    expect(readFileSync(join(home, 'secrets.json'), 'utf8')).not.toContain('sealed')
    const [left] = JSON.parse((await connections('list', '--json')).out).connections
    expect(left.secrets.secret).toBe('missing')
  })
})
