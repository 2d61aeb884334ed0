import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { SettingSchema } from '../../src-main/contract/connector'
import { Connectors, defined } from '../../src-main/engine/connect/connectors'
import { temporaryFolder } from '../engine/folder'
import { connectedEngine } from './engine'

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

it('has no setting with a key that a comma in a text made', async () => {
  const resources = resolve(import.meta.dirname, '../../resources')
  const connectors = await new Connectors(resources, await temporaryFolder()).list()
  const keysOf = (properties: Readonly<Record<string, SettingSchema>>): readonly string[] =>
    Object.values(properties).flatMap((setting) => [
      ...Object.keys(setting),
      ...keysOf(setting.properties ?? {}),
      ...keysOf((setting['items'] as SettingSchema | undefined)?.properties ?? {})
    ])
  const keys = connectors.flatMap(({ settings }) => keysOf(settings.properties))
  expect(keys.filter((key) => !/^[a-zA-Z]+$/.test(key))).toEqual([])
  expect(keys).toContain('description')
})

const root = resolve(import.meta.dirname, '../..')
const unkey = readFileSync(join(root, 'resources/connectors/unkey.yaml'), 'utf8')

it('reads events as sources that there are', () => {
  const sources = new Set(readdirSync(join(root, 'resources/sources')).map((name) => name.replace(/\.yaml$/, '')))
  const folder = join(root, 'resources/connectors')
  const named = readdirSync(folder).flatMap((file) => {
    const { streams = {} } = defined(file, readFileSync(join(folder, file), 'utf8')).connector ?? {}
    return typeof streams === 'string' ? [] : Object.values(streams).flatMap(({ source }) => source ?? [])
  })
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter((source) => !sources.has(source))).toEqual([])
})

it('asks for nothing that has a default: whoever types need not type that', async () => {
  const { engine, home } = await connectedEngine()
  const wanted = (await engine.connectors()).flatMap(({ id, settings: { required = [], properties } }) =>
    required.flatMap((name) => (properties[name]?.default === undefined ? [] : [`${id}: ${name}`]))
  )
  expect(wanted).toEqual([])
  // Nor where an analyst's own definition has it both ways.
  const both = unkey.replace('id: unkey', 'id: own').replace('settings:\n', 'settings:\n  required: [base]\n')
  await mkdir(join(home, 'connectors'))
  await writeFile(join(home, 'connectors/own.yaml'), both)
  expect((await engine.connectors()).find(({ id }) => id === 'own')?.settings.required).toEqual(['base'])
  const saved = await engine.saveConnection({ name: 'Own', connector: 'own', settings: {} })
  expect(saved).toMatchObject({ id: 'own', hosts: ['api.unkey.com'] })
})

it('holds to the example that the README gives', () => {
  const [, example = ''] =
    /#### Add a connector[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  expect(defined('README.md', example)).toMatchObject({ id: 'example', connector: { title: 'Example' } })
})

it.each([
  ['an unknown key', unkey.replace('title: Unkey\n', 'titel: Unkey\n'), 'unkey.yaml, line 4: no such key: titel'],
  [
    'a way to page that there is not',
    unkey.replace('kind: cursor', 'kind: cursors'),
    'is not one of cursor, link, url, offset, page'
  ],
  [
    'an order that there is not',
    unkey.replace('order: oldest', 'order: old'),
    'streams.events.order is not one of newest, oldest'
  ],
  ['text that is no YAML', `${unkey}\n  - : [`, 'unkey.yaml, line']
])('says with file and line what is wrong: %s', (_, text, says) => {
  expect(defined('unkey.yaml', text).fault).toContain(says)
})
