import type { DuckDBConnection } from '@duckdb/node-api'

// Same id, or without one the same content; hashed, since ids are long and the numbers are not shown to anyone.
// The hash of NULL is a number like any other, so it takes a CASE.
export const key = `CASE WHEN "event.id" IS NULL THEN content WHEN content IS NULL THEN hash("event.dataset", "event.id")
  ELSE hash("event.dataset", "event.id", content) END`
// A record without id and without time says nothing of when: two alike may well be two events.
export const comparable = `status IN ('event', 'undated') AND ("event.id" IS NOT NULL OR "@timestamp" IS NOT NULL)`

/**
 * Within the import's transaction: hides each record of the evidence whose id and content stand earlier in the case already, and
 * answers how many those are, and how many share an id with different content. Differing white space is not differing content.
 */
export async function markDuplicates(
  writer: DuckDBConnection,
  evidence: number
): Promise<{ duplicates: number; conflicts: number }> {
  await writer.run(`CREATE OR REPLACE TEMP TABLE fresh AS
    SELECT ${key} AS k, count(*) AS n FROM entry WHERE evidence = ${evidence} AND ${comparable} GROUP BY k`)
  // Few in an ordinary import: only what occurs more than once is looked at further.
  await writer.run(`CREATE OR REPLACE TEMP TABLE twice AS
    SELECT k FROM fresh WHERE n > 1 UNION
    SELECT ${key} AS k FROM entry WHERE evidence <> ${evidence} AND ${comparable} AND shown AND k IN (SELECT k FROM fresh)`)
  const many = await writer.runAndReadAll('SELECT count(*)::INTEGER FROM twice')
  if (many.getRows()[0]?.[0] === 0) return { duplicates: 0, conflicts: 0 }
  await writer.run(`CREATE OR REPLACE TEMP TABLE alike AS
    SELECT rowid AS row, evidence, ${key} AS k, hash(raw) AS content FROM entry WHERE ${comparable} AND shown AND k IN (SELECT k FROM twice)`)
  // Where contents under one key differ, they are compared once more without their white space.
  await writer.run(`CREATE OR REPLACE TEMP TABLE compact AS
    SELECT rowid AS row, CASE WHEN TRY(json(raw)) IS NOT NULL THEN hash(TRY(json(raw))::VARCHAR) END AS content FROM entry WHERE rowid IN
      (SELECT row FROM alike WHERE k IN (SELECT k FROM alike GROUP BY k HAVING count(DISTINCT content) > 1))`)
  await writer.run(`CREATE OR REPLACE TEMP TABLE ranked AS
    SELECT row, evidence, k, row_number() OVER (PARTITION BY k, c ORDER BY row) AS nth, dense_rank() OVER (PARTITION BY k ORDER BY c) AS kind
    FROM (SELECT a.row, a.evidence, a.k, coalesce(b.content, a.content) AS c FROM alike a LEFT JOIN compact b USING (row))`)
  await writer.run(
    `UPDATE entry SET shown = false WHERE rowid IN (SELECT row FROM ranked WHERE evidence = ${evidence} AND nth > 1)`
  )
  const counted = await writer.runAndReadAll(`SELECT
    count(*) FILTER (evidence = ${evidence} AND nth > 1)::INTEGER,
    count(*) FILTER (evidence = ${evidence} AND nth = 1 AND k IN (SELECT k FROM ranked WHERE kind > 1))::INTEGER FROM ranked`)
  const [duplicates, conflicts] = counted.getRows()[0] as [number, number]
  for (const table of ['fresh', 'twice', 'alike', 'compact', 'ranked'])
    await writer.run(`DROP TABLE IF EXISTS temp.${table}`)
  return { duplicates, conflicts }
}
