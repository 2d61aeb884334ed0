import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { isOf } from '../../src-main/engine/import/entries'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const tests = join(import.meta.dirname, '..')
const samples = join(tests, '../resources/samples')
const sources = await shippedSources()
const imports = new Imports(sources)
afterAll(() => imports.close())

/** The files below a folder, by their paths within it. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.expected\.json$|\.md$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()

// A fixture's folder is named for its source; this one is written to hold two. Of no source are logs whose definition is guessed.
const two: Readonly<Record<string, readonly string[]>> = {
  'authorization-hub.ecs/both-shapes-in-one-file.jsonl': ['authorization-hub', 'authorization-hub.ecs']
}
const folderOf = (file: string) => file.slice(0, file.indexOf('/'))

// The logs of the sample case and of the products' own pages, by what their paths begin with.
const named: readonly (readonly [begin: string, of: string])[] = [
  ['asgardeo/audit-logs', 'asgardeo'],
  ['asgardeo/legacy-audit', 'asgardeo.legacy'],
  ['asgardeo/token-logs', 'asgardeo.diagnostic'],
  ['authentik/events-page-', 'authentik'],
  ['authentik/events_', 'authentik.csv'],
  ['authorization-hub/hub-audit', 'authorization-hub'],
  ['authorization-hub/hub-keycloak-ecs', 'authorization-hub.ecs'],
  ['aws-cloudtrail/', 'aws.cloudtrail'],
  ['keycloak/shop-admin-events', 'keycloak.admin'],
  ['keycloak/shop-user-events', 'keycloak.user'],
  ['skycloak/partners-events', 'skycloak'],
  ['skycloak/workspace-audit-log', 'guessed'],
  ['unkey/audit-logs', 'unkey'],
  ['asgardeo-audit', 'asgardeo'],
  ['asgardeo-legacy', 'asgardeo.legacy'],
  ['asgardeo-tokens', 'asgardeo.diagnostic'],
  ['authentik-export', 'authentik.csv'],
  ['authentik-page', 'authentik'],
  ['cloudtrail', 'aws.cloudtrail'],
  ['door-access', 'guessed'],
  ['hub-keycloak-ecs', 'authorization-hub.ecs'],
  ['hub.log', 'authorization-hub'],
  ['keycloak-admin-events', 'keycloak.admin'],
  ['keycloak-user-events', 'keycloak.user'],
  ['skycloak-events', 'skycloak'],
  ['skycloak-workspace', 'guessed'],
  ['unkey.json', 'unkey']
]

const fixtures = filesIn(join(tests, 'fixtures/sources')).map((file) => ({
  file,
  path: join(tests, 'fixtures/sources', file),
  of: two[file] ?? [sources.some(({ id }) => id === folderOf(file)) ? folderOf(file) : 'guessed']
}))
const others = [samples, join(tests, 'fixtures/e2e/products')].flatMap((folder) =>
  filesIn(folder).map((file) => ({
    file,
    path: join(folder, file),
    of: named.filter(([begin]) => file.startsWith(begin)).map(([, of]) => of)
  }))
)
const logs = [...fixtures, ...others]

/** The definitions of one kind of reading that would take a record for their own, as it stands or as it was read. */
function claimed(as: Source['read']['as'], raw: string, document: string): string[] {
  const forms = [document, ...(as === 'json' ? [raw] : [])].map((text) => JSON.parse(text))
  return sources.filter((one) => one.read.as === as && forms.some((form) => isOf(one, form))).map(({ id }) => id)
}

/** How many records of each file each source was given. */
const matrix = new Map<string, Map<string, number>>()

describe('every log of every source', () => {
  it.each(logs)(
    '$file is known for what it is, and none of its records is taken for another',
    async ({ file, path, of }) => {
      const { line, rows, records } = await imports.file(path)
      const given = new Map<string, number>()
      for (const row of rows) {
        const source = line.guessed === undefined ? (row['event.dataset'] as string | undefined) : 'guessed'
        if (source !== undefined) given.set(source, (given.get(source) ?? 0) + 1)
      }
      matrix.set(file, given)
      expect([...given.keys()].sort()).toEqual(of)
      expect(line.balanced).toBe(true)

      const as = sources.find(({ id }) => id === of[0])?.read.as
      const claims = as ? records.map(({ raw, document }) => claimed(as, raw, document)) : []
      expect(claims.filter((claiming) => claiming.length > 1)).toEqual([])
    }
  )

  it('went where it belongs: the matrix', () => {
    const wide = Math.max(...[...matrix.keys()].map((file) => file.length))
    const table = [...matrix].map(
      ([file, given]) => `${file.padEnd(wide)}  ${[...given].map(([source, count]) => `${source} ${count}`).join(', ')}`
    )
    console.info(table.join('\n'))
    expect([...matrix.keys()].sort()).toEqual(logs.map(({ file }) => file).sort())
  })
})

describe('a stranger', () => {
  it.each(
    [
      { id: 1, action: 'created', data: {} },
      { time: 1773049267120, type: 'x' },
      { event: 'login', user: 'kim', time: '2026-03-09T09:41:07Z' },
      { '@timestamp': '2026-03-09T09:41:07Z', message: { type: 'A', x: '1' } },
      { '@timestamp': '2026-03-09T09:41:07Z', 'log.level': 'INFO', message: 'started', 'ecs.version': '1.2.0' },
      { operation: 'read', result: 'ok' },
      { eventTime: '2026-03-09T09:41:07Z', eventName: 'x' },
      { timestamp: '2026-03-09T09:41:07Z', category: 'audit', realm_id: 'r', type: 'x' },
      {
        time: '2026-03-09T09:41:07Z',
        resourceId: '/x',
        operationName: 'x',
        category: 'GatewayLogs',
        correlationId: 'c'
      },
      { timestamp: '2026-03-09T09:41:07Z', logName: 'projects/x/logs/app', jsonPayload: { message: 'hi' } },
      { createdDateTime: '2026-03-09T09:41:07Z', id: '1', displayName: 'Kim', userPrincipalName: 'kim@example.com' },
      { uuid: '1', published: '2026-03-09T09:41:07Z', title: 'a feed', author: 'kim' },
      { CreationTime: '2026-03-09T09:41:07', Name: 'backup.zip', Length: 7 },
      { id: { time: '2026-03-09T09:41:07Z' }, actor: 'kim', events: [{ name: 'x' }] },
      { time: 1773049267120, class: 'login', metadata: { version: '1' } },
      { _index: 'x', _id: '1', _source: { message: 'hi' } },
      { kind: 'Event', apiVersion: 'v1', type: 'Normal', reason: 'Pulled' },
      { created_at: '2026-03-09T09:41:07Z', action: 'opened', number: 7 }
    ].map((record) => ({ text: JSON.stringify(record) }))
  )('is of no source: $text', ({ text }) => {
    expect(claimed('json', text, text)).toEqual([])
  })
})
