import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../../src-main/contract/evidence'
import type { ImportResult } from '../../../src-main/contract/import'
import { importText } from '../../../src-renderer/state/import-text'
import { balance, importNotice } from '../../../src-renderer/state/importing'
import { caseName } from '../../../src-renderer/state/imports.svelte'

const line: LedgerLine = {
  path: '/logs/admin.json',
  name: 'admin.json',
  sha256: 'b1946ac92492',
  bytes: 3_204_448_112,
  source: 'keycloak.admin',
  records: 2_481_112,
  events: 2_481_098,
  undated: 0,
  unreadable: 14,
  blank: 0,
  duplicates: 0,
  conflicts: 0,
  balanced: true,
  seconds: 18,
  importedAt: '2026-11-21T02:10:00Z',
  modifiedAt: '2026-03-09T12:00:00Z',
  notes: []
}
const result = (change: Partial<ImportResult>): ImportResult => ({
  evidence: [],
  refused: [],
  events: 0,
  seconds: 1,
  ...change
})
const image = { path: '/logs/a.png', code: 'file_not_a_log', message: 'a.png: this is an image, not a log.' }

describe('the notice of an import of thousands of files', () => {
  it('names the first of what is refused, and counts the rest', () => {
    const refused = Array.from({ length: 2000 }, (_, n) => ({
      ...image,
      message: `${n}.png: this is an image, not a log.`
    }))
    const { lines } = importNotice(result({ evidence: [line], refused }))
    expect(lines.slice(1)).toEqual([
      ...refused.slice(0, 7).map(({ message }) => message),
      '… and the same of 1,993 more files.'
    ])
  })
})

describe('the books of an import', () => {
  it('are one line that adds up', () => {
    expect(balance([line])).toBe('2,481,112 records = 2,481,098 events + 14 unreadable')
    expect(balance([line, { records: 5, events: 1, undated: 2, unreadable: 1, blank: 1 }])).toBe(
      '2,481,117 records = 2,481,099 events + 2 undated + 15 unreadable + 1 blank'
    )
  })

  it('are done when all was read', () => {
    const clean = { ...line, records: 10, events: 10, unreadable: 0 }
    expect(importNotice(result({ evidence: [clean] }))).toEqual({
      kind: 'done',
      title: 'Imported 1 file',
      lines: ['10 records = 10 events']
    })
  })

  it('warn of records that could not be read, of refusals and of conflicts', () => {
    expect(importNotice(result({ evidence: [{ ...line, conflicts: 2, duplicates: 1 }], refused: [image] }))).toEqual({
      kind: 'warning',
      title: 'Imported 1 file',
      lines: [
        '2,481,112 records = 2,481,098 events + 14 unreadable',
        '1 duplicate kept, not shown twice.',
        '2 events share an id with different content; both are shown.',
        'a.png: this is an image, not a log.'
      ]
    })
  })

  it('say what was guessed', () => {
    const vpn = { ...line, name: 'vpn.csv', records: 2, events: 2, unreadable: 0, guessed: '@timestamp ← ts' }
    expect(importNotice(result({ evidence: [vpn] }))).toEqual({
      kind: 'warning',
      title: 'Imported 1 file',
      lines: ['2 records = 2 events', 'vpn.csv is no log we know. Guessed: @timestamp ← ts']
    })
  })

  it('fail when nothing was taken, and when they do not balance', () => {
    expect(importNotice(result({ refused: [image] }))).toEqual({
      kind: 'failure',
      title: 'File refused',
      lines: ['a.png: this is an image, not a log.']
    })
    expect(importNotice(result({ evidence: [{ ...line, balanced: false }] }))).toMatchObject({
      kind: 'failure',
      title: 'Import does not balance'
    })
  })
})

describe('a running import', () => {
  it('says how far it is, how fast, and how long it will take', () => {
    const progress = {
      path: '/logs/audit 2026.json',
      file: 2,
      files: 3,
      phase: 'importing' as const,
      bytes: 1_073_741_824,
      totalBytes: 3_221_225_472,
      records: 812_000,
      bytesPerSecond: 104_857_600,
      source: 'authentik'
    }
    expect(importText(progress)).toEqual({
      title: 'Importing audit 2026.json (file 2 of 3)',
      facts: ['1.0 GiB of 3.0 GiB', '33%', '812,000 records', '100.0 MiB/s', '21 s left', 'authentik'],
      share: 1 / 3
    })
  })

  it('tells how much of it can be explored', () => {
    const at = {
      path: '/a.json',
      file: 1,
      files: 1,
      phase: 'importing',
      bytes: 1 << 29,
      totalBytes: 1 << 30,
      records: 812_000,
      bytesPerSecond: 0
    } as const
    expect(importText(at, { name: 'a.json', events: 640_000 }).facts).toEqual([
      '512.0 MiB of 1.0 GiB',
      '50%',
      '812,000 records',
      '640,000 can be explored'
    ])
  })

  it('promises nothing before it knows the size', () => {
    expect(importText({ phase: 'sending', name: 'a.json', bytes: 0, totalBytes: 0 })).toEqual({
      title: 'Reading a.json',
      facts: [],
      share: null
    })
  })
})

describe('a case made for a log', () => {
  it.each([
    ['/home/ana/audit-2026-03.json.gz', 'audit-2026-03'],
    ['C:\\logs\\vpn.csv', 'vpn'],
    ['/logs/export/', 'export'],
    ['.json', 'Untitled']
  ])('from %s is named %s', (path, name) => expect(caseName(path)).toBe(name))
})
