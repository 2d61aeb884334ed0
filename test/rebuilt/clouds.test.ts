import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineIn, temporaryFolder } from '../engine/folder'
import { changesIn } from './case'

const azure = (day: number, name: string, body: object, status = 'Succeeded') => ({
  caller: 'kim@example.com',
  correlationId: `c-${day}`,
  eventDataId: `e-${day}`,
  eventName: { value: 'EndRequest' },
  category: { value: 'Administrative' },
  level: 'Informational',
  operationId: `o-${day}`,
  operationName: { value: 'Microsoft.Storage/storageAccounts/write' },
  // The same account, however it is spelt.
  resourceId: `/subscriptions/5a4de8b5/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/${name}`,
  resourceType: { value: 'Microsoft.Storage/storageAccounts' },
  status: { value: status },
  eventTimestamp: `2026-03-0${day}T08:00:00.0000000Z`,
  submissionTimestamp: `2026-03-0${day}T08:01:00Z`,
  subscriptionId: '5a4de8b5',
  properties: { requestbody: JSON.stringify(body) }
})

const gcp = (day: number, methodName: string, resourceName: string, request: object) => ({
  insertId: `x${day}`,
  logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Factivity',
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    authenticationInfo: { principalEmail: 'kim@example.com' },
    methodName,
    resourceName,
    request,
    serviceName: 'storage.googleapis.com',
    status: {}
  },
  resource: { labels: { project_id: 'shop' }, type: 'gcs_bucket' },
  severity: 'NOTICE',
  timestamp: `2026-03-0${day}T08:00:00Z`
})

const exchange = (day: number, Operation: string, ObjectId: string, parameters: Readonly<Record<string, string>>) => ({
  CreationTime: `2026-03-0${day}T08:00:00`,
  Id: `ca0efc24-0000-4000-8000-00000000000${day}`,
  Operation,
  OrganizationId: 'b86ab9d4-0000-4000-8000-000000000000',
  RecordType: 1,
  ResultStatus: 'True',
  UserKey: 'kim@example.com',
  UserType: 2,
  Version: 1,
  Workload: 'Exchange',
  ObjectId,
  UserId: 'kim@example.com',
  Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }))
})

/** The changes of records that came in two files, the later first; of rebuilt ones what differs. */
async function rebuilt(records: readonly object[]) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  const middle = Math.ceil(records.length / 2)
  for (const [name, some] of [
    ['late.jsonl', records.slice(middle)],
    ['early.jsonl', records.slice(0, middle)]
  ] as const) {
    const path = join(folder, name)
    writeFileSync(path, some.map((one) => `${JSON.stringify(one)}\n`).join(''))
    const { refused } = await engine.importPaths({ paths: [path] })
    expect(refused).toEqual([])
  }
  return (await changesIn(engine)).map(({ time, basis, before, fields }) => [
    time,
    basis,
    before,
    basis === 'rebuilt' ? fields : null
  ])
}

describe('changes of a cloud that logs what was asked for', () => {
  it('of Azure are those of one resource, however its id is spelt, and of what succeeded', async () => {
    expect(
      await rebuilt([
        azure(1, 'files', { sku: 'LRS', tls: '1.0' }),
        azure(2, 'Files', { tls: '1.2' }),
        azure(3, 'files', { tls: '1.3' }, 'Failed'),
        azure(4, 'files', { tls: '1.1' }),
        azure(5, 'other', { tls: '1.1' })
      ])
    ).toEqual([
      ['03-01 08:00', 'after-only', null, null],
      ['03-02 08:00', 'rebuilt', { tls: '1.0' }, ['tls']],
      ['03-03 08:00', 'after-only', null, null],
      ['03-04 08:00', 'rebuilt', { tls: '1.2' }, ['tls']],
      ['03-05 08:00', 'after-only', null, null]
    ])
  })

  it('of Google Cloud are those of one resource', async () => {
    expect(
      await rebuilt([
        gcp(1, 'storage.buckets.create', 'projects/_/buckets/b', { location: 'EU', versioning: false }),
        gcp(2, 'storage.buckets.update', 'projects/_/buckets/b', { versioning: true }),
        gcp(3, 'storage.buckets.update', 'projects/_/buckets/other', { versioning: false }),
        gcp(4, 'storage.buckets.update', 'projects/_/buckets/b', { versioning: true, location: 'US' })
      ])
    ).toEqual([
      ['03-01 08:00', 'after-only', null, null],
      ['03-02 08:00', 'rebuilt', { versioning: false }, ['versioning']],
      ['03-03 08:00', 'after-only', null, null],
      ['03-04 08:00', 'rebuilt', { location: 'EU', versioning: true }, ['location']]
    ])
  })

  it('of Exchange are those of one kind of thing of one mailbox', async () => {
    expect(
      await rebuilt([
        exchange(1, 'Set-Mailbox', 'ada@example.com', {
          ForwardingSmtpAddress: 'a@example.com',
          DeliverToMailboxAndForward: 'True'
        }),
        exchange(2, 'Set-CASMailbox', 'ada@example.com', { ForwardingSmtpAddress: 'no mailbox' }),
        exchange(3, 'Set-Mailbox', 'Ada@example.com', { ForwardingSmtpAddress: 'x@example.net' })
      ])
    ).toEqual([
      ['03-01 08:00', 'after-only', null, null],
      ['03-02 08:00', 'after-only', null, null],
      ['03-03 08:00', 'rebuilt', { ForwardingSmtpAddress: 'a@example.com' }, ['ForwardingSmtpAddress']]
    ])
  })
})
