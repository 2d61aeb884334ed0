import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { engineIn, temporaryFolder } from '../engine/folder'

const samples = resolve(import.meta.dirname, '../../resources/samples')

it('finds every event of the sample case to hold what its record gives', async () => {
  const engine = engineIn(await temporaryFolder())
  await engine.createCase({ name: 'c' })
  const { evidence } = await engine.importPaths({ paths: [samples] })
  const { checks } = await engine.verify()
  const fields = checks.filter(({ what }) => what.endsWith(': fields against their records'))
  expect(fields.filter(({ clean }) => !clean)).toEqual([])
  expect(fields).toHaveLength(evidence.length)
  expect(evidence.length).toBeGreaterThan(15)
})

it('finds one field of one event that was changed in the database, also where the record’s bytes are as they were', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  const line = (n: number) =>
    JSON.stringify({ id: `id-${n}`, time: 1773049267120 + n, type: 'LOGIN', realmId: 'acme', userId: `u${n}` })
  writeFileSync(
    join(folder, 'a.jsonl'),
    [...Array(500).keys(), 'broken', ''].map((n) => (typeof n === 'number' ? line(n) : n)).join('\n')
  )
  await engine.importPaths({ paths: [join(folder, 'a.jsonl')] })
  expect((await engine.verify()).clean).toBe(true)
  await engine.closeCase()
  const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
  const connection = await instance.connect()
  await connection.run(`UPDATE entry SET "user.id" = 'someone else' WHERE "user.id" = 'u321'`)
  connection.closeSync()
  instance.closeSync()
  await engine.openCase(at)
  const { clean, checks } = await engine.verify()
  expect(clean).toBe(false)
  expect(checks.filter((one) => !one.clean).map(({ what }) => what)).toEqual(['a.jsonl: fields against their records'])
})
