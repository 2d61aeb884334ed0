import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Change, Source } from '../../src-main/contract/source'
import { Imports } from '../sources/imported'

const folder = mkdtempSync(join(tmpdir(), 'spoor-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function changed(change: Change, text: string) {
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
  const file = join(folder, 'log.jsonl')
  writeFileSync(file, `{"at":"2026-03-09T09:41:07Z","op":"set",${text}}\n{"at":"2026-03-09T09:41:08Z","op":"other"}\n`)
  const { line, rows } = await imports.file(file)
  await imports.close()
  expect(line.events).toBe(2)
  return rows[0]
}

// What a record calls its fields is a stranger's text: none of it may end an import.
const keys = ['a"b', 'x\\y', 'p/q~', '', '$.z', '0', "it's", 'é 😀']

describe('a change of fields with any name', () => {
  it.each(keys)('is read from a diff: %j', async (key) => {
    const diff = JSON.stringify({ [key]: { old: 1, 'new/one': 2 }, plain: { old: 'a', 'new/one': 'b' } })
    const row = await changed({ diff: 'diff', before: 'old', after: 'new/one' }, `"diff":${diff}`)
    expect(row).toMatchObject({
      'change.before': { [key]: 1, plain: 'a' },
      'change.after': { [key]: 2, plain: 'b' },
      'change.basis': 'logged'
    })
    expect(new Set(row?.['change.fields'] as string[])).toEqual(new Set([key, 'plain']))
  })

  it.each(keys)('is read from two states: %j', async (key) => {
    const [was, is] = [JSON.stringify({ [key]: 1, same: 0 }), JSON.stringify({ [key]: 2, same: 0 })]
    const row = await changed({ before: 'was', after: 'is' }, `"was":${was},"is":${is}`)
    expect(row).toMatchObject({ 'change.fields': [key], 'change.basis': 'logged' })
  })

  it('may say a field twice', async () => {
    const row = await changed(
      { diff: 'diff', before: 'old', after: 'new' },
      '"diff":{"a":{"old":1,"new":2},"a":{"old":3,"new":4}}'
    )
    expect(row).toMatchObject({ 'event.action': 'set', 'change.basis': 'logged' })
  })
})
