import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field } from '../../contract/event'
import type { Source } from '../../contract/source'
import { mappingSqlFault, type SqlFault, sqlMappings } from '../normalise/mapping-sql-fault'
import { normaliseSql } from '../normalise/normalise-sql'
import { stateSql } from '../normalise/state-sql'
import type { Workbench } from '../store/workbench'
import { segmentRows } from './scratch'

/** What is wrong with the SQL of a definition: that it is not one expression, or that DuckDB can make nothing of it. */
export async function sqlFault(bench: Workbench, source: Source): Promise<SqlFault | undefined> {
  const unsafe = await mappingSqlFault(bench.connection, source)
  if (unsafe) return unsafe
  const whole = await binding(bench, source)
  if (whole === undefined) return undefined
  for (const [at, sql] of sqlMappings(source)) {
    const { change: _, ...rest } = source
    const field = at[0] === 'event' ? (at[1] as Field) : 'message'
    const why = await binding(bench, { ...rest, event: { [field]: { sql } } })
    if (why !== undefined) return { at, sentence: `${at.slice(0, -1).join('.')}: ${why}` }
  }
  return { at: ['event'], sentence: whole }
}

/** DuckDB's word on a definition that it is to read no record with; nothing where it takes it. */
async function binding({ connection, folder }: Workbench, source: Source): Promise<string | undefined> {
  const file = join(folder, 'no-records')
  writeFileSync(file, '')
  const rows = segmentRows({ file, mode: 'detailed', escaped: false, records: 0, bytes: 0, stretches: [] })
  try {
    await connection.run(normaliseSql([source], rows, 0))
    const states = stateSql(source, [0], true)
    if (states) await connection.run(states)
    return undefined
  } catch (error) {
    // Its first line says what is wrong; those after it show the statement that we wrote.
    const said = (error as Error).message.split('\n')[0] as string
    return said.replace(/^[A-Za-z ]+ Error: /, '').replace(/"?p\d+"?/g, 'a path of the record')
  }
}
