import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as catalogue from './catalogue'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const imports = new Imports(await shippedSources())
const folder = mkdtempSync(join(tmpdir(), 'spoor-catalogue-'))
afterAll(async () => {
  await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

const types = catalogue.keycloakTypes.flatMap((type) => [type, `${type}_ERROR`])
const pairs = catalogue.keycloakResources.flatMap((resourceType) =>
  catalogue.keycloakOperations.map((operationType) => ({ resourceType, operationType }))
)
const time = '2026-03-09T09:41:07Z'
const hub = [
  ...catalogue.hub,
  ...catalogue.keycloakTypes.map((type) => `auth.${type.toLowerCase()}`),
  ...pairs.map(({ resourceType, operationType }) => `identity.${resourceType}.${operationType}`.toLowerCase())
]
const hubRecord = (operation: string) => ({
  operation,
  resource: 'r',
  result: 'SUCCESSFUL',
  user: 'u',
  event_timestamp: time
})
const unkeyEach = (record: (event: string) => object) => catalogue.unkey.map(record)

/** For each source a record of every action its product names. */
const logs: Record<string, readonly object[]> = {
  authentik: catalogue.authentik.map((action) => ({
    pk: 'p',
    user: { pk: 1 },
    action,
    app: 'a',
    created: time,
    expires: time
  })),
  'keycloak.user': types.map((type) => ({ time: 1773049267120, type, realmId: 'r', clientId: 'c' })),
  'keycloak.admin': pairs.map((pair) => ({
    time: 1773049267120,
    realmId: 'r',
    authDetails: { realmId: 'r' },
    ...pair
  })),
  'keycloak.ecs': [
    ...types.map((type) => ({ '@timestamp': time, message: `type="${type}", realmId="r"` })),
    ...pairs.map((pair) => ({
      '@timestamp': time,
      message: `operationType="${pair.operationType}", realmId="r", resourceType="${pair.resourceType}"`
    }))
  ],
  skycloak: [
    ...types.map((type) => ({ timestamp: time, category: 'user', realm_id: 'r', type })),
    ...pairs.map((pair) => ({
      timestamp: time,
      category: 'admin',
      realm_id: 'r',
      operation_type: pair.operationType,
      resource_type: pair.resourceType
    }))
  ],
  'authorization-hub': hub.map(hubRecord),
  'authorization-hub.ecs': hub.map((operation) => ({
    '@timestamp': time,
    message: JSON.stringify(hubRecord(operation))
  })),
  asgardeo: catalogue.asgardeo.map((action) => ({ id: 'i', recordedAt: time, initiatorId: 'u', action })),
  'asgardeo.legacy': catalogue.asgardeo.map((action) => ({ initiatorId: 'u', action, data: {} })),
  'asgardeo.diagnostic': catalogue.asgardeo.map((actionId) => ({
    logId: 'l',
    recordedAt: { seconds: 1773049267, nanos: 0 },
    resultStatus: 'SUCCESS',
    actionId
  })),
  unkey: unkeyEach((event) => ({ auditLogId: 'l', version: 'v1', time, event, actor: { type: 'user', id: 'u' } })),
  'unkey.storage': unkeyEach((event) => ({
    event_id: 'e',
    time: 1773049267120,
    workspace_id: 'w',
    event,
    actor: { type: 'user' }
  })),
  'unkey.clickhouse': unkeyEach((event) => ({
    event_id: 'e',
    time: 1773049267120,
    workspace_id: 'w',
    event,
    actor_type: 'user'
  })),
  'unkey.mysql': unkeyEach((event) => ({
    id: 'e',
    time: 1773049267120,
    workspace_id: 'w',
    event,
    display: 'd',
    actor_type: 'user'
  })),
  'unkey.legacy': unkeyEach((event) => ({
    auditLogId: 'l',
    workspaceId: 'w',
    time: 1773049267120,
    event,
    actor: { type: 'user' }
  }))
}

describe('every action a product names', () => {
  it.each(Object.keys(logs))('of %s has a category and a type', async (id) => {
    const file = join(folder, `${id}.jsonl`)
    const records = logs[id] ?? []
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    const { line, rows } = await imports.file(file)
    expect(line.source).toBe(id)
    expect(rows).toHaveLength(records.length)
    const without = (field: string) => rows.filter((row) => row[field] === undefined).map((row) => row['event.action'])
    expect(without('event.category')).toEqual([])
    expect(without('event.type')).toEqual([])
  })

  it('has the same category wherever Keycloak wrote it', async () => {
    const table = async (id: string) => {
      const { rows } = await imports.file(join(folder, `${id}.jsonl`))
      return new Map(rows.map((row) => [row['event.action'], `${row['event.category']} ${row['event.type']}`]))
    }
    const ecs = await table('keycloak.ecs')
    for (const id of ['keycloak.user', 'keycloak.admin', 'skycloak']) {
      for (const [action, kind] of await table(id)) expect(`${action}: ${kind}`).toBe(`${action}: ${ecs.get(action)}`)
    }
    for (const [action, kind] of await table('authorization-hub')) {
      const name = String(action)
      const same = name.startsWith('identity.')
        ? name.slice(9)
        : name.startsWith('auth.')
          ? name.slice(5).toUpperCase()
          : ''
      if (same) expect(`${name}: ${kind}`).toBe(`${name}: ${ecs.get(same)}`)
    }
  })

  it('of authentik has the same kind in the CSV export', async () => {
    const csv = join(folder, 'authentik.csv')
    const header = 'Event uuid,Action,App,Context,Client ip,Created,Expires,Brand,User pk,Username,Email'
    const rows = catalogue.authentik.map(
      (action) => `p,${action},a,{},203.0.113.7,${time},${time},{},1,kim,kim@example.com`
    )
    writeFileSync(csv, [header, ...rows, ''].join('\r\n'))
    const kinds = ({ rows }: { rows: readonly Readonly<Record<string, unknown>>[] }) =>
      rows.map((row) => [row['event.action'], row['event.category'], row['event.type'], row['event.outcome']])
    expect(kinds(await imports.file(csv))).toEqual(kinds(await imports.file(join(folder, 'authentik.jsonl'))))
  })
})
