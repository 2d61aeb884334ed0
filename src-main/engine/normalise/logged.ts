import type { DuckDBConnection } from '@duckdb/node-api'
import { text } from '../store/sql'
import { parsePath } from './path'

/** What a record holds at these paths, as text; a path at which it has nothing, or an empty text, is left out. */
export async function loggedAt(
  connection: DuckDBConnection,
  row: number,
  paths: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(paths)]
  if (asked.length === 0) return new Map()
  const pointer = (path: string) =>
    parsePath(path)
      .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
  const found = await connection.runAndReadAll(
    `SELECT unnest(TRY(json_extract_string(coalesce(document, raw), [${asked.map((path) => text(pointer(path))).join(', ')}])))
     FROM entry WHERE rowid = ${row}`
  )
  const texts = (found.getRows() as [string | null][]).map(([value]) => value)
  return new Map(
    asked.flatMap((path, at) => {
      const value = texts[at]
      return value === null || value === undefined || value === '' ? [] : [[path, value] as const]
    })
  )
}
