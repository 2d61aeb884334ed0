import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonSplitter } from '../../src-main/engine/import/split-json'

interface Cut {
  readonly text: string
  readonly offset: number
  readonly line: number
  readonly flag?: string
}

/** The records of a text, given in blocks of this many bytes. */
function split(text: string, path: readonly string[] = [], block = 1 << 20): { records: Cut[]; open: boolean } {
  const records: Cut[] = []
  const splitter = new JsonSplitter(
    ({ bytes, offset, line, flag }) =>
      records.push({ text: bytes.toString(), offset, line, ...(flag === undefined ? {} : { flag }) }),
    0,
    path
  )
  const all = Buffer.from(text)
  for (let at = 0; at < all.length; at += block) splitter.push(all.subarray(at, at + block))
  splitter.end()
  return { records, open: splitter.open }
}
const texts = (text: string, path?: readonly string[]) => split(text, path).records.map((one) => one.text)

describe('records of JSON', () => {
  it.each<[string, string, string[], string[]]>([
    ['an array', '[{"a":1}, {"a":[2]}]', [], ['{"a":1}', '{"a":[2]}']],
    ['values with nothing between', '{"a":1}{"a":2}"x"7{"a":3}', [], ['{"a":1}', '{"a":2}', '"x"', '7', '{"a":3}']],
    ['arrays one after another', '[{"a":1}][{"a":2}]\n[]', [], ['{"a":1}', '{"a":2}']],
    [
      'a list under a key',
      '{"n":[{"no":1}],"r":[{"a":1},{"a":2}],"z":{"r":[{"no":2}]}}',
      ['r'],
      ['{"a":1}', '{"a":2}']
    ],
    [
      'a list three keys down',
      '{"data":{"hits":[{"no":1}],"x":{"hits":[{"a":"]}"}]}},"hits":[{"no":2}]}',
      ['data', 'x', 'hits'],
      ['{"a":"]}"}']
    ],
    [
      'lists in groups in pages',
      '[{"groups":[{"logs":[{"a":1}]},{"logs":[{"a":2}]}]},{"groups":[{"logs":[{"a":3}]}]}]',
      ['groups', 'logs'],
      ['{"a":1}', '{"a":2}', '{"a":3}']
    ],
    [
      'objects around lists one after another',
      '{"r":[{"a":1}]}\n{"r":[{"a":2}],"r":[{"a":3}]}',
      ['r'],
      ['{"a":1}', '{"a":2}', '{"a":3}']
    ],
    ['one object where the list should be', '{"r":{"a":1},"s":2}', ['r'], ['{"a":1}']],
    [
      'a key that is written with escapes, in any script',
      '{"\\u0436\\"":[{"a":1}],"журнал":[{"b":1}]}',
      ['ж"'],
      ['{"a":1}']
    ],
    ['a key in any script', '{"ж":[{"a":1}],"журнал":[{"b":1}]}', ['журнал'], ['{"b":1}']],
    ['an empty list', '{"r":[]}', ['r'], []],
    ['a bracket too many', '[{"a":1}},{"a":2}]', [], ['{"a":1}', '{"a":2}', ']']]
  ])('%s', (_, text, path, expected) => {
    expect(texts(text, path)).toEqual(expected)
    for (const block of [1, 2, 3, 7]) expect(split(text, path, block).records).toEqual(split(text, path).records)
  })

  it('have their exact text and place, however the values are laid out and the blocks fall', () => {
    const layout = fc.record({
      list: fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 12 }),
      indent: fc.constantFrom<string | number>(0, 1, 4, '\t'),
      block: fc.integer({ min: 1, max: 60 }),
      wrapped: fc.boolean()
    })
    fc.assert(
      fc.property(layout, ({ list, indent, block, wrapped }) => {
        const text = JSON.stringify(wrapped ? { before: list, é: { list } } : list, null, indent)
        const { records, open } = split(text, wrapped ? ['é', 'list'] : [], block)
        expect(records.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(JSON.stringify(list)))
        expect(open).toBe(false)
        const bytes = Buffer.from(text)
        for (const { text: own, offset, line } of records) {
          expect(bytes.subarray(offset, offset + Buffer.byteLength(own)).toString()).toBe(own)
          expect(bytes.subarray(0, offset).toString().split('\n').length).toBe(line)
        }
      })
    )
  })
})

describe('a broken record', () => {
  const record = (n: number) => ({
    id: n,
    actor: { id: n, name: 'ada' },
    items: [
      { id: 1, of: n },
      { id: 2, of: n }
    ],
    note: 'x'.repeat(500)
  })
  const list = Array.from({ length: 60 }, (_, n) => record(n))
  const layouts: [string, (texts: string[]) => string][] = [
    ['in an array on one line', (texts) => `[${texts.join(',')}]`],
    ['in an array of one a line', (texts) => `[\n${texts.join(',\n')}\n]`],
    ['among values on one line', (texts) => texts.join('')],
    ['under a key', (texts) => `{"list":[${texts.join(', ')}]}`]
  ]
  const faults: [string, (text: string) => string][] = [
    ['that lacks its last bracket', (text) => text.slice(0, -1)],
    ['that is cut off in a text', (text) => text.slice(0, 120)],
    ['that lacks a quote', (text) => text.replace('"ada"', '"ada')],
    ['of which only the beginning is there', (text) => text.slice(0, 4)]
  ]
  for (const [where, lay] of layouts) {
    for (const [what, damage] of faults) {
      it.each([0, 1, '\t'])(`${where}, ${what}, takes no other with it (indent %j)`, (indent) => {
        const good = list.map((one) => JSON.stringify(one, null, indent))
        const damaged = good.map((text, n) => (n === 20 || n === 41 ? damage(text) : text))
        const text = lay(damaged)
        const { records } = split(text, where === 'under a key' ? ['list'] : [], 777)
        const whole = records.map((one) => one.text)
        expect(good.filter((one, n) => n !== 20 && n !== 41 && !whole.includes(one))).toEqual([])
        const bytes = Buffer.from(text)
        for (const { text: own, offset, line } of records) {
          expect(bytes.subarray(offset, offset + Buffer.byteLength(own)).toString()).toBe(own)
          expect(bytes.subarray(0, offset).toString().split('\n').length).toBe(line)
        }
        expect(records.length).toBeGreaterThanOrEqual(60)
        expect(records.length).toBeLessThan(70)
      })
    }
  }

  it('is no matter of hours where every one is broken', () => {
    const text = list.map((one) => JSON.stringify(one).slice(0, -1))
    const many = Array.from({ length: 100 }, () => text.join(',')).join(',')
    // What grows with the square of their number does not end within the time a test has.
    const { records } = split(`[${JSON.stringify(record(7))},${many}]`)
    expect(records.length).toBe(6_001)
  })
})
