import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import type { Source } from '../../contract/source'
import { eventJson } from '../store/event-json'
import { storedFields } from '../store/schema'
import { normaliseSql } from './normalise-sql'

export type Derived = { readonly [F in Field]?: unknown }

/** What a definition makes of one stored record now; the absent fields left out. */
export async function derive(connection: DuckDBConnection, source: Source, row: number): Promise<Derived> {
  const record = `(SELECT *, why AS flag FROM entry WHERE rowid = ${row})`
  const found = await connection.runAndReadAll(
    `SELECT ${eventJson(storedFields)} FROM (${normaliseSql([source], record, 0)}) e`
  )
  const fields = JSON.parse(found.getRows()[0]?.[0] as string) as Record<Field, unknown>
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

const tables = { 'event.category': 'categories', 'event.type': 'types', 'event.outcome': 'outcomes' } as const

/** Where a rule of the field may give nothing, and another takes its place. */
export const isDoubtful = ({ event, ...source }: Source): boolean =>
  Object.entries(tables).some(([field, table]) => event[field as Field] !== undefined && source[table] !== undefined) ||
  event['event.user_action'] !== undefined ||
  event['source.address'] !== undefined

/** The definition without all that steps in where a field's own rule gives nothing. */
export function withoutFallbacks({ categories: _, types: __, outcomes: ___, event, ...source }: Source): Source {
  const stepsIn: readonly Field[] = [
    ...(event['event.user_action'] ? (['user.type'] as const) : []),
    ...(event['source.address'] ? (['source.ip'] as const) : [])
  ]
  const own = Object.entries(event).filter(([field]) => !(stepsIn as readonly string[]).includes(field))
  return { ...source, event: Object.fromEntries(own) }
}
