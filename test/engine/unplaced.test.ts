import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { engineIn, temporaryFolder } from './folder'

const log = (n: number, address: string) =>
  `{"id":"id-${n}","time":${1773049267120 + n},"type":"LOGIN","realmId":"acme","userId":"u","ipAddress":"${address}"}\n`

it('looks up where addresses are when the application ended between the last file and that', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  const countries = async () =>
    (await engine.sql('SELECT "source.geo.country_iso_code" FROM event ORDER BY "event.id"', 9)).rows.flat()
  writeFileSync(join(folder, '1.jsonl'), log(1, '8.8.8.8'))
  await engine.importPaths({ paths: [join(folder, '1.jsonl')] })
  expect(await countries()).toEqual(['US'])

  await engine.closeCase()
  await asKilled(at, "DELETE FROM place; DELETE FROM meta WHERE key IN ('geo', 'placed')")
  await engine.openCase(at)
  expect(await countries()).toEqual(['US'])

  writeFileSync(join(folder, '2.jsonl'), log(2, '1.1.1.1'))
  await engine.importPaths({ paths: [join(folder, '2.jsonl')] })
  const [, second] = await countries()
  expect(second).toMatch(/^[A-Z]{2}$/)
  await engine.closeCase()
  await asKilled(at, "DELETE FROM place WHERE ip = '1.1.1.1'; UPDATE meta SET value = '1' WHERE key = 'placed'")
  await engine.openCase(at)
  expect(await countries()).toEqual(['US', second])
})

/** Leaves the database of a case as it is when what came after the import of a file was not done. */
async function asKilled(at: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}
