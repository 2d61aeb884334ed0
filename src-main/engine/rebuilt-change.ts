import type { DuckDBConnection } from '@duckdb/node-api'
import type { Change, ChangeEntry, StateOrigin } from '../contract/change'
import { eventIdOf } from './event-id'
import { changeEntries } from './normalise/change-entries'
import { type Known, KnownState } from './normalise/known-state'
import { chainOf } from './object-chain'
import type { Case } from './store/case'

/** A change as it was rebuilt, with the fields it gives the event. */
export interface RebuiltChange {
  readonly change: Change
  readonly fields: {
    readonly 'change.before'?: unknown
    readonly 'change.after'?: unknown
    readonly 'change.fields': string[]
  }
}

interface Row {
  readonly origin: number | null
  readonly whole: boolean
  readonly before: string | null
  readonly after: string | null
  readonly as_logged: boolean
  readonly fields: string[]
  readonly time: string | null
  readonly of: { readonly time: string | null; readonly action: string | null; readonly user: string | null } | null
  readonly members: boolean
}

/** The change of an event whose state before is not in its own record but was told by an earlier one; null where it is not rebuilt. */
export async function rebuiltChange(
  connection: DuckDBConnection,
  of: Case,
  row: number,
  logged: unknown
): Promise<RebuiltChange | null> {
  const found = await connection.runAndReadAll(
    `SELECT to_json({'origin': r.origin, 'whole': r.whole, 'before': r.before, 'after': r.after, 'as_logged': r.as_logged,
        'fields': r.fields, 'time': e."@timestamp"::VARCHAR, 'members': s.members IS NOT NULL,
        'of': CASE WHEN o.evidence IS NOT NULL THEN {'time': strftime(o."@timestamp", '%Y-%m-%dT%H:%M:%S.%gZ'), 'action': o."event.action",
          'user': coalesce(o."user.name", o."user.email", o."user.id")} END})::VARCHAR
      FROM rebuilt r JOIN entry e ON e.rowid = r.row LEFT JOIN entry o ON o.rowid = r.origin LEFT JOIN state s ON s.row = r.row
      WHERE r.row = ${row}`
  )
  const json = found.getRows()[0]?.[0] as string | undefined
  if (json === undefined) return null
  const one = JSON.parse(json) as Row
  const before = one.before === null ? undefined : JSON.parse(one.before)
  const after = one.as_logged ? logged : one.after === null ? undefined : JSON.parse(one.after)
  const fields = {
    ...(before === undefined ? {} : { 'change.before': before }),
    ...(after === undefined ? {} : { 'change.after': after }),
    'change.fields': one.fields
  }
  const from = origin(of, one)
  const entries = one.members
    ? await setEntries(connection, of, row)
    : stateEntries({ value: before, whole: one.whole, row: undefined }, after)
  return {
    fields,
    change: {
      basis: 'rebuilt',
      entries,
      ...(from === undefined ? {} : { origin: from }),
      ...(one.members ? { members: true as const } : {})
    }
  }
}

/** What differs between what is known of a state and one after it. Of what is not known nothing is said to have been added. */
export function stateEntries(before: Known, after: unknown): ChangeEntry[] {
  const entries = changeEntries(before.value, after, 'rebuilt')
  if (before.whole) return entries
  return entries.map((entry) => ('before' in entry ? entry : { ...entry, unlogged: true as const }))
}

/** The set known so far, with who came to it or left it. */
async function setEntries(connection: DuckDBConnection, of: Case, row: number): Promise<ChangeEntry[]> {
  const state = new KnownState()
  for (const told of await chainOf(connection, of, row, true)) {
    if (told.row !== row) {
      state.take(told)
      continue
    }
    state.expect(told)
    const before = state.now.value
    state.take(told)
    return changeEntries(before, state.now.value, 'rebuilt')
  }
  return []
}

function origin(of: Case, { origin: row, of: event, time }: Row): StateOrigin | undefined {
  const _id = row === null ? undefined : eventIdOf(of, row)
  if (_id === undefined || !event) return undefined
  return {
    _id,
    ...(event.time === null ? {} : { time: event.time }),
    ...(event.action === null ? {} : { action: event.action }),
    ...(event.user === null ? {} : { user: event.user }),
    ...(event.time === null || time === null
      ? {}
      : { age: Date.parse(`${time.replace(' ', 'T')}Z`) - Date.parse(event.time) })
  }
}
