import type { DuckDBConnection } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import type { Source } from '../../contract/source'
import { eventJson } from '../store/event-json'
import { storedFields } from '../store/schema'
import { normaliseSql } from './normalise-sql'

/** What a definition makes of a record by itself: all but changes, which other records may have a part in, and places. */
export const derivedFields: readonly Field[] = storedFields.filter((field) => !field.startsWith('change.'))

export type Derived = { readonly [F in Field]?: unknown }

/** What a definition makes of one stored record now; the absent fields left out. */
export async function derive(connection: DuckDBConnection, source: Source, row: number): Promise<Derived> {
  const record = `(SELECT line, "offset", length, NULL::BIGINT AS part, why AS flag, raw, document FROM entry WHERE rowid = ${row})`
  const found = await connection.runAndReadAll(
    `SELECT ${eventJson(derivedFields)} FROM (${normaliseSql([source], record, 0)}) e`
  )
  const fields = JSON.parse(found.getRows()[0]?.[0] as string) as Record<Field, unknown>
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

const tables = { 'event.category': 'categories', 'event.type': 'types', 'event.outcome': 'outcomes' } as const
const others: readonly Field[] = ['event.user_action', 'source.address']

/** Fields whose own rule may give nothing, so that something else steps in. */
export const doubtful = ({ event, ...source }: Source): readonly Field[] =>
  [...Object.entries(tables).flatMap(([field, table]) => (source[table] ? [field as Field] : [])), ...others].filter(
    (field) => event[field] !== undefined
  )

/** The definition with the rules of these fields alone, and nothing that steps in where they give nothing. */
export function onlyRules(
  { categories: _, types: __, outcomes: ___, change: ____, ...source }: Source,
  of: readonly Field[]
): Source {
  return { ...source, event: Object.fromEntries(of.map((field) => [field, source.event[field]])) }
}
