import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { Imports } from '../sources/imported'

const source: Source = {
  id: 'acme',
  title: 'Acme',
  read: { as: 'json' },
  recognise: { all: ['at'] },
  event: {
    '@timestamp': 'at',
    'change.before': {
      sql: "CASE WHEN record->'from' IS NOT NULL THEN json_object(record->>'change', record->'from') END"
    },
    'change.after': { sql: "CASE WHEN record->'to' IS NOT NULL THEN json_object(record->>'change', record->'to') END" }
  },
  samples: []
}

const folder = mkdtempSync(join(tmpdir(), 'spoor-change-'))
const imports = new Imports([source])
afterAll(async () => {
  await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

it('tells what differs between two sides that are mapped like any field, and on what that rests', async () => {
  const at = '2026-03-09T09:41:07Z'
  const records = [
    { at, change: 'visibility', from: 'Private', to: 'Public' },
    { at, change: 'role', from: 'Owner', to: 'Owner' },
    { at, change: 'role', to: 'Owner' },
    { at }
  ]
  const file = join(folder, 'log.jsonl')
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const { rows } = await imports.file(file)
  const changes = rows.map((row) => ['before', 'after', 'fields', 'basis'].map((name) => row[`change.${name}`]))
  expect(changes).toEqual([
    [{ visibility: 'Private' }, { visibility: 'Public' }, ['visibility'], 'logged'],
    [{ role: 'Owner' }, { role: 'Owner' }, [], 'logged'],
    [undefined, { role: 'Owner' }, ['role'], 'after-only'],
    [undefined, undefined, undefined, undefined]
  ])
})
