import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../../contract/evidence'
import type { Case, Evidence } from '../store/case'
import { bytesOf } from './content'
import { anchorOf, beginsWithCase, custodyFault, custodyLines, importedIn } from './custody'
import { HashedBytes } from './hashed-bytes'
import { bytesOfMembers } from './stored'
import { recordsCheck } from './verify-records'

export type Check = VerifyResult['checks'][number]

const grouped = (count: number) => count.toLocaleString('en')

/** Checks everything that can be: every evidence file's hash, the books against the database, records against their bytes, the custody log. */
export async function verifyCase(connection: DuckDBConnection, of: Case): Promise<VerifyResult> {
  const started = performance.now()
  const checks: Check[] = []
  const books = await booksOf(connection)
  for (const [file, evidence] of byFile(of)) checks.push(...(await fileChecks(connection, of, file, evidence, books)))
  checks.push(...(await custodyChecks(connection, of)))
  return { clean: checks.every((one) => one.clean), checks, seconds: Math.round(performance.now() - started) / 1000 }
}

/** The evidence in each file of the evidence folder: of an archive, all its members. */
function byFile(of: Case): ReadonlyMap<string, readonly Evidence[]> {
  const files = new Map<string, Evidence[]>()
  for (const one of of.evidence) files.set(one.file, [...(files.get(one.file) ?? []), one])
  return files
}

async function fileChecks(
  connection: DuckDBConnection,
  of: Case,
  file: string,
  evidence: readonly Evidence[],
  books: Books
): Promise<Check[]> {
  const path = join(of.evidenceFolder, file)
  const archive = evidence[0]?.ledger.archive
  if (!existsSync(path)) return (await Promise.all(evidence.map((one) => missingChecks(connection, one, books)))).flat()
  if (!archive) return ownChecks(connection, evidence[0] as Evidence, books, bytesOf(path))
  const whole = await new HashedBytes(bytesOf(path)).sha256()
  const checks = [hashCheck(`${archive.name}: SHA-256 of the evidence copy`, whole, archive.sha256)]
  const found = new Set<Evidence>()
  for await (const { of: one, bytes } of bytesOfMembers(path, evidence, of.scratch)) {
    found.add(one)
    checks.push(...(await ownChecks(connection, one, books, bytes)))
  }
  for (const { name } of evidence.filter((one) => !found.has(one)))
    checks.push({ what: `${name}: SHA-256 in the archive`, clean: false, found: 'the archive does not hold it' })
  return checks
}

/** The checks of one evidence file or archive member, whose bytes are read once. */
async function ownChecks(
  connection: DuckDBConnection,
  evidence: Evidence,
  books: Books,
  bytes: AsyncIterable<Buffer>
): Promise<Check[]> {
  const hashed = new HashedBytes(bytes)
  const records = await recordsCheck(connection, evidence, hashed.read())
  const what = evidence.ledger.archive ? 'SHA-256 in the archive' : 'SHA-256 of the evidence copy'
  const hash = hashCheck(`${evidence.name}: ${what}`, await hashed.sha256(), evidence.sha256)
  return [hash, await booksCheck(connection, evidence, books), records]
}

async function missingChecks(connection: DuckDBConnection, evidence: Evidence, books: Books): Promise<Check[]> {
  const { name, file } = evidence
  const found = `the file is missing from the evidence folder (${file})`
  return [
    { what: `${name}: SHA-256 of the evidence copy`, clean: false, found },
    await booksCheck(connection, evidence, books),
    {
      what: `${name}: records against their bytes`,
      clean: false,
      found: 'not checked, because the file is missing'
    }
  ]
}

const hashCheck = (what: string, now: string, then: string): Check => ({
  what,
  clean: now === then,
  found: now === then ? then : `${now}, but ${then} when it was imported`
})

/** How many records of a status the database holds of an evidence. */
type Books = (evidence: number, status: string) => number

async function booksOf(connection: DuckDBConnection): Promise<Books> {
  const counted = await connection.runAndReadAll(
    `SELECT evidence || ' ' || status, count(*)::DOUBLE FROM entry GROUP BY ALL`
  )
  const counts = new Map(counted.getRows() as [string, number][])
  return (evidence, status) => counts.get(`${evidence} ${status}`) ?? 0
}

async function booksCheck(connection: DuckDBConnection, evidence: Evidence, books: Books): Promise<Check> {
  const { id, name, ledger } = evidence
  if (ledger.kind === 'directory') return namesCheck(connection, evidence)
  const [events, undated, unreadable, blank] = ['event', 'undated', 'unreadable', 'blank'].map((status) =>
    books(id, status)
  ) as [number, number, number, number]
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
