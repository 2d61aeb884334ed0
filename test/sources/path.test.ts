import { describe, expect, it } from 'vitest'
import { parsePath, pathText, valueAt } from '../../src-main/engine/normalise/path'
import { matches } from '../../src-main/engine/normalise/recognise'

describe('a path', () => {
  it.each([
    ['a', ['a']],
    ['a.b.c', ['a', 'b', 'c']],
    ['@timestamp', ['@timestamp']],
    ['"log.logger"', ['log.logger']],
    ['message."event.type".x', ['message', 'event.type', 'x']],
    ['resources[0].id', ['resources', 0, 'id']],
    ['[2][10]', [2, 10]],
    ['Client ip', ['Client ip']],
    ['"a \\"b\\" \\\\ c"', ['a "b" \\ c']],
    ['"targets.id"[0]', ['targets.id', 0]]
  ])('%s is read as its steps, and written back the same', (text, steps) => {
    expect(parsePath(text)).toEqual(steps)
    expect(pathText(steps)).toBe(text)
  })

  it.each(['', '.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a]', '"a', '"a"b', 'a"b"', 'a[0]b'])(
    '%j is not a path, and says so',
    (text) => {
      expect(() => parsePath(text)).toThrow(`not a path: ${text}`)
    }
  )

  it('finds nothing where there is nothing, and never what an object inherits', () => {
    const document = { a: { b: [1, { c: null }] }, t: 'text' }
    expect(valueAt(document, ['a', 'b', 0])).toBe(1)
    expect(valueAt(document, ['a', 'b', 1, 'c'])).toBeNull()
    expect(valueAt(document, ['a', 'b', 'length'])).toBeUndefined()
    expect(valueAt(document, ['a', 0])).toBeUndefined()
    expect(valueAt(document, ['t', 'length'])).toBeUndefined()
    expect(valueAt(document, ['toString'])).toBeUndefined()
    expect(valueAt(null, ['a'])).toBeUndefined()
  })
})

describe('recognition', () => {
  it('takes null for absent', () => {
    expect(matches({ all: ['a'] }, { a: null })).toBe(false)
    expect(matches({ all: ['a'], none: ['b'] }, { a: 1, b: null })).toBe(true)
  })
  it('needs all, one of any, none of none', () => {
    const rules = { all: ['a'], any: ['b', 'c'], none: ['d'] }
    expect(matches(rules, { a: 1, c: '' })).toBe(true)
    expect(matches(rules, { a: 1 })).toBe(false)
    expect(matches(rules, { b: 1 })).toBe(false)
    expect(matches(rules, { a: 1, b: 1, d: 0 })).toBe(false)
  })
  it('compares the text of a value with one of those given', () => {
    const rules = { all: [], equals: { version: '1', 'log.level': ['INFO', 'WARN'] } }
    expect(matches(rules, { version: 1, log: { level: 'WARN' } })).toBe(true)
    expect(matches(rules, { version: 1, log: { level: 'warn' } })).toBe(false)
    expect(matches(rules, { version: 1 })).toBe(false)
  })
  it('finds nothing in what is no object', () => {
    for (const document of ['text', 7, null, [{ a: 1 }]]) expect(matches({ all: ['a'] }, document)).toBe(false)
  })
})
