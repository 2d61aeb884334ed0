import { describe, expect, it } from 'vitest'
import { diffLines, diffTally, diffValue, signOf, wordParts } from '../../../src-renderer/components/explore/diff-shape'

describe('the sign of a field', () => {
  it.each([
    [{ path: 'a', before: 1, after: 2 }, 'logged', 'changed'],
    [{ path: 'a', after: null }, 'logged', 'added'],
    [{ path: 'a', before: null }, 'rebuilt', 'removed'],
    [{ path: 'a', before: 1, after: 1, same: true }, 'logged', 'same'],
    [{ path: 'a', before: '***', after: '***', masked: true }, 'logged', 'masked'],
    [{ path: 'a', after: 2 }, 'after-only', 'now']
  ] as const)('%j of a change that is %s is %s', (entry, basis, sign) => {
    expect(signOf(entry, basis)).toBe(sign)
  })
})

describe('the lines of a diff', () => {
  const same = (path: string) => ({ path, before: 1, after: 1, same: true }) as const
  const lines = diffLines({
    basis: 'logged',
    entries: [same('a'), same('b'), { path: 'c', before: 1, after: 2 }, same('d'), { path: 'e', after: 3 }]
  })

  it('fold each run of unchanged fields into its number, in their place', () => {
    expect(lines.map((line) => (line.kind === 'fold' ? line.entries.length : line.entry.path))).toEqual([
      2,
      'c',
      1,
      'e'
    ])
  })

  it('are counted by what became of them', () => {
    expect(diffTally(lines)).toBe('~ 1 changed · + 1 added · 3 unchanged')
  })
})

describe('words that differ', () => {
  it('are told from those that stayed', () => {
    expect(wordParts('allow read of shipments for partners', 'allow write of shipments for partners')).toEqual([
      { kind: 'same', text: 'allow ' },
      { kind: 'removed', text: 'read' },
      { kind: 'added', text: 'write' },
      { kind: 'same', text: ' of shipments for partners' }
    ])
  })

  it('are not looked for in short values, nor in texts that have nothing in common', () => {
    expect(wordParts('viewer', 'admin')).toBeNull()
    expect(wordParts('the quick brown fox jumps over', 'zwölf Boxkämpfer jagen Viktor quer')).toBeNull()
  })

  it('leave the middle of a long unchanged stretch folded, not lost', () => {
    const long = 'lorem ipsum '.repeat(100)
    const parts = wordParts(`${long}old`, `${long}new`) ?? []
    expect(parts.map((part) => part.kind)).toEqual(['same', 'fold', 'same', 'removed', 'added'])
    expect(
      parts
        .filter((part) => part.kind !== 'added')
        .map((part) => part.text)
        .join('')
    ).toBe(`${long}old`)
  })
})

describe('a value', () => {
  it.each([
    ['admin', 'admin'],
    ['', '""'],
    ['null', '"null"'],
    ['7', '"7"'],
    [7, '7'],
    [null, 'null'],
    [' padded', '" padded"'],
    ['admin\u202Enimda', 'admin⟨U+202E⟩nimda']
  ])('%j is shown as %s', (value, text) => {
    expect(diffValue(value)).toBe(text)
  })
})
