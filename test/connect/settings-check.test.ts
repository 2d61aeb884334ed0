import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Connectors } from '../../src-main/engine/connect/connectors'
import { checkSettings } from '../../src-main/engine/connect/settings-check'
import { temporaryFolder } from '../engine/folder'

const resources = resolve(import.meta.dirname, '../../resources')

/** What is wrong with settings of a product, in words. */
async function wrong(id: string, settings: Readonly<Record<string, unknown>>): Promise<string> {
  const connectors = await new Connectors(resources, await temporaryFolder()).list()
  const info = connectors.find((one) => one.id === id)
  if (!info) throw new Error(`There is no connector ${id}.`)
  try {
    checkSettings(info, settings)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

const good = { base: 'https://id.example.com', realm: 'acme', client: 'spoor' }

describe('settings of a connection', () => {
  it('are good where only what has a default is left out', async () => {
    expect(await wrong('keycloak', good)).toBe('')
  })

  it.each([
    ['keycloak', { base: good.base }, 'Keycloak: “Realm” is missing; “Client ID” is missing.'],
    ['keycloak', { ...good, base: 'id.example.com' }, 'Keycloak: “Address” is no address: it begins with https://.'],
    ['keycloak', { ...good, size: 'many' }, 'Keycloak: “Events a request” is no whole number.'],
    ['keycloak', { ...good, size: 0 }, 'Keycloak: “Events a request” is less than 1.'],
    ['keycloak', { ...good, timeout: 601 }, 'Keycloak: “Seconds to wait” is more than 600.'],
    ['keycloak', { ...good, grant: 'token' }, 'Keycloak: “Sign in as” is none of client_credentials, password.'],
    [
      'asgardeo',
      { base: 'https://api.asgardeo.io' },
      'Asgardeo: “Address” is not written as it should be (With the organization in it: https://api.asgardeo.io/t/acme).'
    ]
  ])('say of %s with %j what is wrong', async (id, settings, sentence) => {
    expect(await wrong(id, settings)).toBe(sentence)
  })
})
