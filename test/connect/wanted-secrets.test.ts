import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { wantedSecrets } from '../../src-main/contract/wanted-secrets'
import { Connectors } from '../../src-main/engine/connect/connectors'
import { temporaryFolder } from '../engine/folder'

it('asks for the secrets that the settings make needed, and for no others', async () => {
  const resources = resolve(import.meta.dirname, '../../resources')
  const connectors = await new Connectors(resources, await temporaryFolder()).list()
  const wanted = (id: string, settings: Readonly<Record<string, unknown>>) => {
    const info = connectors.find((one) => one.id === id)
    return info ? wantedSecrets(info, settings).map(({ name }) => name) : []
  }
  expect(wanted('okta', {})).toEqual(['token'])
  expect(wanted('okta', { proxyUser: 'ada' })).toEqual(['token', 'proxyPassword'])
  expect(wanted('keycloak', { grant: 'password' })).toEqual(['secret', 'password'])
  // What is chosen unless told is what counts.
  expect(wanted('asgardeo', {})).toEqual(['token'])
  expect(wanted('asgardeo', { grant: 'client_credentials' })).toEqual(['secret'])
  expect(wanted('http', { auth: { kind: 'oauth2' } })).toEqual(['auth.secret'])
  expect(wanted('http', {})).toEqual([])
  expect(wanted('google-workspace', {})).toEqual(['key'])
  expect(wanted('asgardeo-push', {})).toEqual(['password'])
  expect(wanted('asgardeo-push', { certificate: '-----BEGIN CERTIFICATE-----' })).toEqual(['password', 'key'])
})
