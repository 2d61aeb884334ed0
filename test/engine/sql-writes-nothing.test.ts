import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { engineIn, temporaryFolder } from './folder'

/** Every file of a folder with its bytes, but for the chain of custody, which each call may lengthen. */
const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'custody.jsonl' && !entry.name.endsWith('.wal'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path).toString('base64')])

it('lets no SQL write into a case, not even where DuckDB would while it looks at the statement', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ folder: join(folder, 'c.spoor') })
  const log = join(folder, 'a.jsonl')
  writeFileSync(log, '{"id":"1","time":1773049267120,"type":"LOGIN","realmId":"acme","userId":"u"}\n')
  const { evidence } = await engine.importPaths({ paths: [log] })
  const copy = join(at, 'evidence', evidence[0]?.sha256 ?? '')
  const before = contents(at)
  expect(before.map(([path]) => path)).toContain(copy)
  for (const statement of [
    `COPY (SELECT 1) TO '${copy}'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${copy}'`,
    `explain /* x */ analyze copy (select 1) to '${join(at, 'case.duckdb')}'`,
    `EXPLAIN (ANALYZE) COPY (SELECT 1) TO '${copy}'`,
    'EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1',
    `EXPORT DATABASE '${join(at, 'out')}'`,
    `EXPLAIN EXPORT DATABASE '${join(at, 'out')}'`,
    `IMPORT DATABASE '${join(at, 'out')}'`,
    `ATTACH '${join(at, 'other.duckdb')}'`,
    `FROM enable_profiling(save_location = '${copy}')`,
    `FROM enable_logging(storage_path = '${join(at, 'logs')}')`,
    `SELECT * FROM query('FROM enable_logging(storage_path = ''${join(at, 'logs')}'')')`,
    'UPDATE meta SET value = 1',
    'COPY entry FROM STDIN'
  ]) {
    await expect(engine.sql(statement, 10), statement).rejects.toMatchObject({ code: 'sql_refused' })
  }
  expect(contents(at)).toEqual(before)
  const { clean } = await engine.verify()
  expect(clean).toBe(true)
})
