import type { DuckDBConnection } from '@duckdb/node-api'
import type { Source } from '../../contract/source'
import { recordReferences } from './mapping-sql'

/** What is wrong with the SQL of a mapping: the key it stands under, and a sentence. */
export interface SqlFault {
  readonly at: readonly string[]
  readonly sentence: string
}

interface Parsed {
  readonly error: boolean
  readonly error_message?: string
  readonly statements?: readonly {
    readonly node: { readonly select_list?: readonly unknown[]; readonly from_table?: { readonly type: string } }
  }[]
}

/** The SQL in a definition's mappings, and the keys it stands under. */
export function* sqlIn(part: unknown, at: readonly string[] = []): Generator<readonly [readonly string[], string]> {
  if (part === null || typeof part !== 'object') return
  for (const [key, inner] of Object.entries(part)) {
    if (key === 'sql' && typeof inner === 'string') yield [[...at, key], inner]
    else yield* sqlIn(inner, [...at, key])
  }
}

/** Those of a definition; what its samples say is no mapping. */
export const sqlMappings = ({ event, change }: Source) => [...sqlIn({ event, change })]

/**
 * The first SQL of a definition that is not one expression over the record. Definitions are handed from person to person, and their SQL
 * runs where a case is written: so nothing that reads tables, counts rows, or ends the statement gets that far.
 */
export async function mappingSqlFault(connection: DuckDBConnection, source: Source): Promise<SqlFault | undefined> {
  for (const [at, sql] of sqlMappings(source)) {
    const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)::VARCHAR', [
      `SELECT (${sql.replaceAll(recordReferences, 'p0')})`
    ])
    const why = fault(JSON.parse(reader.getRows()[0]?.[0] as string))
    if (why) return { at, sentence: `${at.slice(0, -1).join('.')}: ${why}` }
  }
  return undefined
}

function fault({ error, error_message, statements = [] }: Parsed): string | undefined {
  if (error) return `the SQL cannot be read: ${error_message ?? 'it is no expression'}`
  const [first] = statements
  if (statements.length !== 1 || first?.node.select_list?.length !== 1 || first.node.from_table?.type !== 'EMPTY')
    return 'the SQL is not one expression'
  const refused = [...parts(first.node.select_list)].find((one) => one !== undefined)
  return refused && `the SQL may not hold ${refused}: it says what one record gives`
}

const forbidden: Readonly<Record<string, string>> = {
  SUBQUERY: 'a SELECT',
  WINDOW: 'a window',
  STAR: 'a star'
}

/** What must not be in an expression, by the parser's own names. */
function* parts(node: unknown): Generator<string | undefined> {
  if (node === null || typeof node !== 'object') return
  const { class: kind, function_name: name } = node as { class?: string; function_name?: string }
  if (kind !== undefined && Object.hasOwn(forbidden, kind)) yield forbidden[kind]
  if (name === 'unnest' || name === 'unlist') yield `${name}()`
  for (const inner of Object.values(node)) yield* parts(inner)
}
