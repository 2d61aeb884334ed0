import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { Connectors } from '../../src-main/engine/connect/connectors'
import { temporaryFolder } from '../engine/folder'

it('has a definition for each product that can be read without a fault', async () => {
  const resources = resolve(import.meta.dirname, '../../resources')
  const connectors = await new Connectors(resources, await temporaryFolder()).list()
  expect(connectors.map(({ fault }) => fault).filter(Boolean)).toEqual([])
  expect(connectors.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'asgardeo',
      'auth0',
      'authentik',
      'cloudflare',
      'github',
      'google-workspace',
      'http',
      'keycloak',
      'microsoft-graph',
      'okta',
      'skycloak',
      'unkey'
    ])
  )
})
