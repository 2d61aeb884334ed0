import { describe, expect, it } from 'vitest'
import { prettyJson } from '../../../src-renderer/components/explore/pretty-json'
import { findInTree, openAtFirst, preview, treeRows } from '../../../src-renderer/components/explore/record-tree'

describe('a record laid out', () => {
  it('spells every value as the log does', () => {
    expect(prettyJson('{"id":12345678901234567890,"id":1.0,"u":"\\u00e9\\/ : {","e":{},"l":[1,[]]}')).toBe(
      [
        '{',
        '  "id": 12345678901234567890,',
        '  "id": 1.0,',
        '  "u": "\\u00e9\\/ : {",',
        '  "e": {},',
        '  "l": [',
        '    1,',
        '    []',
        '  ]',
        '}'
      ].join('\n')
    )
  })

  it('is none where the record is no JSON', () => {
    expect(prettyJson('type=LOGIN, realmId=shop')).toBeNull()
    expect(prettyJson('{"cut": ')).toBeNull()
  })
})

describe('a record as a tree', () => {
  const document = { user: { 'e.mail': 'a@b.c', roles: ['admin', 'viewer'] }, n: 7, none: null, empty: {} }

  it('lists the members of what is open, with the paths a query knows', () => {
    const rows = treeRows(document, openAtFirst(document), new Map())
    expect(rows.map((row) => [row.depth, row.path, preview(row)])).toEqual([
      [0, 'user', '{2}'],
      [1, 'user."e.mail"', '"a@b.c"'],
      [1, 'user.roles', '[2]'],
      [2, 'user.roles[0]', '"admin"'],
      [2, 'user.roles[1]', '"viewer"'],
      [0, 'n', '7'],
      [0, 'none', 'null'],
      [0, 'empty', '{0}']
    ])
  })

  it('keeps what is closed closed', () => {
    expect(treeRows(document, new Set(), new Map()).map((row) => row.path)).toEqual(['user', 'n', 'none', 'empty'])
  })

  it('lists a long list in stretches, and says how many are left', () => {
    const long = { ids: Array.from({ length: 1000 }, (_, at) => at) }
    const rows = treeRows(long, new Set(['', 'ids']), new Map())
    expect([rows.length, rows.at(-1)?.more]).toEqual([202, 800])
    const more = treeRows(long, new Set(['ids']), new Map([['ids', 1000]]))
    expect([more.length, more.at(-1)?.path]).toEqual([1001, 'ids[999]'])
  })

  it('opens a large record only as far as one reads', () => {
    const large = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`k${at}`, { a: 1, b: { c: 2 } }]))
    expect(treeRows(large, openAtFirst(large), new Map()).length).toBeLessThan(1000)
  })

  it('finds keys and values, and opens the way to them', () => {
    expect(findInTree(document, 'ADMIN')).toEqual({
      found: ['user.roles[0]'],
      open: new Set(['', 'user', 'user.roles'])
    })
    expect(findInTree(document, 'mail').found).toEqual(['user."e.mail"'])
  })

  it('is not troubled by three thousand levels', () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 3000; level++) deep = { a: deep }
    expect(findInTree(deep, 'x').found).toHaveLength(1)
    expect(treeRows(deep, openAtFirst(deep), new Map()).length).toBeGreaterThan(200)
  })
})
