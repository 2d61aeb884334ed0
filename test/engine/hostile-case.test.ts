import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { engineIn, temporaryFolder } from './folder'

const records = [1, 2].map((n) => ({
  id: `id-${n}`,
  time: 1773049267120 + n * 1000,
  realmId: 'acme',
  operationType: 'UPDATE',
  resourceType: 'USER',
  resourcePath: 'users/1',
  authDetails: { userId: 'admin', ipAddress: '203.0.113.9' },
  representation: JSON.stringify({ enabled: n === 1 })
}))

/** A case with an import, closed, in which someone rewrote the definitions. */
async function tampered(rewrite: (source: Source) => unknown) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  const path = join(folder, 'admin.jsonl')
  writeFileSync(path, records.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const { events } = await engine.importPaths({ paths: [path] })
  expect(events).toBe(2)
  await engine.closeCase()
  const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
  const connection = await instance.connect()
  const read = await connection.runAndReadAll('SELECT definitions::VARCHAR FROM evidence')
  const definitions = (JSON.parse(read.getRows()[0]?.[0] as string) as Source[]).map(rewrite)
  await connection.run('UPDATE evidence SET definitions = $1', [JSON.stringify(definitions)])
  // As if the import had been killed before its records were asked what they tell of objects.
  await connection.run('INSERT INTO untold SELECT id FROM evidence; DELETE FROM state; DELETE FROM rebuilt')
  connection.closeSync()
  instance.closeSync()
  const state = await engine.openCase(at)
  expect(state.events).toBe(2)
  const found = await engine.sql('SELECT _id FROM event ORDER BY "@timestamp" DESC LIMIT 1', 1)
  return { engine, event: found.rows[0]?.[0] as string }
}

describe('a case from someone else', () => {
  it('is used with the definitions it holds, where they are sound', async () => {
    const { engine, event } = await tampered((source) => source)
    const { provenance, change } = await engine.show(event)
    expect(provenance['user.id']?.path).toBe('authDetails.userId')
    expect(change?.basis).toBe('rebuilt')
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it.each<readonly [string, (source: Source) => unknown]>([
    ['a SELECT', (source) => ({ ...source, event: { ...source.event, message: { sql: "(SELECT error('it ran'))" } } })],
    [
      'a second statement',
      (source) => ({
        ...source,
        event: { ...source.event, message: { sql: "1); DELETE FROM entry; SELECT (error('it ran')" } }
      })
    ],
    [
      'a field that is none',
      (source) => ({ ...source, event: { ...source.event, 'x" , error(\'it ran\') AS "y': 'time' } })
    ],
    ['no definition at all', () => 7]
  ])('whose definitions hold %s opens, and nothing of them is run', async (_, rewrite) => {
    const { engine, event } = await tampered(rewrite)
    const shown = await engine.show(event)
    expect(shown.record.text).toBe(JSON.stringify(records[1]))
    expect(shown.provenance).toEqual({})
    expect(shown.change?.basis).toBe('after-only')
    const failed = (await engine.verify()).checks.filter(({ clean }) => !clean)
    expect(failed).toEqual([
      {
        what: 'admin.jsonl: fields against their records',
        clean: false,
        found: 'not checked: the definitions that the case holds are none that may be run'
      }
    ])
    expect((await engine.caseState())?.events).toBe(2)
  })
})
