import type { DuckDBConnection } from '@duckdb/node-api'

// Same id, or without one the same content; hashed, since ids are long and the numbers are not shown to anyone.
// The hash of NULL is a number like any other, so it takes a CASE.
export const key = `CASE WHEN "event.id" IS NULL THEN content WHEN content IS NULL THEN hash("event.dataset", "event.id")
  ELSE hash("event.dataset", "event.id", content) END`
// A record without id and without time says nothing of when: two alike may well be two events.
export const comparable = `status IN ('event', 'undated') AND ("event.id" IS NOT NULL OR "@timestamp" IS NOT NULL)`

/** Numbers of evidence that follow each other. */
export interface EvidenceRange {
  readonly from: number
  readonly to: number
}

export interface Alike {
  readonly duplicates: number
  readonly conflicts: number
}

export const noneAlike: Alike = { duplicates: 0, conflicts: 0 }

/**
 * Within the import's transaction: hides each record of this evidence whose id and content stand earlier in the case already, and
 * answers for each of its files that has any how many those are, and how many share an id with different content that came no later.
 * Differing white space is not differing content.
 */
export async function markDuplicates(
  writer: DuckDBConnection,
  { from, to }: EvidenceRange
): Promise<ReadonlyMap<number, Alike>> {
  const own = `evidence BETWEEN ${from} AND ${to}`
  await writer.run(`CREATE OR REPLACE TEMP TABLE fresh AS
    SELECT ${key} AS k, count(*) AS n FROM entry WHERE ${own} AND ${comparable} GROUP BY k`)
  // Few in an ordinary import: only what occurs more than once is looked at further.
  await writer.run(`CREATE OR REPLACE TEMP TABLE twice AS
    SELECT k FROM fresh WHERE n > 1 UNION
    SELECT ${key} AS k FROM entry WHERE NOT (${own}) AND ${comparable} AND shown AND k IN (SELECT k FROM fresh)`)
  const many = await writer.runAndReadAll('SELECT count(*)::INTEGER FROM twice')
  if (many.getRows()[0]?.[0] === 0) return new Map()
  await writer.run(`CREATE OR REPLACE TEMP TABLE alike AS
    SELECT rowid AS row, evidence, ${key} AS k, hash(raw) AS content FROM entry WHERE ${comparable} AND shown AND k IN (SELECT k FROM twice)`)
  // Where contents under one key differ, they are compared once more without their white space.
  await writer.run(`CREATE OR REPLACE TEMP TABLE compact AS
    SELECT rowid AS row, CASE WHEN TRY(json(raw)) IS NOT NULL THEN hash(TRY(json(raw))::VARCHAR) END AS content FROM entry WHERE rowid IN
      (SELECT row FROM alike WHERE k IN (SELECT k FROM alike GROUP BY k HAVING count(DISTINCT content) > 1))`)
  await writer.run(`CREATE OR REPLACE TEMP TABLE ranked AS
    SELECT row, evidence, k, row_number() OVER (PARTITION BY k, c ORDER BY row) AS nth, dense_rank() OVER (PARTITION BY k ORDER BY c) AS kind
    FROM (SELECT a.row, a.evidence, a.k, coalesce(b.content, a.content) AS c FROM alike a LEFT JOIN compact b USING (row))`)
  await writer.run(`UPDATE entry SET shown = false WHERE rowid IN (SELECT row FROM ranked WHERE ${own} AND nth > 1)`)
  const counted =
    await writer.runAndReadAll(`WITH kinds AS (SELECT k, kind, min(evidence) AS since FROM ranked GROUP BY ALL)
    SELECT evidence, count(*) FILTER (nth > 1)::INTEGER, count(*) FILTER (nth = 1 AND kinds > 1)::INTEGER
    FROM (SELECT r.evidence, r.nth, (SELECT count(*) FROM kinds WHERE kinds.k = r.k AND since <= r.evidence) AS kinds FROM ranked r WHERE ${own})
    GROUP BY evidence`)
  for (const table of ['fresh', 'twice', 'alike', 'compact', 'ranked'])
    await writer.run(`DROP TABLE IF EXISTS temp.${table}`)
  const rows = counted.getRows() as [evidence: number, duplicates: number, conflicts: number][]
  return new Map(rows.map(([evidence, duplicates, conflicts]) => [evidence, { duplicates, conflicts }]))
}
