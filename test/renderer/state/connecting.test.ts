import { expect, it } from 'vitest'
import type { Connection, ConnectorInfo, SecretPlace } from '../../../src-main/contract/connect'
import type { Host } from '../../../src-main/contract/host'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'

const info = { id: 'okta', title: 'Okta' } as ConnectorInfo
const connection = (secret: SecretPlace): Connection => ({
  id: 'okta',
  name: 'Okta',
  connector: 'okta',
  settings: {},
  secrets: { token: secret },
  hosts: [],
  streams: []
})

/** What is said when a connection whose secret is kept is saved, and the secret is somewhere else then. */
async function said(now: SecretPlace, secrets: Readonly<Record<string, string | null>> = {}) {
  const engine = new Proxy({} as Engine, {
    get: (_, name: keyof Engine) => async () => (name === 'saveConnection' ? connection(now) : [])
  })
  const app = new App(engine, { kind: 'browser' } as Host, new Preferences(null, { current: true }))
  await app.connecting.save({ info, of: connection('kept'), name: 'Okta', settings: {}, secrets })
  return app.notices.all.map(({ title }) => title)
}

it('says that a secret has to be given again which was given for another server', async () => {
  expect(await said('missing')).toEqual(['Okta wants its secret again'])
})

it('says nothing where the secret stays, or was taken away on purpose', async () => {
  expect(await said('kept')).toEqual([])
  expect(await said('missing', { token: null })).toEqual([])
})
