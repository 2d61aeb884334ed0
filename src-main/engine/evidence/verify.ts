import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../../contract/rpc'
import type { Case, Evidence } from '../store/case'
import { bytesOf } from './content'
import { anchorOf, beginsWithCase, custodyFault, custodyLines, importedIn } from './custody'
import { recordsCheck } from './verify-records'

export type Check = VerifyResult['checks'][number]

const grouped = (count: number) => count.toLocaleString('en')

/** Checks everything that can be: every evidence file's hash, the books against the database, records against their bytes, the custody log. */
export async function verifyCase(connection: DuckDBConnection, of: Case): Promise<VerifyResult> {
  const started = performance.now()
  const checks: Check[] = []
  for (const evidence of of.evidence) {
    const path = join(of.evidenceFolder, evidence.file)
    checks.push(await hashCheck(path, evidence))
    checks.push(await booksCheck(connection, evidence))
    checks.push(await recordsCheck(connection, evidence, existsSync(path) ? () => bytesOf(path) : null))
  }
  checks.push(...(await custodyChecks(connection, of)))
  return { clean: checks.every((one) => one.clean), checks, seconds: Math.round(performance.now() - started) / 1000 }
}

async function hashCheck(path: string, { name, file, sha256 }: Evidence): Promise<Check> {
  const what = `${name}: SHA-256 of the evidence copy`
  if (!existsSync(path)) return { what, clean: false, found: `the file is missing from the evidence folder (${file})` }
  const hash = createHash('sha256')
  for await (const block of bytesOf(path)) hash.update(block)
  const now = hash.digest('hex')
  return { what, clean: now === sha256, found: now === sha256 ? sha256 : `${now}, but ${sha256} when it was imported` }
}

async function booksCheck(connection: DuckDBConnection, evidence: Evidence): Promise<Check> {
  const { id, name, ledger } = evidence
  if (ledger.kind === 'directory') return namesCheck(connection, evidence)
  const counted = await connection.runAndReadAll(
    `SELECT count(*) FILTER (status = 'event')::DOUBLE, count(*) FILTER (status = 'undated')::DOUBLE,
      count(*) FILTER (status = 'unreadable')::DOUBLE, count(*) FILTER (status = 'blank')::DOUBLE FROM entry WHERE evidence = ${id}`
  )
  const [events, undated, unreadable, blank] = counted.getRows()[0] as [number, number, number, number]
  const clean =
    ledger.balanced &&
    events === ledger.events &&
    undated === ledger.undated &&
    unreadable === ledger.unreadable &&
    blank === ledger.blank &&
    ledger.records === events + undated + unreadable + blank
  const found = `${grouped(ledger.records)} records = ${grouped(events)} events + ${grouped(undated)} undated + ${grouped(unreadable)} unreadable + ${grouped(blank)} blank`
  return { what: `${name}: the books`, clean, found }
}

async function namesCheck(connection: DuckDBConnection, { id, name, ledger }: Evidence): Promise<Check> {
  const counted = await connection.runAndReadAll(
    `SELECT count(*) FILTER (status = 'name')::DOUBLE, count(*) FILTER (status = 'unreadable')::DOUBLE,
      count(*) FILTER (status = 'blank')::DOUBLE, (SELECT count(DISTINCT record)::DOUBLE FROM name_of WHERE evidence = ${id})
     FROM directory WHERE evidence = ${id}`
  )
  const [names, unreadable, blank, naming] = counted.getRows()[0] as [number, number, number, number]
  const clean =
    ledger.balanced &&
    names === ledger.names &&
    naming === names &&
    unreadable === ledger.unreadable &&
    blank === ledger.blank &&
    ledger.records === names + unreadable + blank
  const found = `${grouped(ledger.records)} records = ${grouped(names)} names + ${grouped(unreadable)} unreadable + ${grouped(blank)} blank`
  return { what: `${name}: the books`, clean, found }
}

async function custodyChecks(connection: DuckDBConnection, of: Case): Promise<Check[]> {
  const lines = custodyLines(join(of.folder, 'custody.jsonl'))
  const fault = custodyFault(lines, await anchorOf(connection))
  const told = importedIn(lines)
  const untold = of.evidence.filter(({ sha256 }) => !told.has(sha256)).map(({ name }) => name)
  const missing = [
    ...(beginsWithCase(lines) ? [] : ['the making of the case']),
    ...untold.map((name) => `the import of ${name}`)
  ]
  return [
    {
      what: 'custody log: each line carries the hash of the one before, to the last that was written',
      clean: fault === null,
      found: fault ?? `${grouped(lines.length)} lines`
    },
    {
      what: 'custody log: tells how the case was made and every import',
      clean: missing.length === 0,
      found: missing.length ? `it does not tell ${missing.join(', ')}` : `${grouped(told.size)} files imported`
    }
  ]
}
