import { describe, expect, it, onTestFinished } from 'vitest'
import { keycloak, type Realm, userEvents } from '../servers/keycloak'
import { connectedEngine } from './engine'

const secret = 'a-client-secret-nobody-may-see'
const password = 'a password nobody may see'

async function pulled(settings: Readonly<Record<string, unknown>>, more: Partial<Realm>, withdrawAt: number) {
  const server = await keycloak({
    name: 'acme',
    client: { id: 'spoor', secret },
    user: { name: 'auditor', password },
    events: userEvents(1000),
    admin: [],
    ...more
  })
  onTestFinished(() => server.close())
  const { engine } = await connectedEngine()
  const base = { base: server.url, realm: 'acme', client: 'spoor', size: 100 }
  await engine.saveConnection({
    name: 'Keycloak',
    connector: 'keycloak',
    settings: { ...base, ...settings },
    secrets: { secret, password }
  })
  server.trouble = (number) => {
    if (number === withdrawAt) server.withdraw()
    return undefined
  }
  const report = await engine.pull({ connection: 'keycloak', streams: ['events'] })
  return { report, server }
}

describe('a token that ends in the midst of a pull', () => {
  it('is asked for anew by a client, and no event is lost or comes twice', async () => {
    const { report, server } = await pulled({ grant: 'client_credentials' }, {}, 7)
    expect(report.fault).toBeUndefined()
    expect(report.streams).toMatchObject([{ events: 1000, complete: true }])
    expect(server.grants).toEqual({ client_credentials: 2 })
  })

  it('is renewed for a person without the password', async () => {
    const { report, server } = await pulled({ grant: 'password', user: 'auditor' }, {}, 7)
    expect(report.streams).toMatchObject([{ events: 1000, complete: true }])
    expect(server.grants).toEqual({ password: 1, refresh_token: 1 })
  })

  it('is not asked for over and over where the server refuses what it just gave', async () => {
    const { report, server } = await pulled({ grant: 'client_credentials' }, { expiresIn: -1 }, 0)
    expect(report.state).toBe('failed')
    expect(report.fault).toContain('does not accept who asks (401)')
    expect(server.grants['client_credentials']).toBeLessThanOrEqual(3)
  })
})
