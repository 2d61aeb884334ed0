import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { EvidenceBytes } from '../../src-main/contract/evidence'
import { engineIn, temporaryFolder } from './folder'

const record = (n: number) =>
  JSON.stringify({ id: `id-${n}`, time: 1773049267120 + n, user: `zoë ${n}`, action: 'a.b' })
const text = ({ bytes, encoding }: EvidenceBytes) => new TextDecoder(encoding).decode(Buffer.from(bytes, 'base64'))

async function imported(name: string, content: Buffer | string) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const state = await engine.createCase({ name: 'c' })
  writeFileSync(join(folder, name), content)
  const { evidence, refused } = await engine.importPaths({ paths: [join(folder, name)] })
  expect(refused).toEqual([])
  const sha256 = evidence[0]?.sha256 ?? ''
  const window = (at: { offset: number } | { line: number }, length: number) =>
    engine.evidenceBytes({ evidence: sha256, at, length })
  return { engine, sha256, window, state, show: (n: number) => engine.show(`${sha256.slice(0, 12)}-${n}`, true) }
}

const lines = Array.from({ length: 9000 }, (_, at) => record(at + 1)).join('\n')
const shapes: Readonly<Record<string, { content: Buffer | string; line: number }>> = {
  'lines.jsonl': { content: lines, line: 7000 },
  'lines.jsonl.gz': { content: gzipSync(lines), line: 7000 },
  'array-on-one-line.json': {
    content: `[${Array.from({ length: 9000 }, (_, at) => record(at + 1)).join(',')}]`,
    line: 1
  },
  'array-laid-out.json': {
    content: JSON.stringify(
      Array.from({ length: 9000 }, (_, at) => JSON.parse(record(at + 1))),
      null,
      2
    ),
    line: 41_996
  },
  'crlf.jsonl': { content: lines.replaceAll('\n', '\r\n'), line: 7000 }
}

describe('a window into the evidence', () => {
  it.each(Object.entries(shapes))(
    'of %s begins at the record’s bytes, in its line',
    async (name, { content, line }) => {
      const { window, show } = await imported(name, content)
      const { record: place } = await show(7000)
      const seen = await window({ offset: place.offset }, place.length)
      expect(text(seen)).toBe(place.text)
      expect(place.text).toContain('zoë 7000')
      expect(seen.line).toBe(line)
      expect(place.line).toBe(line)
      expect(seen.compression).toBe(name.endsWith('.gz') ? 'gzip' : undefined)
    }
  )

  it('begins at a line asked for, wherever records begin in it', async () => {
    const { window } = await imported('array-laid-out.json', shapes['array-laid-out.json']?.content ?? '')
    const seen = await window({ line: 41_997 }, 20)
    expect(text(seen)).toBe('    "id": "id-7000",')
    expect([seen.line, seen.lineBegins]).toEqual([41_997, true])
    expect((await window({ line: 41_996 }, 4)).lineBegins).toBe(true)
    expect(text(await window({ line: 41_996 }, 4))).toBe('  {\n')
    expect((await window({ offset: seen.offset + 2 }, 4)).lineBegins).toBe(false)
  })

  it('ends where the file ends, and beyond it is empty', async () => {
    const { window } = await imported('two.jsonl', `${record(1)}\n${record(2)}`)
    const whole = await window({ offset: 0 }, 1000)
    expect(whole.total).toBe(Buffer.byteLength(`${record(1)}\n${record(2)}`))
    expect(text(whole)).toBe(`${record(1)}\n${record(2)}`)
    const beyond = await window({ offset: 1e12 }, 1000)
    expect([beyond.offset, beyond.bytes, beyond.line]).toEqual([whole.total, '', 2])
    expect((await window({ line: 99 }, 10)).offset).toBe(whole.total)
    expect((await window({ offset: -5 }, 1)).offset).toBe(0)
  })

  it('is at most 256 KiB wide', async () => {
    const { window } = await imported('lines.jsonl', lines)
    expect(Buffer.from((await window({ offset: 0 }, 1e9)).bytes, 'base64')).toHaveLength(256 << 10)
  })

  it('of a compressed file says how long it is only once that is known', async () => {
    const long = Array.from({ length: 40_000 }, (_, at) => record(at + 1)).join('\n')
    const { window } = await imported('long.jsonl.gz', gzipSync(long))
    expect((await window({ offset: 0 }, 100)).total).toBeNull()
    const last = await window({ offset: Buffer.byteLength(long) - 5 }, 100)
    expect(Buffer.from(last.bytes, 'base64').toString()).toBe(long.slice(-5))
    expect(last.total).toBe(Buffer.byteLength(long))
    expect(last.line).toBe(40_000)
  })

  it('of a compressed file that is cut off ends where it does', async () => {
    const cut = gzipSync(lines)
    const { window } = await imported('cut.jsonl.gz', cut.subarray(0, cut.length - 2000))
    const end = await window({ offset: 1e12 }, 10)
    expect(end.total).toBe(end.offset)
    expect(end.offset).toBeGreaterThan(100_000)
  })

  it.each(['utf-16le', 'utf-16be'] as const)('of %s is two bytes a character, its lines counted', async (encoding) => {
    const units = Buffer.from(`\uFEFF${record(1)}\n${record(2)}\n${record(3)}`, 'utf16le')
    const { window } = await imported('wide.jsonl', encoding === 'utf-16le' ? units : units.swap16())
    const seen = await window({ line: 3 }, 1000)
    expect([seen.encoding, seen.line, seen.lineBegins]).toEqual([encoding, 3, true])
    expect(text(seen)).toBe(record(3))
  })

  it('opens nothing but the evidence of the case', async () => {
    const { engine, sha256, state, window } = await imported('a.jsonl', record(1))
    await expect(
      engine.evidenceBytes({ evidence: '../../custody.jsonl', at: { offset: 0 }, length: 10 })
    ).rejects.toThrow('There is no evidence ../../custody.jsonl in this case.')
    rmSync(join(state.folder, 'evidence', sha256), { force: true })
    symlinkSync('/etc/passwd', join(state.folder, 'evidence', sha256))
    await expect(window({ offset: 0 }, 10)).rejects.toThrow('a.jsonl is missing from the case')
  })
})
