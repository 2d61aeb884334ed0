import { describe, expect, it } from 'vitest'
import { readOnly } from '../../src-main/engine/query/sql'
import { openSmallCase } from './small-case'

const { asking, instance } = await openSmallCase()

const state = async () => {
  const sql = `SELECT (SELECT count(*) FROM entry), (SELECT string_agg(key || value, ',' ORDER BY key) FROM meta),
    (SELECT count(*) FROM duckdb_tables()), (SELECT count(*) FROM duckdb_views()), (SELECT count(*) FROM duckdb_databases()),
    current_setting('threads'), current_setting('TimeZone')`
  return (await asking.sql(sql, 5)).rows
}

describe('SQL of an analyst', () => {
  it('reads events and records', async () => {
    const answer = await asking.sql(
      `SELECT "user.name", count(*) AS n, max("@timestamp") AS last FROM event GROUP BY 1 HAVING n > 1 ORDER BY n DESC, 1; -- done`,
      10
    )
    expect(answer).toMatchObject({
      columns: [
        { name: 'user.name', type: 'VARCHAR' },
        { name: 'n', type: 'BIGINT' },
        { name: 'last', type: 'TIMESTAMP' }
      ],
      rows: [['alice', 4, '2026-04-02T00:00:00.000Z']],
      more: false
    })
    expect((await asking.sql('SELECT status, count(*) FROM record GROUP BY 1 ORDER BY 1', 10)).rows).toEqual([
      ['event', 14],
      ['undated', 2],
      ['unreadable', 1],
      ['blank', 1]
    ])
  })

  it('gives values as plain data', async () => {
    const sql = `SELECT 9007199254740993::BIGINT, 1.5::DECIMAL(5,2), [1, NULL], {a: DATE '2026-03-01'}, TIMESTAMP '2026-03-01 00:00:00.000001',
      '{"a":1}'::JSON, NULL, 'NaN'::DOUBLE, MAP {'k': 1}, '\\xAA'::BLOB, TIMESTAMPTZ '2026-03-01 01:00:00+01', INTERVAL 1 DAY`
    expect((await asking.sql(sql, 1)).rows).toEqual([
      [
        '9007199254740993',
        '1.50',
        [1, null],
        { a: '2026-03-01' },
        '2026-03-01T00:00:00.000001Z',
        '{"a":1}',
        null,
        'NaN',
        [['k', 1]],
        '\\xAA',
        '2026-03-01T00:00:00.000Z',
        '1 day'
      ]
    ])
  })

  it('stops at the limit and says that there is more', async () => {
    const { rows, more } = await asking.sql('SELECT * FROM range(1000000000)', 3)
    expect([rows, more]).toEqual([[[0], [1], [2]], true])
    expect((await asking.sql('SELECT * FROM range(3)', 3)).more).toBe(false)
  })

  it('holds no more text than a window can, and says that the answer is cut', async () => {
    const { rows, more, cut } = await asking.sql("SELECT repeat('x', 50000) FROM range(1000)", 1000)
    expect([rows.length, more, cut]).toEqual([641, true, true])
  })

  it('ends a statement that takes more memory than it may, and says so', async () => {
    const connection = await instance.connect()
    await expect(
      readOnly(
        connection,
        "SELECT max(length(repeat('x', 100000 + range::INT))) FROM range(100000000)",
        10,
        100_000_000
      )
    ).rejects.toMatchObject({ code: 'sql_refused', message: expect.stringContaining('more than 0.1 GB of memory') })
    connection.closeSync()
  })

  it('ends a statement that never would, and goes on', async () => {
    const endless = asking.sql('SELECT count(*) FROM range(100000000) a, range(100000000) b', 10, 'endless')
    const rejected = expect(endless).rejects.toMatchObject({ code: 'canceled' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    asking.cancel('endless')
    await rejected
    expect((await asking.sql('SELECT count(*) FROM record', 1)).rows).toEqual([[18]])
  })

  it.each([
    'DESCRIBE event',
    'SUMMARIZE SELECT "user.name" FROM event',
    'EXPLAIN SELECT 1',
    'EXPLAIN (ANALYZE, FORMAT json) SELECT 1',
    'FROM event',
    'FROM main.event',
    'FROM information_schema.tables',
    'FROM duckdb_views',
    'WITH "über-alle 2" AS (FROM event) FROM "über-alle 2"',
    'SELECT a."user.name" FROM event a JOIN record USING (_id)',
    'FROM (PIVOT event ON "event.outcome" IN (\'success\', \'failure\') USING count(*) GROUP BY "user.name")',
    'VALUES (1)',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'SHOW TABLES',
    'explain /* how */ analyze SELECT count(*) FROM event',
    'SELECT key FROM json_each(\'{"a": 1}\')',
    'FROM range(3) JOIN unnest([1, 2]) ON true',
    'SELECT name FROM duckdb_settings() LIMIT 1'
  ])('allows %s', async (sql) => {
    expect((await asking.sql(sql, 100)).rows.length).toBeGreaterThan(0)
  })

  it.each([
    '',
    ';',
    '-- nothing',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE entry',
    'DROP TABLE entry',
    'DELETE FROM entry',
    "UPDATE meta SET value = 'x'",
    "INSERT INTO meta VALUES ('a', 'b')",
    "WITH a AS (SELECT 'a', 'b') INSERT INTO meta SELECT * FROM a",
    'WITH a AS (DELETE FROM entry RETURNING *) SELECT * FROM a',
    'CREATE TABLE x (a INT)',
    'CREATE TEMP TABLE x AS SELECT 1',
    'CREATE OR REPLACE VIEW event AS SELECT 1',
    'CREATE MACRO f() AS 1',
    'ALTER TABLE entry RENAME TO x',
    'TRUNCATE entry',
    "COPY entry TO 'x.csv'",
    "COPY (SELECT 1) TO '/tmp/x.csv'",
    "EXPORT DATABASE '/tmp/x'",
    "IMPORT DATABASE '/tmp/x'",
    "ATTACH ':memory:' AS x",
    'DETACH memory',
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET threads = 1',
    'RESET threads',
    "SET TimeZone = 'Asia/Tokyo'",
    'SET VARIABLE a = 1',
    'PRAGMA threads = 1',
    'PRAGMA enable_profiling',
    'USE memory',
    'CHECKPOINT',
    'FORCE CHECKPOINT',
    'VACUUM',
    'ANALYZE',
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'COMMIT; DELETE FROM entry',
    'PREPARE p AS SELECT 1',
    'EXECUTE p',
    'CALL pragma_version()',
    'EXPLAIN ANALYZE DELETE FROM entry',
    'EXPLAIN ANALYZE CREATE TABLE x (a INT)',
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/spoor-sql-test.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT content FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM read_json('http://127.0.0.1:1/x')",
    "SELECT getenv('HOME')",
    "SELECT * FROM query('DELETE FROM entry')",
    "SELECT * FROM enable_profiling(save_location = 'x')",
    'SELECT (SELECT count(*) FROM enable_logging())',
    'DESCRIBE FROM enable_logging()',
    'WITH a AS MATERIALIZED (FROM checkpoint()) FROM a',
    'EXPLAIN (FORMAT json) SELECT 1',
    "EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '/tmp/spoor-sql-test.csv'",
    "FROM query_table('event')",
    "FROM read_duckdb('x.duckdb')",
    "FROM 'x.csv'",
    'FROM x.csv',
    'FROM main.csv',
    "DESCRIBE 'x.csv'",
    "SUMMARIZE 'x.parquet'",
    "SHOW 'x.json'",
    "FROM summary((FROM 'x.csv'))",
    "SELECT (SELECT 1 FROM 'x.csv') IN (SELECT 1)",
    'WITH "x.csv" AS (SELECT 1) FROM "x.csv"',
    'FROM (WITH "x.csv" AS (SELECT 1) SELECT 1), "x.csv"',
    'EXPLAIN EXPLAIN SELECT 1',
    'EXPLAIN SELECT 1; DROP TABLE entry',
    'SELECT nope FROM event',
    'SELEC 1',
    'SELECT $1'
  ])('refuses %s, and nothing has changed', async (sql) => {
    const before = await state()
    await expect(asking.sql(sql, 10)).rejects.toMatchObject({ name: 'AppError', code: 'sql_refused' })
    expect(await state()).toEqual(before)
  })

  it('shows settings, which tell nothing secret, and cannot change them', async () => {
    expect(
      (await asking.sql("SELECT value FROM duckdb_settings() WHERE name = 'enable_external_access'", 1)).rows
    ).toEqual([['false']])
  })
})
