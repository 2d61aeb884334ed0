import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { engineIn, temporaryFolder } from './folder'

const line = (n: number) =>
  JSON.stringify({
    id: `id-${n}`,
    time: 1773049267120 + n,
    type: 'LOGIN',
    realmId: 'acme',
    userId: `ünser ${n}`,
    ipAddress: '203.0.113.9'
  })
const lines = (from: number, count: number) => Array.from({ length: count }, (_, n) => line(from + n))

it('every record has its place in the SQL view, also where it is counted on and not stored', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  const files: Record<string, string> = {
    'clean.jsonl': `${lines(0, 5000).join('\n')}\n`,
    // Blocks of clean lines with odd ones between them.
    'mixed.jsonl': [...lines(10_000, 20_000), 'odd\r', '', ...lines(40_000, 20_000)].join('\n'),
    'array.json': JSON.stringify(lines(70_000, 50).map((text) => JSON.parse(text)))
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'packed.jsonl.gz'), gzipSync(lines(80_000, 3000).join('\n')))
  await engine.importPaths({ paths: [...Object.keys(files), 'packed.jsonl.gz'].map((name) => join(folder, name)) })
  const { rows } = await engine.sql(
    `SELECT evidence, record, line, "offset", length, text FROM record WHERE record % 97 = 1 OR text LIKE 'odd%' ORDER BY evidence, record`,
    100_000
  )
  expect(rows.length).toBeGreaterThan(490)
  for (const [evidence, , at, offset, length, text] of rows as [string, number, number, number, number, string][]) {
    const bytes =
      evidence === 'packed.jsonl.gz'
        ? Buffer.from(lines(80_000, 3000).join('\n'))
        : readFileSync(join(folder, evidence))
    expect(bytes.subarray(Number(offset), Number(offset) + Number(length)).toString()).toBe(text)
    if (evidence !== 'array.json')
      expect(bytes.subarray(0, Number(offset)).toString().split('\n').length).toBe(Number(at))
  }
  const without = await engine.sql(
    'SELECT count(*) FROM record WHERE line IS NULL OR "offset" IS NULL OR length IS NULL',
    1
  )
  expect(Number(without.rows[0]?.[0])).toBe(0)
  expect((await engine.verify()).clean).toBe(true)
}, 60_000)
