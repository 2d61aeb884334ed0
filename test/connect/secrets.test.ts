import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { variableOf } from '../../src-main/contract/connect'
import { selfSigned } from '../../src-main/engine/connect/self-signed'
import { Vault } from '../../src-main/engine/connect/vault'
import { temporaryFolder } from '../engine/folder'
import { keycloak, userEvents } from '../servers/keycloak'
import { type Log, plainToken } from '../servers/pages'
import { standIn } from '../servers/strict-server'
import { connectedEngine } from './engine'
import { plain } from './plain'

const secret = 'a-client-secret-nobody-may-see'
const ways = ['https://id.example.com']
const password = 'a password nobody may see: "ä"/+?'

const nothing: Log = { events: [], by: 'cursor', order: 'newest', token: plainToken, most: 100 }
const authority = selfSigned(['localhost'], new Date()).certificate

/** Every file below a folder that holds one of these texts. */
function holding(folder: string, texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile()) return []
    const bytes = readFileSync(path)
    return texts.some((text) => bytes.includes(text)) ? [path] : []
  })
}

describe('secrets', () => {
  it('stand in no file, message, report or URL, whatever goes wrong', async () => {
    const said: string[] = []
    for (const stream of ['stdout', 'stderr'] as const)
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        said.push(String(text))
        return true
      })
    onTestFinished(() => void vi.restoreAllMocks())
    const of = {
      name: 'acme',
      client: { id: 'spoor', secret },
      user: { name: 'auditor', password },
      events: userEvents(50),
      admin: [],
      expiresIn: 2
    }
    const server = await keycloak(of)
    onTestFinished(() => server.close())
    const { engine, folder, home, progress } = await connectedEngine()
    const settings = { base: server.url, realm: 'acme', client: 'spoor', grant: 'password', user: 'auditor' }
    const draft = { name: 'Keycloak', connector: 'keycloak', settings: { ...settings, secret, password } }
    await engine.saveConnection({ ...draft, secrets: { secret, password } })
    // A server that says back what it was sent, fails, and sends us elsewhere with the token in the address.
    server.trouble = (number, { body, headers }) => {
      if (number === 2) return { status: 500, body: { error: `token ${headers.authorization} sent ${body}` } }
      if (number === 5)
        return { status: 302, headers: { location: `/?token=${headers.authorization}` }, body: headers.authorization }
      return undefined
    }
    const first = await engine.pull({ connection: 'keycloak' })
    expect(first.state).toBe('failed')
    server.trouble = (_, { body }) =>
      body.includes('password=')
        ? { status: 400, body: { error: 'invalid_grant', error_description: body } }
        : undefined
    const second = await engine.pull({ connection: 'keycloak' })
    expect(second.fault).toContain('password=[secret]')
    server.trouble = undefined
    const third = await engine.pull({ connection: 'keycloak' })
    expect(third.state).toBe('complete')
    const shown = JSON.stringify([
      first,
      second,
      third,
      progress,
      await engine.pulls(),
      await engine.connections(),
      await engine.testConnection('keycloak')
    ])
    await engine.closeCase()
    const texts = [
      secret,
      password,
      encodeURIComponent(password),
      'a+password+nobody+may+see%3A+%22%C3%A4%22%2F%2B%3F',
      JSON.stringify(password).slice(1, -1),
      'not-to-be-seen',
      Buffer.from(secret).toString('base64')
    ]
    for (const text of texts)
      expect([...said, shown, server.requests.map(({ query }) => query.toString())].join('\n')).not.toContain(text)
    expect(holding(folder, texts)).toEqual([])
    expect(holding(home, texts)).toEqual([])
  })

  it('do not follow a connection to another address: there they are given again', async () => {
    const heard: unknown[] = []
    const other = await standIn(({ headers, body }) => {
      heard.push(headers.authorization, body)
      return { body: [] }
    })
    const { engine, server } = await plain(nothing)
    onTestFinished(() => other.close())
    const [kept] = await engine.connections()
    const draft = { id: 'plain', name: 'Plain', connector: 'plain', settings: { ...kept?.settings, base: other.url } }
    await engine.testConnection(draft, 'elsewhere')
    expect((await engine.saveConnection(draft)).secrets).toEqual({ token: 'missing', proxyPassword: 'missing' })
    await engine.pull({ connection: 'plain' })
    expect(JSON.stringify(heard)).not.toContain(plainToken)
    await engine.saveConnection({ ...draft, secrets: { token: plainToken } })
    const named = { ...draft, name: 'Renamed', settings: { ...draft.settings, timeout: 3 } }
    expect((await engine.saveConnection(named)).secrets).toMatchObject({ token: 'kept' })
    expect((await engine.testConnection({ ...named, settings: kept?.settings ?? {} }, 'back')).ok).toBe(false)
    expect(server.requests.map(({ headers }) => headers.authorization)).not.toContain(`Bearer ${plainToken}`)
  })

  it.each([
    ['another address', (heard: string) => ({ base: heard })],
    ['another proxy', (heard: string, base: string) => ({ base, proxy: heard })],
    ['another certificate authority', (_: string, base: string) => ({ base, ca: authority })]
  ])('do not follow settings that were edited in their file: to %s', async (_, edited) => {
    const heard: unknown[] = []
    const other = await standIn((asked) => {
      heard.push(asked)
      return { body: [] }
    })
    onTestFinished(() => other.close())
    const { engine, server, home } = await plain(nothing)
    const file = join(home, 'connections.json')
    const kept = readFileSync(file, 'utf8')
    expect((await engine.connections())[0]?.secrets).toMatchObject({ token: 'kept' })
    const { connections } = JSON.parse(kept)
    connections[0].settings = { ...connections[0].settings, ...edited(other.url, server.url) }
    writeFileSync(file, JSON.stringify({ connections }))
    expect((await engine.connections())[0]?.secrets).toMatchObject({ token: 'missing' })
    const said = /The secret “token” of Plain was given for another server, proxy or certificate authority/
    await expect(engine.pull({ connection: 'plain' })).rejects.toThrow(said)
    expect(await engine.testConnection('plain')).toMatchObject({
      ok: false,
      steps: [{ sentence: expect.stringMatching(said) }]
    })
    expect(heard).toEqual([])
    expect(server.requests).toEqual([])
    // Nor by an edit of the places that the secret was given for.
    const held = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'))
    held.secrets.plain.token.ways.push(other.url, `by ${other.url}`, 'trusting all')
    writeFileSync(join(home, 'secrets.json'), JSON.stringify(held))
    await expect(engine.pull({ connection: 'plain' })).rejects.toThrow(/was given for another server|it was changed/)
    expect([...heard, ...server.requests]).toEqual([])
  })

  it('stay with a connection of which an authority is taken back, and go where it is set back', async () => {
    const { engine, server } = await plain(nothing)
    const settings = { base: server.url, timeout: 2 }
    const draft = { id: 'plain', name: 'Plain', connector: 'plain', settings: { ...settings, ca: authority } }
    expect((await engine.saveConnection(draft)).secrets).toMatchObject({ token: 'missing' })
    await engine.saveConnection({ ...draft, secrets: { token: plainToken } })
    expect((await engine.saveConnection({ ...draft, settings })).secrets).toMatchObject({ token: 'kept' })
    expect((await engine.pull({ connection: 'plain' })).state).toBe('complete')
  })

  it.each([
    ['the address', { base: 'https://ada:a-password-in-an-address@id.example.com/auth' }],
    ['a proxy', { base: 'https://id.example.com', proxy: 'http://ada:a-password-in-an-address@id.example.com:3128' }]
  ])('are not kept in an address, which anybody could read: %s', async (_, settings) => {
    const { engine, home } = await connectedEngine()
    const draft = { name: 'Keycloak', connector: 'keycloak', settings: { realm: 'acme', client: 'spoor', ...settings } }
    const said = /^The address of id\.example\.com\S* has a user or a password in it/
    await expect(engine.saveConnection(draft)).rejects.toThrow(said)
    expect((await engine.testConnection(draft)).steps[0]?.sentence).toMatch(
      /a user or a password in it|fields of their own/
    )
    const stream = {
      request: { url: 'https://ada:a-password-in-an-address@id.example.com/log' },
      paging: { kind: 'link' }
    }
    const typed = { name: 'Typed', connector: 'http', settings: { auth: { kind: 'none' }, stream } }
    await expect(engine.saveConnection(typed)).rejects.toThrow(said)
    expect(await engine.connections()).toEqual([])
    expect(holding(home, ['a-password-in-an-address'])).toEqual([])
    // An @ behind the host is none.
    const path = { ...draft, settings: { ...draft.settings, base: 'https://id.example.com/@acme', proxy: '' } }
    expect((await engine.saveConnection(path)).hosts).toEqual(['id.example.com'])
  })

  it('are kept under a passphrase in a file for nobody else, and not without it', async () => {
    const home = await temporaryFolder()
    const vault = new Vault(home, undefined, {})
    expect(vault.state()).toEqual({ kind: 'passphrase', state: 'new' })
    await expect(vault.set('keycloak', 'secret', secret, ways)).rejects.toThrow('choose one first')
    await vault.unlock('correct horse')
    await vault.set('keycloak', 'secret', secret, ways)
    expect(statSync(join(home, 'secrets.json')).mode & 0o077).toBe(0)
    const later = new Vault(home, undefined, {})
    expect(later.state()).toEqual({ kind: 'passphrase', state: 'locked' })
    expect(later.place('keycloak', 'secret', ways)).toBe('kept')
    await expect(later.get('keycloak', 'secret', ways)).rejects.toThrow('is kept under a passphrase')
    await expect(later.unlock('incorrect horse')).rejects.toThrow('not the passphrase')
    await later.unlock('correct horse')
    expect(await later.get('keycloak', 'secret', ways)).toBe(secret)
    later.forget('keycloak')
    expect(later.place('keycloak', 'secret', ways)).toBe('missing')
  })

  it('come from the environment before they come from the vault', async () => {
    const home = await temporaryFolder()
    expect(variableOf('keycloak-production', 'auth.token')).toBe('SPOOR_KEYCLOAK_PRODUCTION_AUTH_TOKEN')
    const vault = new Vault(home, undefined, { SPOOR_KEYCLOAK_SECRET: secret })
    expect(vault.place('keycloak', 'secret', ways)).toBe('environment')
    expect(await vault.get('keycloak', 'secret', ways)).toBe(secret)
  })

  it('cannot be moved to another connection, which would send them elsewhere', async () => {
    const home = await temporaryFolder()
    const vault = new Vault(home, undefined, {})
    await vault.unlock('correct horse')
    await vault.set('keycloak', 'secret', secret, ways)
    const file = join(home, 'secrets.json')
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    kept.secrets.evil = kept.secrets.keycloak
    writeFileSync(file, JSON.stringify(kept))
    await expect(vault.get('evil', 'secret', ways)).rejects.toThrow('it was changed')
  })
})
