import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { entra, googleWorkspace, m365, okta } from './catalogue-clouds'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const imports = new Imports(await shippedSources())
const folder = mkdtempSync(join(tmpdir(), 'spoor-clouds-'))
afterAll(async () => {
  await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

const time = '2026-03-09T09:41:07Z'
const logs: Readonly<Record<string, readonly object[]>> = {
  okta: okta.map((eventType, number) => ({
    uuid: `u${number}`,
    published: time,
    eventType,
    actor: { type: 'User', id: 'u' }
  })),
  m365: m365.flatMap(([Workload, RecordType, operations]) =>
    operations.map((Operation) => ({ CreationTime: time, Operation, RecordType, Workload }))
  ),
  'google.workspace': googleWorkspace.flatMap(([applicationName, type, names]) =>
    names.map((name, number) => ({
      id: { time, applicationName, uniqueQualifier: `${applicationName}${number}` },
      events: [{ type, name }]
    }))
  ),
  'entra.audit': entra.flatMap(([category, operationType, activities]) =>
    activities.map((activityDisplayName) => ({
      activityDateTime: time,
      activityDisplayName,
      loggedByService: 'Core Directory',
      category,
      operationType
    }))
  )
}

async function kindsOf(id: string) {
  const file = join(folder, `${id}.jsonl`)
  writeFileSync(file, (logs[id] ?? []).map((record) => `${JSON.stringify(record)}\n`).join(''))
  const { line, rows } = await imports.file(file)
  expect(line.source).toBe(id)
  return new Map(rows.map((row) => [String(row['event.action']), [row['event.category'], row['event.type']]]))
}

describe('every action a cloud names', () => {
  it.each(Object.keys(logs))('of %s has a category and a type', async (id) => {
    const kinds = await kindsOf(id)
    expect([...kinds].filter(([, [category, type]]) => category === undefined || type === undefined)).toEqual([])
  })

  it.each([
    ['okta', 'user.account.privilege.grant', 'iam', 'change'],
    ['okta', 'user.mfa.factor.deactivate', 'iam', 'change'],
    ['okta', 'system.api_token.create', 'iam', 'creation'],
    ['okta', 'group.lifecycle.delete', 'iam', 'deletion'],
    ['okta', 'zone.update', 'configuration', 'change'],
    ['okta', 'application.policy.sign_on.deny_access', 'application', 'denied'],
    ['okta', 'user.session.impersonation.initiate', 'session', 'start'],
    ['m365', 'Add member to role.', 'iam', 'change'],
    ['m365', 'Consent to application.', 'application', 'change'],
    ['m365', 'Delete user.', 'iam', 'deletion'],
    ['m365', 'Set domain authentication.', 'configuration', 'change'],
    ['m365', 'New-InboxRule', 'configuration', 'creation'],
    ['m365', 'Remove-InboxRule', 'configuration', 'deletion'],
    ['m365', 'Add-MailboxPermission', 'iam', 'change'],
    ['m365', 'MailItemsAccessed', 'data', 'access'],
    ['m365', 'FileDownloaded', 'data', 'access'],
    ['m365', 'ListItemCreated', 'data', 'creation'],
    ['m365', 'AnonymousLinkCreated', 'iam', 'creation'],
    ['m365', 'AppUninstalled', 'extension', 'deletion'],
    ['m365', 'SearchCreated', 'data', 'creation'],
    ['google.workspace', 'GRANT_ADMIN_PRIVILEGE', 'iam', 'change'],
    ['google.workspace', 'AUTHORIZE_API_CLIENT_ACCESS', 'configuration', 'creation'],
    ['google.workspace', 'change_document_visibility', 'iam', 'change'],
    ['google.workspace', 'download', 'data', 'access'],
    ['entra.audit', 'Add conditional access policy', 'configuration', 'creation'],
    ['entra.audit', 'Add delegated permission grant', 'application', 'change']
  ])('of %s: %s is of %s, %s', async (id, action, category, type) => {
    expect((await kindsOf(id)).get(action)).toEqual([category, type])
  })
})
