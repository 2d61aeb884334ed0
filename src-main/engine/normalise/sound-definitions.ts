import type { DuckDBConnection } from '@duckdb/node-api'
import type { Source } from '../../contract/source'
import { mappingSqlFault } from './mapping-sql-fault'
import { faultOf } from './source-fault'

/**
 * The definitions that a case holds, where all of them may be run; none otherwise. A case may come from anyone, and with it what is
 * written in it as definitions.
 */
export async function soundDefinitions(connection: DuckDBConnection, text: string): Promise<readonly Source[]> {
  const held: unknown = JSON.parse(text)
  if (!Array.isArray(held)) return []
  for (const one of held) if (faultOf(one) || (await mappingSqlFault(connection, one))) return []
  return held
}
