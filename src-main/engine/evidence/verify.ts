import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../../contract/rpc'
import type { Case, Evidence } from '../store/case'
import { brokenCustody } from './custody'
import { placeOf } from './place'

type Check = VerifyResult['checks'][number]

const sampled = 100
const grouped = (count: number) => count.toLocaleString('en')

/** Checks everything that can be: every evidence file's hash, the books against the database, records against their bytes, the custody log. */
export async function verifyCase(connection: DuckDBConnection, of: Case): Promise<VerifyResult> {
  const started = performance.now()
  const checks: Check[] = []
  for (const evidence of of.evidence) {
    checks.push(await hashCheck(of, evidence))
    checks.push(await booksCheck(connection, evidence))
    const bytes = await bytesCheck(connection, of, evidence)
    if (bytes) checks.push(bytes)
  }
  checks.push(custodyCheck(of))
  return { clean: checks.every((one) => one.clean), checks, seconds: Math.round(performance.now() - started) / 1000 }
}

async function hashCheck(of: Case, { name, file, sha256 }: Evidence): Promise<Check> {
  const what = `${name}: SHA-256 of the evidence copy`
  const path = join(of.evidenceFolder, file)
  if (!existsSync(path)) return { what, clean: false, found: `the file is missing from the evidence folder (${file})` }
  const hash = createHash('sha256')
  for await (const block of createReadStream(path, { highWaterMark: 4 << 20 })) hash.update(block)
  const now = hash.digest('hex')
  return { what, clean: now === sha256, found: now === sha256 ? sha256 : `${now}, but ${sha256} when it was imported` }
}

async function booksCheck(connection: DuckDBConnection, { id, name, ledger }: Evidence): Promise<Check> {
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

/** Records spread over the file, each compared with the bytes at its place. Compressed and transcoded files have no such bytes. */
async function bytesCheck(connection: DuckDBConnection, of: Case, evidence: Evidence): Promise<Check | undefined> {
  const path = join(of.evidenceFolder, evidence.file)
  if (!existsSync(path) || evidence.records === 0) return undefined
  const handle = await open(path)
  try {
    const start = Buffer.alloc(2)
    await handle.read(start, 0, 2, 0)
    if (['1f8b', 'fffe', 'feff'].includes(start.toString('hex'))) return undefined
    const step = Math.max(1, Math.floor(evidence.records / sampled))
    let compared = 0
    for (let number = 0; number < evidence.records && compared < sampled; number += step) {
      const row = evidence.firstRow + number
      const found = await connection.runAndReadAll(
        `SELECT raw, flagged FROM (SELECT raw, why IS NOT NULL AS flagged FROM entry WHERE rowid = ${row})`
      )
      const [raw, flagged] = found.getRows()[0] as [string, boolean]
      if (flagged || raw.includes('\uFFFD') || raw.includes('␀')) continue
      const place = await placeOf(connection, evidence, row)
      const bytes = Buffer.alloc(place.length)
      await handle.read(bytes, 0, place.length, place.offset)
      if (bytes.toString('utf8') !== raw) {
        return {
          what: `${evidence.name}: records against their bytes`,
          clean: false,
          found: `record ${place.record} differs from the ${place.length} bytes at ${place.offset}`
        }
      }
      compared++
    }
    return {
      what: `${evidence.name}: records against their bytes`,
      clean: true,
      found: `${compared} records spread over the file are their bytes exactly`
    }
  } finally {
    await handle.close()
  }
}

function custodyCheck(of: Case): Check {
  const { lines, broken } = brokenCustody(join(of.folder, 'custody.jsonl'))
  const what = 'custody log: each line carries the hash of the one before'
  if (broken !== null) return { what, clean: false, found: `line ${broken} of ${lines} does not fit the one before it` }
  return { what, clean: lines > 0, found: lines > 0 ? `${grouped(lines)} lines` : 'the log is missing' }
}
