import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Change, Source } from '../../src-main/contract/source'
import { Imports } from '../sources/imported'

const folder = mkdtempSync(join(tmpdir(), 'spoor-list-'))
const open: Imports[] = []
afterEach(async () => {
  for (const imports of open.splice(0)) await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

async function changed(change: Change, ...records: object[]) {
  const source: Source = {
    id: 'acme',
    title: 'Acme',
    read: { as: 'json' },
    recognise: { all: ['at', 'op'] },
    event: { '@timestamp': 'at', 'event.action': 'op' },
    change,
    samples: []
  }
  const imports = new Imports([source])
  open.push(imports)
  const file = join(mkdtempSync(join(tmpdir(), 'spoor-list-')), 'log.jsonl')
  const texts = records.map((record) => JSON.stringify({ at: '2026-03-09T09:41:07Z', op: 'set', ...record }))
  writeFileSync(file, texts.join('\n'))
  const { rows } = await imports.file(file)
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) => (key.startsWith('change.') ? [[key.slice(7), value]] : []))
    )
  )
}

describe('a list of named values', () => {
  const m365: Change = { list: 'ModifiedProperties', name: 'Name', before: 'OldValue', after: 'NewValue' }

  it('gives before and after by name, and the names that differ', async () => {
    const [row] = await changed(m365, {
      ModifiedProperties: [
        { Name: 'Role.DisplayName', OldValue: 'Reader', NewValue: 'Owner' },
        { Name: 'Scope', OldValue: 'a', NewValue: 'a' },
        { Name: 'Member "x".y', OldValue: '', NewValue: 'bo' }
      ]
    })
    expect(row).toEqual({
      basis: 'logged',
      before: { 'Role.DisplayName': 'Reader', Scope: 'a', 'Member "x".y': '' },
      after: { 'Role.DisplayName': 'Owner', Scope: 'a', 'Member "x".y': 'bo' },
      fields: ['Role.DisplayName', 'Member "x".y']
    })
  })

  it('may stand at several paths: the first list that has entries counts', async () => {
    const either: Change = {
      list: ['ModifiedProperties', 'Parameters'],
      name: 'Name',
      before: 'OldValue',
      after: ['NewValue', 'Value']
    }
    const rows = await changed(
      either,
      { ModifiedProperties: [], Parameters: [{ Name: 'ForwardTo', Value: 'x@example.net' }] },
      { ModifiedProperties: [{ Name: 'Role', OldValue: 'a', NewValue: 'b' }], Parameters: [{ Name: 'P', Value: '1' }] },
      { Parameters: null },
      {}
    )
    expect(rows).toEqual([
      { basis: 'after-only', after: { ForwardTo: 'x@example.net' } },
      { basis: 'logged', before: { Role: 'a' }, after: { Role: 'b' }, fields: ['Role'] },
      {},
      {}
    ])
  })

  it('reads values that are texts of JSON, and keeps those that are none', async () => {
    const entra: Change = {
      list: 'targetResources[0].modifiedProperties',
      name: 'displayName',
      before: 'oldValue',
      after: 'newValue',
      parse: 'json'
    }
    const [row] = await changed(entra, {
      targetResources: [
        {
          modifiedProperties: [
            { displayName: 'AccountEnabled', oldValue: '[false]', newValue: '[true]' },
            { displayName: 'Group.Name', oldValue: null, newValue: '"Admins"' },
            { displayName: 'Note', oldValue: 'plain text', newValue: '{broken' },
            { displayName: 'Count', oldValue: '1', newValue: 2 }
          ]
        }
      ]
    })
    expect(row).toEqual({
      basis: 'logged',
      before: { AccountEnabled: [false], 'Group.Name': null, Note: 'plain text', Count: 1 },
      after: { AccountEnabled: [true], 'Group.Name': 'Admins', Note: '{broken', Count: 2 },
      fields: ['AccountEnabled', 'Group.Name', 'Note', 'Count']
    })
  })

  it('without a before says only what is now, the first of several keys that is present', async () => {
    const google: Change = { list: 'parameters', name: 'name', after: ['value', 'boolValue', 'multiValue'] }
    const [row] = await changed(google, {
      parameters: [
        { name: 'SETTING', value: 'two-step' },
        { name: 'ON', boolValue: false },
        { name: 'USERS', value: null, multiValue: ['ada', 'bo'] },
        { name: 'EMPTY' }
      ]
    })
    expect(row).toEqual({
      basis: 'after-only',
      after: { SETTING: 'two-step', ON: false, USERS: ['ada', 'bo'] }
    })
  })

  it('hides no entry behind another of its name, nor one without a name', async () => {
    const [row] = await changed(m365, {
      ModifiedProperties: [
        { Name: 'Member', OldValue: 'a', NewValue: 'b' },
        { OldValue: 'x', NewValue: 'y' },
        { Name: 'Member', OldValue: 'c', NewValue: 'd' },
        { Name: 'Member', NewValue: 'e' }
      ]
    })
    expect(row).toEqual({
      basis: 'logged',
      before: { Member: 'a', '[1]': 'x', 'Member (2)': 'c' },
      after: { Member: 'b', '[1]': 'y', 'Member (2)': 'd', 'Member (3)': 'e' },
      fields: ['Member', '[1]', 'Member (2)', 'Member (3)']
    })
  })

  it('is no change where the list is empty, missing or no list; entries without a before are after-only', async () => {
    expect(
      await changed(
        m365,
        { ModifiedProperties: [] },
        {},
        { ModifiedProperties: null },
        { ModifiedProperties: 'none' },
        { ModifiedProperties: [{ Name: 'Member', NewValue: 'e' }] }
      )
    ).toEqual([{}, {}, {}, {}, { basis: 'after-only', after: { Member: 'e' } }])
  })
})
