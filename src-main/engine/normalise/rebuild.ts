import type { DuckDBConnection } from '@duckdb/node-api'
import type { Source } from '../../contract/source'
import { transaction } from '../store/transactions'
import { chainOrder, chainRows } from './chain-sql'
import { differingKeys } from './differing-sql'
import { rebuildPartial } from './rebuild-partial'
import { soundDefinitions } from './sound-definitions'
import { stateSql, tellsStates } from './state-sql'

/** Within an import's transaction: when all files are in, the records of this evidence are to be asked what they tell of objects. */
export async function askStates(
  writer: DuckDBConnection,
  evidence: readonly { readonly id: number; readonly sources: readonly Source[] }[]
): Promise<void> {
  const telling = evidence.filter(({ sources }) => sources.some(tellsStates))
  if (telling.length) await writer.run(`INSERT INTO untold VALUES ${telling.map(({ id }) => `(${id})`).join(', ')}`)
}

/** Notes what the records of evidence that came in tell of objects whose state before their log does not have. */
async function tellStates(writer: DuckDBConnection): Promise<void> {
  const asked = await writer.runAndReadAll(
    `SELECT definitions::VARCHAR, list(id) FROM evidence WHERE id IN (FROM untold) GROUP BY ALL`
  )
  const rows = asked.getRowsJS() as [definitions: string, evidence: number[]][]
  if (rows.length === 0) return
  await transaction(writer, async () => {
    for (const [definitions, evidence] of rows) {
      const sources = await soundDefinitions(writer, definitions)
      for (const source of sources) {
        const told = stateSql(source, evidence, sources.length === 1)
        // Neighbours that are alike take less room.
        if (told) await writer.run(`INSERT INTO state FROM (${told}) ORDER BY object, row`)
      }
    }
    await writer.run(`INSERT INTO stale SELECT DISTINCT object FROM state WHERE evidence IN (FROM untold)`)
    await writer.run('DELETE FROM untold')
  })
}

/** Within a transaction: forgets what the records of an evidence told, before they are taken out of the case. */
export async function forgetStates(writer: DuckDBConnection, evidence: number): Promise<void> {
  await writer.run(`INSERT INTO stale SELECT DISTINCT object FROM state WHERE evidence = ${evidence};
    DELETE FROM rebuilt WHERE row IN (SELECT row FROM state WHERE evidence = ${evidence});
    DELETE FROM state WHERE evidence = ${evidence}; DELETE FROM untold WHERE evidence = ${evidence}`)
}

/**
 * Rebuilds the changes of all objects of which something was told since the last time, from what the whole case tells of them: it does not
 * matter which file came first. Answers whether there were any. `done` is given how many records that tell only a part are done.
 */
export async function rebuildChanges(
  writer: DuckDBConnection,
  done: (records: number) => void = () => {}
): Promise<boolean> {
  await tellStates(writer)
  const any = await writer.runAndReadAll('SELECT count(*)::INTEGER FROM (FROM stale LIMIT 1)')
  if (any.getRows()[0]?.[0] === 0) return false
  try {
    await transaction(writer, async () => {
      await writer.run(`CREATE OR REPLACE TEMP TABLE chain AS SELECT *,
        last_value(CASE WHEN tells <> 'failed' THEN row END IGNORE NULLS) OVER before AS origin,
        bool_or(tells = 'partial') OVER (PARTITION BY object, undated) AS parts
      FROM (${chainRows('object IN (FROM stale)')})
      WINDOW before AS (PARTITION BY object, undated ORDER BY ${chainOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`)
      await writer.run('DELETE FROM rebuilt WHERE row IN (SELECT row FROM state WHERE object IN (FROM stale))')
      await writer.run(`INSERT INTO rebuilt ${wholeSql}`)
      await writer.run(`INSERT INTO rebuilt ${membersSql}`)
      await rebuildPartial(writer, done)
      await writer.run('DELETE FROM stale')
    })
  } finally {
    await writer.run('DROP TABLE IF EXISTS temp.chain')
  }
  return true
}

/**
 * Whole states and deletions: the state before is the last one told, none after a deletion. What is logged with a deletion is the state
 * that was deleted. Where the log has the state before, nothing is rebuilt.
 */
const wholeSql = `SELECT row, origin, true, before, tells = 'whole', NULL,
    CASE WHEN tells = 'whole' THEN ${differingKeys('before', 'after')} ELSE json_keys(TRY(before::JSON)) END
  FROM (SELECT c.row, c.object, c.origin, c.tells, e."change.after" AS after, CASE
      WHEN o.tells = 'whole' THEN p."change.after" WHEN c.tells = 'gone' THEN e."change.after" END AS before
    FROM chain c JOIN entry e ON e.rowid = c.row LEFT JOIN chain o ON o.row = c.origin LEFT JOIN entry p ON p.rowid = c.origin
    WHERE c.tells IN ('whole', 'gone') AND NOT c.parts AND e."change.basis" IS DISTINCT FROM 'logged'
      AND (c.origin IS NOT NULL OR c.tells = 'gone'))
  WHERE before IS NOT NULL OR tells = 'whole' ORDER BY object, row`

const set = (members: string) => `to_json(map([called], [${members}]))::VARCHAR`

/**
 * Members that came or went: of those a record names, which were members before and which are after. Who leaves without having been seen
 * to come was a member before the log began.
 */
const membersSql = `WITH each AS (
    SELECT row, object, undated, time, place, tells, unnest(list_distinct(members)) AS member FROM chain WHERE tells IN ('came', 'went')
  ), known AS (
    SELECT row, tells, member, lag(tells) OVER (PARTITION BY object, undated, member ORDER BY ${chainOrder}) AS last FROM each
  ), sets AS (
    SELECT row, tells, coalesce(list(member ORDER BY member) FILTER (last = 'came' OR (last IS NULL AND tells = 'went')), []) AS before,
      coalesce(list(member ORDER BY member) FILTER (tells = 'came'), []) AS after FROM known GROUP BY ALL
  )
  SELECT row, chain.origin, false, ${set('before')}, false, ${set('after')}, CASE WHEN before = after THEN [] ELSE [called] END
  FROM sets JOIN chain USING (row)`
