import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, describeFilter, highlight, parseQuery, printFilter } from '../../src-main/contract/query-text'

/** Everything the box does with a text while it is typed. */
function use(text: string): void {
  const { filter, errors } = parseQuery(text)
  for (const { detail } of errors ?? []) {
    const { from = -1, to = -1 } = detail
    expect(0 <= from && from <= to && to <= text.length, `${from} to ${to}`).toBe(true)
  }
  highlight(text)
  complete(text, text.length)
  complete(text, text.length >> 1)
  if (!filter) return
  describeFilter(filter)
  expect(parseQuery(printFilter(filter)).filter).toEqual(filter)
}

const addresses = Array.from({ length: 10_000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`)

describe('a text of any length', () => {
  it.each([
    ['ten thousand addresses', `source.ip:(${addresses.join(' or ')})`],
    ['ten thousand words', addresses.join('\n')],
    ['one long word', 'a'.repeat(100_000)],
    ['quotes', '"'.repeat(25_001)],
    ['open parentheses', '('.repeat(25_000)],
    ['minus signs', '-'.repeat(25_000)],
    ['not', 'not '.repeat(6_000)],
    ['or', 'or '.repeat(8_000)],
    ['unknown fields', 'a:b '.repeat(6_000)],
    ['open lists', 'user.name:('.repeat(9_000)],
    ['open ranges', 'event.severity:['.repeat(1_500)],
    ['open regular expressions', 'user.name:/'.repeat(9_000)],
    ['open groups of a regular expression', `user.name:/${'(a|'.repeat(30_000)}/`],
    ['open keys', 'record."'.repeat(12_000)],
    ['a deep path', `record${'.a'.repeat(50_000)}:x`],
    ['beginnings of a range', 'last '.repeat(5_000)],
    ['spaces within a range', `last${' '.repeat(100_000)}3 days`]
  ])('is read: %s', (_, text) => {
    // What grows with the square of the length takes longer than a test has.
    use(text)
  })

  it('is never thrown at, whatever it is', () => {
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }))
    fc.assert(fc.property(any, use), { numRuns: 1_000 })
  })
})
