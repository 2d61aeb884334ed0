import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Answers } from '../../src-main/contract/query'
import { engineIn, temporaryFolder } from '../engine/folder'

const minute = (at: number) => `2026-03-09T09:${String(at).padStart(2, '0')}:00.000000Z`

const kubernetes = (at: number, verb: string, data: object | undefined, more: object = {}) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: `audit-${at}`,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/prod/configmaps/flags',
  verb,
  user: { username: 'kim' },
  objectRef: { resource: 'configmaps', namespace: 'prod', name: 'flags', apiVersion: 'v1' },
  responseStatus: { code: 200 },
  ...(data && { responseObject: { metadata: { name: 'flags' }, data } }),
  requestReceivedTimestamp: minute(at),
  ...more
})

const vault = (at: number, data: object, type = 'response') => ({
  time: minute(at),
  type,
  auth: { display_name: 'ldap-kim' },
  request: { id: `r-${at}`, operation: 'update', path: 'auth/ldap/config', namespace: { id: 'root' }, data }
})

const auth0 = (at: number, method: string, path: string, body: object, answer: object) => ({
  date: minute(at),
  type: 'sapi',
  log_id: `log-${at}`,
  tenant_name: 'acme',
  details: { request: { method, path, body }, response: { statusCode: 200, body: answer } }
})

/** Imports the files one after the other; what each event says of its change, by time. */
async function changes(...files: object[][]) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  for (const [index, records] of files.entries()) {
    const path = join(folder, `${index}.jsonl`)
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    expect((await engine.importPaths({ paths: [path] })).refused).toEqual([])
  }
  const answer = await engine.ask({
    select: 'rows',
    filter: { kind: 'and', of: [] },
    fields: ['@timestamp', 'change.before', 'change.fields', 'change.basis'],
    sort: { field: '@timestamp', descending: false },
    limit: 50
  })
  const { rows } = answer as Answers['rows']
  const said = rows.map((row) => [row['change.basis'], row['change.before'], row['change.fields']])
  return { said, paired: (await engine.ledger()).map(({ paired }) => paired) }
}

it('rebuilds what an object of Kubernetes was before, from answers to writes and never from a read or a refusal', async () => {
  const records = [
    kubernetes(1, 'create', { mode: 'safe' }),
    kubernetes(2, 'get', { mode: 'never written' }),
    kubernetes(3, 'patch', { mode: 'refused' }, { responseStatus: { code: 403 } }),
    kubernetes(4, 'patch', { mode: 'fast' })
  ]
  const before = { metadata: { name: 'flags' }, data: { mode: 'safe' } }
  const { said } = await changes(records.slice(2), records.slice(0, 2))
  expect(said).toEqual([
    ['after-only', undefined, undefined],
    [undefined, undefined, undefined],
    [undefined, undefined, undefined],
    ['rebuilt', before, ['data']]
  ])
})

it('rebuilds what Vault was told earlier, field by field, and counts the requests behind their responses', async () => {
  const records = [
    vault(1, { url: 'hmac-sha256:a', binddn: 'hmac-sha256:b' }, 'request'),
    vault(1, { url: 'hmac-sha256:a', binddn: 'hmac-sha256:b' }),
    vault(2, { url: 'hmac-sha256:c' }, 'request'),
    vault(2, { url: 'hmac-sha256:c' })
  ]
  const { said, paired } = await changes(records)
  expect(said).toEqual([
    ['after-only', undefined, undefined],
    ['rebuilt', { url: 'hmac-sha256:a' }, ['url']]
  ])
  expect(paired).toEqual([2])
})

it('rebuilds what a user of Auth0 was, though the first request names no id', async () => {
  const { said } = await changes([
    auth0(1, 'post', '/api/v2/users', { email: 'ada@example.com' }, { user_id: 'auth0|42' }),
    auth0(2, 'patch', '/api/v2/users/auth0%7C42', { email: 'ada@example.net' }, { user_id: 'auth0|42' })
  ])
  expect(said).toEqual([
    ['after-only', undefined, undefined],
    ['rebuilt', { email: 'ada@example.com' }, ['email']]
  ])
})
