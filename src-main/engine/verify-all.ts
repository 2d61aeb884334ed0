import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../contract/rpc'
import { verifyCase } from './evidence/verify'
import { normaliseSql } from './normalise/normalise-sql'
import type { Case, Evidence } from './store/case'
import { storedFields } from './store/schema'
import { identifier } from './store/sql'

type Check = VerifyResult['checks'][number]

/** Checks everything that can be: the evidence, the books, the custody log, and that every event holds what its record gives. */
export async function verifyAll(connection: DuckDBConnection, of: Case): Promise<VerifyResult> {
  const started = performance.now()
  const { checks } = await verifyCase(connection, of)
  const all = [...checks]
  for (const evidence of of.evidence)
    if (evidence.definitions.length > 0) all.push(await fieldCheck(connection, evidence))
  const seconds = Math.round(performance.now() - started) / 1000
  return { clean: all.every((one) => one.clean), checks: all, seconds }
}

// A sum of hashes knows no order, so that neither side has to keep one.
const hashed = `sum(hash(raw, ${storedFields.map(identifier).join(', ')})::HUGEINT)::VARCHAR, count(*)::DOUBLE`

async function fieldCheck(connection: DuckDBConnection, { id, name, definitions }: Evidence): Promise<Check> {
  const rows = `(SELECT line, "offset", length, NULL::BIGINT AS part, why AS flag, raw, document FROM entry WHERE evidence = ${id})`
  const sum = async (from: string) => {
    const found = await connection.runAndReadAll(`SELECT ${hashed} FROM ${from}`)
    return found.getRows()[0] as [sum: string, count: number]
  }
  const [held, records] = await sum(`entry WHERE evidence = ${id}`)
  const [made] = await sum(`(${normaliseSql(definitions, rows, id)})`)
  const what = `${name}: fields against their records`
  if (held === made) {
    return {
      what,
      clean: true,
      found: `all ${records.toLocaleString('en')} records give the fields that the case holds`
    }
  }
  const found =
    'its records do not give the fields that the case holds: its database was changed, or the conversions of Spoor were since it was imported'
  return { what, clean: false, found }
}
