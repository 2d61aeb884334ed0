import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ImportProgress } from '../../src-main/contract/import'
import { engineIn, temporaryFolder } from './folder'

const fixtures = join(import.meta.dirname, '../fixtures/e2e')
const shift = join(fixtures, 'shift.json')

describe('at the edges of an import', () => {
  it('two CSV rows of one id and different content are both shown, for neither is JSON that could be compared', async () => {
    const folder = await temporaryFolder()
    const [head, row = ''] = readFileSync(join(fixtures, 'products/authentik-export.csv'), 'utf8').split('\r\n')
    const path = join(folder, 'twice.csv')
    writeFileSync(path, [head, row, row.replace('2027-', '2029-'), ''].join('\r\n'))
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const { evidence } = await engine.importPaths({ paths: [path] })
    expect(evidence[0]).toMatchObject({ events: 2, duplicates: 0, conflicts: 2 })
  })

  it('a gzip file that ends before its content is damaged, one that holds nothing is empty', async () => {
    const folder = await temporaryFolder()
    const files = { 'cut.gz': gzipSync(readFileSync(shift)).subarray(0, 12), 'nothing.gz': gzipSync('') }
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const said: string[] = []
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(folder, name), bytes)
      const { refused } = await engine.importPaths({ paths: [join(folder, name)] })
      said.push(`${refused[0]?.code}: ${refused[0]?.message}`)
    }
    expect(said).toEqual([
      'file_truncated: cut.gz is a damaged gzip file: nothing of it can be decompressed. Get it again.',
      'file_empty: nothing.gz holds nothing but blank space. Export it again.'
    ])
  })

  it('a cancel that comes when all is in finds nothing to stop', async () => {
    const folder = await temporaryFolder()
    let canceling: Promise<void> | undefined
    const late = ({ phase }: ImportProgress) => {
      if (phase === 'places') canceling ??= engine.cancelImport()
    }
    const engine = engineIn(folder, late)
    await engine.createCase({ name: 'c' })
    const result = await engine.importPaths({ paths: [shift] })
    await canceling
    expect(canceling).toBeDefined()
    expect(result).toMatchObject({ events: 24, refused: [] })
    expect(result.canceled).toBeUndefined()
    expect((await engine.verify()).clean).toBe(true)
  })

  it('the detail compares a change field by field, whatever form it is stored in', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const { evidence } = await engine.importPaths({ paths: [shift] })
    const { change } = await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-6`)
    expect(change?.basis).toBe('logged')
    expect(change?.entries).toEqual([
      { path: 'email', before: 'bob@old.example.com', after: 'bob@example.com' },
      { path: 'is_active', before: true, after: true, same: true },
      { path: 'name', before: 'Bob', after: 'Bob Marlow' }
    ])
  })
})

describe('at the end of a case', () => {
  it('closes while it is being read, and does not wait for itself', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    for (let turn = 0; turn < 25; turn++) {
      await engine.createCase({ name: 'c' })
      const asked = [engine.caseState(), engine.verify(), engine.caseState()].map((each) => each.catch(() => null))
      await engine.closeCase()
      await Promise.all(asked)
    }
    expect(await engine.caseState()).toBeNull()
  }, 30_000)
})
