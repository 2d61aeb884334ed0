import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Utf16Places } from '../../src-main/engine/import/utf16-places'
import { engineIn, temporaryFolder } from './folder'

const login = (n: number) => ({
  id: `id-${n}`,
  time: 1773049267120 + n * 1000,
  type: 'LOGIN_ERROR',
  realmId: 'acme',
  clientId: 'shop',
  userId: `user-${n % 7}`,
  ipAddress: '203.0.113.9',
  error: n % 3 ? `zażółć gęślą 日本 🦊 ${n}` : 'plain'
})
const records = Array.from({ length: 12 }, (_, n) => login(n))
const lines = records.map((record) => JSON.stringify(record))
const csv = [
  'time,user,action,note',
  ...records.map((r) => `${new Date(r.time).toISOString()},ada,login,"${r.error}\n🦊"`)
]

const shapes: Record<string, string> = {
  'lines.jsonl': lines.join('\n'),
  'crlf.jsonl': `${lines.join('\r\n')}\r\n`,
  'mac.jsonl': lines.join('\r'),
  'array.json': JSON.stringify(records),
  'pretty.json': JSON.stringify(records, null, 2),
  'wrapped.json': JSON.stringify({ note: 'ż[🦊', events: records }),
  'values.json': records.map((record) => JSON.stringify(record, null, 1)).join('\n'),
  'table.csv': csv.join('\r\n')
}

const encodings = {
  'utf-16le with mark': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16le without mark': (text: string) => Buffer.from(text, 'utf16le'),
  'utf-16be with mark': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'utf-16be without mark': (text: string) => Buffer.from(text, 'utf16le').swap16()
}

describe.each(Object.entries(encodings))('in %s', (encoding, encode) => {
  it.each(Object.keys(shapes))('the bytes at the place of each record of %s are its text', async (name) => {
    const folder = await temporaryFolder()
    const path = join(folder, name)
    writeFileSync(path, encode(shapes[name] ?? ''))
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const { evidence } = await engine.importPaths({ paths: [path] })
    expect(evidence[0]).toMatchObject({ records: 12, unreadable: 0, balanced: true })
    const bytes = readFileSync(path)
    const decoder = new TextDecoder(encoding.slice(0, 8), { ignoreBOM: true })
    for (const { place, text } of await engine.records({ evidence: evidence[0]?.sha256 ?? '', limit: 20 }))
      expect(decoder.decode(bytes.subarray(place.offset, place.offset + place.length))).toBe(text)
    const { clean, checks } = await engine.verify()
    expect(clean).toBe(true)
    expect(checks.map(({ what, found }) => `${what}: ${found}`)).toContain(
      `${name}: records against their bytes: 12 records spread over the file are their bytes exactly`
    )
  })
})

describe('places in a UTF-16 file', () => {
  it('are found however long the record at hand is, and what was read of it is not kept', () => {
    const places = new Utf16Places(2)
    // 2, 4 and 1 bytes of UTF-8; 1, 2 and 1 units of UTF-16.
    const block = Buffer.from('é🦊a'.repeat(150_000))
    for (let n = 0; n < 60; n++) {
      places.see(block)
      places.begins(n === 0 ? 0 : 7)
    }
    expect(places.held).toBeLessThan(26 << 20)
    expect(places.of(7, 60 * 1_050_000 - 7)).toEqual({ offset: 2 + 8, length: 2 * (60 * 600_000 - 4) })
  })

  it('are the same for every entry of one record', () => {
    const places = new Utf16Places(0)
    places.see(Buffer.from('{"é":1}\n{"a":2}'))
    expect([places.of(0, 8), places.of(0, 8), places.of(9, 7)]).toEqual([
      { offset: 0, length: 14 },
      { offset: 0, length: 14 },
      { offset: 16, length: 14 }
    ])
  })
})
