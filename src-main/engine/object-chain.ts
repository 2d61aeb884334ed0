import type { DuckDBConnection } from '@duckdb/node-api'
import type { ObjectState } from '../contract/change'
import { chainOrder, chainRows } from './normalise/chain-sql'
import type { Told } from './normalise/known-state'
import type { Case } from './store/case'
import { entryColumn } from './store/schema'
import { text } from './store/sql'

/** One record of an object's chain, with what its event says of itself. */
export interface ChainEvent extends Told {
  /** What names the object in its tenant. */
  readonly object: string
  readonly tells: ObjectState['tells']
  readonly time: string | null
  /** Of an event without a time, its file: it can be put in order in there only. */
  readonly undated: number | null
  readonly user: string | null
  readonly action: string | null
  readonly outcome: string | null
  readonly basis: ObjectState['basis']
  readonly fields: readonly string[]
  readonly type: string | null
  readonly id: string | null
  readonly name: string | null
  readonly target: string | null
  readonly organization: string | null
}

/** What says that rows are of one object: a condition on `entry e`, and on `state` where its records tell of it there. */
interface Chain {
  readonly rows: string
  readonly values: readonly string[]
}

/**
 * What the case knows of the object that an event is about, in order: from `state` where its log has no states before, else from its
 * changes as logged. Without `states` the values themselves are left out. Empty where the event is about no object with states.
 */
export async function chainOf(
  connection: DuckDBConnection,
  of: Case,
  row: number,
  states: boolean
): Promise<ChainEvent[]> {
  const chain = (await rebuiltChain(connection, row)) ?? (await loggedChain(connection, of, row))
  if (!chain) return []
  const column = (name: 'change.basis' | 'change.fields') => entryColumn(name, 'rebuilt')
  const values = states ? `e."change.before", e."change.after", c.members` : 'NULL, NULL, NULL'
  const found = await connection.runAndReadAll(
    `SELECT to_json({'row': c.row, 'object': split_part(c.object, chr(31), 3), 'tells': c.tells, 'called': c.called, 'undated': c.undated, 'time': strftime(c.time, '%Y-%m-%dT%H:%M:%S.%gZ'),
        'user': coalesce(e."user.name", e."user.email", e."user.id"), 'action': e."event.action", 'outcome': e."event.outcome",
        'basis': ${column('change.basis')}, 'fields': coalesce(${column('change.fields')}, []), 'type': e."resource.type",
        'id': e."resource.id", 'name': e."resource.name", 'target': e."user.target.id",
        'organization': coalesce(e."organization.name", e."organization.id")})::VARCHAR, ${values}
      FROM (${chain.rows}) c JOIN entry e ON e.rowid = c.row LEFT JOIN rebuilt r ON r.row = c.row ORDER BY ${chainOrder}`,
    [...chain.values]
  )
  return (found.getRowsJson() as [string, string | null, string | null, string[] | null][]).map(
    ([event, before, after, members]) => {
      const said = JSON.parse(event) as ChainEvent
      const logged = said.basis === 'logged' && before !== null
      return {
        ...said,
        ...(logged ? { before: JSON.parse(before) } : {}),
        ...(after === null ? {} : { after: JSON.parse(after) }),
        ...(members === null ? {} : { members })
      }
    }
  )
}

/** The object in `state` that the event tells of, or that has the same type and id as what it is about. */
async function rebuiltChain(connection: DuckDBConnection, row: number): Promise<Chain | null> {
  const found = await connection.runAndReadAll(
    `SELECT object FROM (
      SELECT object, 1 AS rank FROM state WHERE row = ${row} UNION ALL
      SELECT any_value(object), 2 FROM state s JOIN entry e ON e.rowid = s.row, (SELECT * FROM entry WHERE rowid = ${row}) own
        WHERE own."resource.id" = e."resource.id" AND own."resource.type" IS NOT DISTINCT FROM e."resource.type"
          AND s.members IS NULL HAVING count(DISTINCT object) = 1) ORDER BY rank LIMIT 1`
  )
  const object = found.getRows()[0]?.[0] as string | undefined
  return object === undefined ? null : { rows: chainRows('object = $1'), values: [object] }
}

/** Events of the same product, tenant and object that a log with both states has. */
async function loggedChain(connection: DuckDBConnection, of: Case, row: number): Promise<Chain | null> {
  const found = await connection.runAndReadAll(
    `SELECT "event.dataset", coalesce("organization.id", "organization.name", ''), coalesce("resource.type", ''),
      coalesce("resource.id", "resource.name") FROM entry WHERE rowid = ${row} AND "resource.id" IS NOT NULL OR rowid = ${row} AND "resource.name" IS NOT NULL`
  )
  const [dataset, tenant, type, object] = (found.getRows()[0] ?? []) as string[]
  if (dataset === undefined || object === undefined) return null
  const change = of.evidenceOf(row)?.definitions.find(({ id }) => id === dataset)?.change
  const state = change && ('diff' in change || 'list' in change) ? 'partial' : 'whole'
  const rows = `SELECT e.rowid AS row, chr(31) || chr(31) || $4 AS object, CASE WHEN "event.outcome" = 'failure' THEN 'failed'
        WHEN "event.type" = 'deletion' AND "change.after" IS NULL THEN 'gone' ELSE ${text(state)} END AS tells,
      NULL::VARCHAR[] AS members, NULL::VARCHAR AS called, "@timestamp" AS time,
      CASE WHEN "@timestamp" IS NULL THEN evidence END AS undated, {'file': v.sha256, 'record': e.rowid} AS place
    FROM entry e JOIN evidence v ON v.id = e.evidence
    WHERE shown AND "event.dataset" = $1 AND coalesce("organization.id", "organization.name", '') = $2 AND coalesce("resource.type", '') = $3
      AND coalesce("resource.id", "resource.name") = $4 AND ("change.basis" = 'logged' OR "event.type" = 'deletion')`
  return { rows, values: [dataset, tenant as string, type as string, object] }
}
