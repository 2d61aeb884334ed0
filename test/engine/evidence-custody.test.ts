import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src-main/contract/rpc'
import { engineIn, temporaryFolder } from './folder'

const line = (n: number) =>
  JSON.stringify({
    id: `id-${n}`,
    time: 1773049267120 + n,
    type: 'LOGIN',
    realmId: 'acme',
    userId: 'u',
    ipAddress: '203.0.113.9'
  })

async function caseOfTwo() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  for (const name of ['a', 'b']) writeFileSync(join(folder, `${name}.jsonl`), line(name.charCodeAt(0)))
  await engine.importPaths({ paths: [join(folder, 'a.jsonl'), join(folder, 'b.jsonl')] })
  return { engine, folder, at, log: join(at, 'custody.jsonl') }
}

async function differing(engine: Engine): Promise<string[]> {
  const { checks } = await engine.verify()
  return checks.filter(({ clean }) => !clean).map(({ found }) => found)
}

const linesOf = (log: string) => readFileSync(log, 'utf8').trimEnd().split('\n')
const did = (log: string) => linesOf(log).map((text) => JSON.parse(text).did)

describe('the custody log', () => {
  it('tells every import as it happens, and is whole when the case is opened again', async () => {
    const { engine, at, log } = await caseOfTwo()
    await engine.closeCase()
    await engine.openCase(at)
    expect(did(log)).toEqual(['created', 'imported', 'imported', 'opened'])
    expect(await differing(engine)).toEqual([])
  })

  it('tells what was asked of the case in SQL, and how many rows came', async () => {
    const { engine, log } = await caseOfTwo()
    await engine.sql('SELECT _id FROM event', 1)
    await engine.sql('WITH r AS (SELECT text FROM record) SELECT count(*) FROM r', 10)
    await engine.sql("SELECT column_name FROM duckdb_columns() WHERE table_name = 'event'", 500)
    await expect(engine.sql('SELECT nothing FROM event', 1)).rejects.toMatchObject({ code: 'sql_refused' })
    const told = linesOf(log).map((text) => JSON.parse(text))
    expect(told.filter(({ did }) => did === 'searched').map(({ detail }) => detail)).toEqual([
      { sql: 'SELECT _id FROM event', found: 1, more: true },
      { sql: 'WITH r AS (SELECT text FROM record) SELECT count(*) FROM r', found: 1 }
    ])
  })

  it('that was cut short is found out, also when the case was opened and written to since', async () => {
    const { engine, at, log } = await caseOfTwo()
    writeFileSync(log, `${linesOf(log).slice(0, 2).join('\n')}\n`)
    expect(await differing(engine)).toEqual([
      '2 lines, but 3 were written: its end was cut off',
      'it does not tell the import of b.jsonl'
    ])
    await engine.closeCase()
    await engine.openCase(at)
    expect(await differing(engine)).toEqual([
      'line 3 of 4 does not fit the one before it',
      'it does not tell the import of b.jsonl'
    ])
  })

  it('that was deleted is found out, also when the case was opened since', async () => {
    const { engine, at, log } = await caseOfTwo()
    await engine.closeCase()
    rmSync(log)
    await engine.openCase(at)
    expect(await differing(engine)).toEqual([
      'line 1 of 1 does not fit the one before it',
      'it does not tell the making of the case, the import of a.jsonl, the import of b.jsonl'
    ])
  })

  it('that was written anew, with every hash right, is found out', async () => {
    const { engine, at, log } = await caseOfTwo()
    await engine.closeCase()
    const { engine: other, log: forged } = await caseOfTwo()
    await other.closeCase()
    writeFileSync(log, readFileSync(forged))
    await engine.openCase(at)
    expect((await differing(engine))[0]).toBe('line 4 of 4 does not fit the one before it')
  })

  it('is whole when the application ended between a line and its anchor, or in the midst of a line', async () => {
    const { engine, at, log } = await caseOfTwo()
    await engine.closeCase()
    const lines = linesOf(log)
    const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
    const connection = await instance.connect()
    const { createHash } = await import('node:crypto')
    const last = createHash('sha256')
      .update(lines[1] ?? '')
      .digest('hex')
    await connection.run(`UPDATE meta SET value = '2' WHERE key = 'custody.lines'`)
    await connection.run(`UPDATE meta SET value = '${last}' WHERE key = 'custody.last'`)
    connection.closeSync()
    instance.closeSync()
    appendFileSync(log, '{"at":"2026-')
    await engine.openCase(at)
    expect(await differing(engine)).toEqual([])
    expect(did(log)).toEqual(['created', 'imported', 'imported', 'opened', 'verified'])
  })

  it('gets the line of an import that the application did not come to write', async () => {
    const { engine, at, log } = await caseOfTwo()
    await engine.closeCase()
    const lines = linesOf(log)
    const { createHash } = await import('node:crypto')
    const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
    const connection = await instance.connect()
    const last = createHash('sha256')
      .update(lines[1] ?? '')
      .digest('hex')
    await connection.run(`UPDATE meta SET value = '2' WHERE key = 'custody.lines'`)
    await connection.run(`UPDATE meta SET value = '${last}' WHERE key = 'custody.last'`)
    connection.closeSync()
    instance.closeSync()
    truncateSync(log, Buffer.byteLength(`${lines.slice(0, 2).join('\n')}\n`))
    await engine.openCase(at)
    expect(did(log)).toEqual(['created', 'imported', 'opened', 'imported'])
    expect(await differing(engine)).toEqual([])
  })
})

describe('verify', () => {
  it('compares the records of a compressed file with what is packed in it, and finds the one that differs', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const { folder: at } = await engine.createCase({ name: 'c' })
    const path = join(folder, 'a.jsonl.gz')
    writeFileSync(path, gzipSync(Array.from({ length: 5000 }, (_, n) => line(n)).join('\n')))
    await engine.importPaths({ paths: [path] })
    const { checks } = await engine.verify()
    expect(checks.map(({ found }) => found)).toContain('100 records spread over the file are their bytes exactly')
    await engine.closeCase()
    const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
    const connection = await instance.connect()
    await connection.run(`UPDATE entry SET raw = replace(raw, 'LOGIN', 'LOGON') WHERE rowid = 4950`)
    connection.closeSync()
    instance.closeSync()
    await engine.openCase(at)
    expect((await differing(engine))[0]).toMatch(/^record 4951 differs from the 108 bytes at \d+$/)
  })

  it('says that records could not be compared where the file is missing', async () => {
    const { engine, at } = await caseOfTwo()
    const { sha256 } = (await engine.ledger())[0] ?? { sha256: '' }
    rmSync(join(at, 'evidence', sha256), { force: true })
    expect(await differing(engine)).toEqual([
      `the file is missing from the evidence folder (${sha256})`,
      'not checked, because the file is missing'
    ])
  })
})

describe('a file imported again', () => {
  it('adds nothing, says so, and shows the line of then', async () => {
    const { engine, folder, log } = await caseOfTwo()
    const [before] = await engine.ledger()
    const { evidence, events } = await engine.importPaths({ paths: [join(folder, 'a.jsonl')] })
    expect(events).toBe(0)
    expect(evidence).toEqual([
      {
        ...before,
        already: true,
        notes: [
          `these very bytes are in the case already, as a.jsonl, imported ${before?.importedAt}: nothing was added`
        ]
      }
    ])
    expect(await engine.ledger()).toHaveLength(2)
    expect(JSON.parse(linesOf(log).at(-1) ?? '')).toMatchObject({ did: 'imported', detail: { added: 0 } })
  })
})
