import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { items, rangeAt } from '../../src-main/engine/import/json-text'

const at = (text: string, path: (string | number)[]) => {
  const range = rangeAt(text, path)
  return range && text.slice(range.from, range.to)
}

describe('a value taken out of JSON text', () => {
  it('is the text as written, digits and spaces and all', () => {
    const text = ' { "a" : { "n": 12345678901234567890.10, "l": [ {"x": "}\\"]"}, 1e400 , null ] } } '
    expect(at(text, ['a', 'n'])).toBe('12345678901234567890.10')
    expect(at(text, ['a', 'l', 0])).toBe('{"x": "}\\"]"}')
    expect(at(text, ['a', 'l', 1])).toBe('1e400')
    expect(at(text, ['a', 'l', 2])).toBe('null')
    expect(at(text, ['a', 'l', 3])).toBeUndefined()
    expect(at(text, ['a', 'b'])).toBeUndefined()
    expect(at(text, ['a', 0])).toBeUndefined()
    expect(at(text, ['a', 'n', 'm'])).toBeUndefined()
  })

  it('is found behind keys that are escaped, and texts that end in backslashes', () => {
    const text = '{"b\\\\":"\\\\","k\\u00e9y":["\\\\\\"",2]}'
    expect(at(text, ['kéy', 0])).toBe('"\\\\\\""')
    expect(at(text, ['b\\'])).toBe('"\\\\"')
  })

  it('is the value of any JSON there can be, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.string(), fc.constantFrom(0, 1, '\t'), (list, key, indent) => {
        const text = JSON.stringify([{ before: ['"', '\\'] }, { [key]: list }, '{'], null, indent)
        const range = rangeAt(text, [1, key])
        const found = range ? items(text, range.from).map(({ from, to }) => JSON.parse(text.slice(from, to))) : []
        expect(found).toEqual(JSON.parse(JSON.stringify(list)))
      })
    )
  })
})
