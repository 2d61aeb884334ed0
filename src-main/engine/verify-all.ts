import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../contract/evidence'
import { verifyPulls } from './connect/verify-pulls'
import { verifyCase } from './evidence/verify'
import { normaliseSql } from './normalise/normalise-sql'
import type { Case, Evidence } from './store/case'
import { storedFields } from './store/schema'
import { identifier } from './store/sql'

type Check = VerifyResult['checks'][number]

/** Checks everything that can be: the evidence, the books, the custody log, the journals of pulls, and that every event holds what its record gives. */
export async function verifyAll(connection: DuckDBConnection, of: Case): Promise<VerifyResult> {
  const started = performance.now()
  const { checks } = await verifyCase(connection, of)
  const all = [...checks, ...(await verifyPulls(of.folder))]
  const read = of.evidence.filter(({ ledger }) => ledger.kind !== 'directory')
  const made = new Map<number, Sum>()
  const sound = read.filter(({ definitions }) => definitions.length > 0)
  for (const alike of readAlike(sound)) for (const [id, sum] of await sumsMade(connection, alike)) made.set(id, sum)
  const held = await sums(connection, 'entry')
  for (const evidence of read) all.push(fieldCheck(evidence, held.get(evidence.id), made.get(evidence.id)))
  const seconds = Math.round(performance.now() - started) / 1000
  return { clean: all.every((one) => one.clean), checks: all, seconds }
}

interface Sum {
  readonly sum: string
  readonly records: number
}

/** Evidence by the definitions it was read with, which files that came together share. */
function readAlike(evidence: readonly Evidence[]): Iterable<readonly [Evidence, ...Evidence[]]> {
  const groups = new Map<Evidence['definitions'], [Evidence, ...Evidence[]]>()
  for (const one of evidence) {
    const group = groups.get(one.definitions)
    if (group) group.push(one)
    else groups.set(one.definitions, [one])
  }
  return groups.values()
}

/** What the definitions make of the records now. */
function sumsMade(connection: DuckDBConnection, alike: readonly [Evidence, ...Evidence[]]) {
  const ids = alike.map(({ id }) => id).join(', ')
  const rows = `(SELECT evidence, line, "offset", length, NULL::BIGINT AS part, why AS flag, raw, document FROM entry WHERE evidence IN (SELECT unnest([${ids}])))`
  return sums(connection, `(${normaliseSql(alike[0].definitions, rows, 'evidence')})`)
}

// A sum of hashes knows no order, so that neither side has to keep one.
const hashed = `sum(hash(raw, ${storedFields.map(identifier).join(', ')})::HUGEINT)::VARCHAR`

async function sums(connection: DuckDBConnection, from: string): Promise<ReadonlyMap<number, Sum>> {
  const found = await connection.runAndReadAll(
    `SELECT evidence, ${hashed}, count(*)::DOUBLE FROM ${from} GROUP BY evidence`
  )
  const rows = found.getRows() as [evidence: number, sum: string, records: number][]
  return new Map(rows.map(([evidence, sum, records]) => [evidence, { sum, records }]))
}

function fieldCheck({ name, definitions }: Evidence, held: Sum | undefined, made: Sum | undefined): Check {
  const what = `${name}: fields against their records`
  if (definitions.length === 0)
    return { what, clean: false, found: 'not checked: the definitions that the case holds are none that may be run' }
  if (held?.sum === made?.sum) {
    const records = (held?.records ?? 0).toLocaleString('en')
    return { what, clean: true, found: `all ${records} records give the fields that the case holds` }
  }
  const found =
    'its records do not give the fields that the case holds: its database was changed, or the conversions of Spoor were since it was imported'
  return { what, clean: false, found }
}
