import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { data, run } from './bench-run.mjs'

/** The file of so many generated events of a shape; the same bytes each time. */
export async function fileOf(events, shape = 'mixed') {
  const file = join(data, `${shape}-${events}.ndjson`)
  if (!existsSync(file)) await run(process.execPath, ['scripts/bench-data.mjs', file, String(events), shape])
  return file
}

/** A case of so many generated events; what it was imported from goes where it is large, for the case holds a copy. */
export async function caseOf(events) {
  const folder = join(data, `search-${events}.spoor`)
  if (existsSync(join(folder, 'case.duckdb'))) return folder
  const file = await fileOf(events)
  const started = performance.now()
  await run(process.execPath, ['scripts/spoor.cjs', 'import', file, '--case', folder, '--json'])
  console.log(`  imported in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  if (events > 1_000_000) rmSync(file)
  return folder
}
