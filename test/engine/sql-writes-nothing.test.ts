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
  // DuckDB may read the case's folder, for the evidence; an analyst's SQL reads its tables.
  const custody = join(at, 'custody.jsonl')
  for (const statement of [
    `FROM '${custody}'`,
    `FROM read_text('${custody}')`,
    `FROM read_blob('${copy}')`,
    `FROM glob('${at}/*')`,
    `FROM query_table('${custody}')`,
    `DESCRIBE '${custody}'`,
    `SUMMARIZE '${custody}'`,
    `SHOW '${custody}'`,
    `FROM summary((FROM '${custody}'))`,
    `WITH "${custody}" AS (SELECT 1) FROM main."${custody}"`,
    `FROM (WITH "${custody}" AS (SELECT 1) SELECT 1), "${custody}"`,
    `SELECT (SELECT count(*) FROM "${custody}")`,
    `SELECT EXISTS (FROM sniff_csv('${custody}'))`,
    `FROM parquet_metadata('${copy}')`,
    `EXPLAIN ANALYZE FROM '${custody}'`,
    `FROM (PIVOT '${custody}' ON a IN (1) USING count(*))`,
    `FROM event POSITIONAL JOIN '${custody}'`,
    `FROM event SEMI JOIN '${custody}' ON true`,
    `SELECT 1 UNION ALL SELECT 1 FROM '${custody}'`,
    `SELECT [x FOR x IN (SELECT array_agg(1) FROM '${custody}')]`,
    `SELECT * FROM event ORDER BY (SELECT 1 FROM '${custody}')`,
    `SELECT 1 LIMIT (SELECT count(*) FROM '${custody}')`,
    `SELECT sum(1) OVER (ORDER BY (SELECT 1 FROM '${custody}'))`,
    `VALUES ((SELECT 1 FROM '${custody}'))`,
    `WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r, '${custody}' WHERE i < 2) FROM r`
  ]) {
    await expect(engine.sql(statement, 10), statement).rejects.toMatchObject({
      code: 'sql_refused',
      message: expect.stringMatching(/no file is read|does more than read/)
    })
  }
  expect(contents(at)).toEqual(before)
  const { clean } = await engine.verify()
  expect(clean).toBe(true)
})
