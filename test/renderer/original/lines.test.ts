import { describe, expect, it } from 'vitest'
import { placeTyped } from '../../../src-renderer/components/original/go-to'
import { cutOff, leftOver, lineEnds, linesOf } from '../../../src-renderer/components/original/original-lines'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const stretch = (bytes: Uint8Array, more = {}) => ({ bytes, offset: 100, line: 7, lineBegins: true, ...more })
const nothing = { from: 0, to: 0 }
const text = (lines: ReturnType<typeof linesOf>) =>
  lines.map(({ number, offset, parts }) => [
    number,
    offset,
    parts.map((part) => (part.marked ? `[${part.text}]` : part.text)).join('')
  ])

describe('a stretch of a file as lines', () => {
  it('numbers them on, and marks the record’s bytes wherever they begin and end', () => {
    const bytes = utf8('zoë\nsecond line\r\nlast')
    expect(text(linesOf(stretch(bytes), { from: 112, to: 117 }, 'utf-8'))).toEqual([
      [7, 100, 'zoë'],
      [8, 105, 'second [line]'],
      [9, 118, 'last']
    ])
    expect(text(linesOf(stretch(bytes), { from: 101, to: 106 }, 'utf-8')).map(([, , line]) => line)).toEqual([
      'z[oë]',
      '[s]econd line',
      'last'
    ])
  })

  it('gives no number to what began before it', () => {
    const lines = linesOf(stretch(utf8('…end\nnext'), { lineBegins: false }), nothing, 'utf-8')
    expect(text(lines)).toEqual([
      [null, 100, '…end'],
      [8, 107, 'next']
    ])
  })

  it('reads UTF-16, where half of another character is no line’s end', () => {
    const bytes = utf16('a\u0a00b\nc')
    expect(lineEnds(bytes, 'utf-16le')).toEqual([8])
    expect(text(linesOf(stretch(bytes), { from: 108, to: 110 }, 'utf-16le'))).toEqual([
      [7, 100, 'a\u0a00b'],
      [8, 108, '[c]']
    ])
  })

  it('names characters that would not be seen', () => {
    expect(text(linesOf(stretch(utf8('\uFEFFadmin\u202Enimda')), nothing, 'utf-8'))).toEqual([
      [7, 100, '⟨U+FEFF⟩admin⟨U+202E⟩nimda']
    ])
  })

  it('is cut between characters', () => {
    const key = utf8('a🗝')
    expect([1, 2, 3, 4, 5].map((length) => cutOff(key.subarray(0, length), 'utf-8'))).toEqual([0, 1, 2, 3, 0])
    expect([1, 2, 3, 4].map((from) => leftOver(key.subarray(from), 'utf-8'))).toEqual([0, 3, 2, 1])
    const wide = utf16('🗝')
    expect([cutOff(wide.subarray(0, 2), 'utf-16le'), cutOff(wide, 'utf-16le')]).toEqual([2, 0])
    expect(leftOver(wide.subarray(2), 'utf-16le')).toBe(2)
  })
})

it.each([
  ['8000', { offset: 8000 }],
  ['8,000', { offset: 8000 }],
  ['0x1F40', { offset: 8000 }],
  ['line 12', { line: 12 }],
  [':12', { line: 12 }],
  ['line 0', null],
  ['nowhere', null],
  ['', null]
])('“%s” is where one wants to go', (typed, at) => {
  expect(placeTyped(typed)).toEqual(at)
})
