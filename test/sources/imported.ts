import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FieldInfo, fields } from '../../src-main/contract/event'
import type { LedgerLine } from '../../src-main/contract/evidence'
import type { Source, Times } from '../../src-main/contract/source'
import { copyEvidence, hashFollowing } from '../../src-main/engine/evidence/seal'
import { newSealing } from '../../src-main/engine/evidence/sealing'
import type { FileImport } from '../../src-main/engine/import/file-import'
import { importFile } from '../../src-main/engine/import/import-file'
import { readFile } from '../../src-main/engine/import/read-file'
import { LineScan } from '../../src-main/engine/import/scan-lines'
import { Case } from '../../src-main/engine/store/case'
import { shownColumn, storedFields } from '../../src-main/engine/store/schema'
import { identifier } from '../../src-main/engine/store/sql'

/** A record as the case holds it: the fields of its event that are not absent, and its status where it is no dated event. */
export type Row = Readonly<Record<string, unknown>>

// The reader as it is, without the threads around it, which only the built application has.
const reader: FileImport['reader'] = {
  async seal(path, copy, lines, _progress, sealing = newSealing()) {
    writeFileSync(copy, '')
    const scan = new LineScan()
    const bytes = copyEvidence(path, copy, sealing, (block) => scan.see(block))
    return { bytes, sha256: hashFollowing(copy, sealing), lines: lines ? scan.end() : null }
  },
  read: (job, _path, take) => readFile(job, take)
}

export interface Imported {
  readonly line: LedgerLine
  readonly rows: readonly Row[]
  /** What became events: each record's text, and the JSON that was read out of it. */
  readonly records: readonly { readonly raw: string; readonly document: string }[]
}

/** A new case in a temporary folder, and what files give when they are imported into it. */
export class Imports {
  readonly #folder = mkdtempSync(join(tmpdir(), 'spoor-sources-'))
  readonly #known: readonly Source[]
  #case: Promise<Case> | undefined

  constructor(known: readonly Source[]) {
    this.#known = known
  }

  async file(path: string, source?: string, times: Times = {}): Promise<Imported> {
    this.#case ??= Case.create(join(this.#folder, 'test.spoor'))
    const into = await this.#case
    const line = await importFile(into, {
      path,
      known: this.#known,
      source,
      times,
      reader,
      now: new Date('2026-11-21T00:00:00Z'),
      canceled: () => false,
      progress: () => {}
    })
    const id = into.evidence.find((one) => one.sha256 === line.sha256)?.id
    const columns = storedFields.map((field) => `${sqlOf(field)} AS ${identifier(field)}`)
    const answer = await into.writer.runAndReadAll(
      `SELECT status::VARCHAR AS status, ${columns.join(', ')} FROM entry e WHERE evidence = ${id} ORDER BY e.rowid`
    )
    const read = await into.writer.runAndReadAll(
      `SELECT raw, coalesce(document, raw) AS document FROM entry e
       WHERE evidence = ${id} AND status IN ('event', 'undated') ORDER BY e.rowid`
    )
    const records = read.getRowObjectsJson() as unknown as Imported['records']
    return { line, rows: answer.getRowObjectsJson().map(row), records }
  }

  async close(): Promise<void> {
    ;(await this.#case)?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

const typeOf = (field: (typeof storedFields)[number]): FieldInfo['type'] => fields[field].type

/** Times as ISO 8601 with three or six digits of a second; whole numbers as numbers. */
function sqlOf(field: (typeof storedFields)[number]): string {
  const name = identifier(field)
  switch (typeOf(field)) {
    case 'time':
      return `regexp_replace(strftime(${name}, '%Y-%m-%dT%H:%M:%S.%f'), '000$', '') || 'Z'`
    case 'number':
      return `${name}::DOUBLE`
    default:
      return shownColumn(field, null)
  }
}

function row(values: Record<string, unknown>): Row {
  const { status } = values
  if (status === 'blank' || status === 'unreadable') return { status }
  const read = (name: string, value: unknown) =>
    name in fields && typeOf(name as keyof typeof fields & (typeof storedFields)[number]) === 'json'
      ? JSON.parse(value as string)
      : value
  const present = Object.entries(values).filter(
    ([name, value]) => value !== null && (name !== 'status' || value !== 'event')
  )
  return Object.fromEntries(present.map(([name, value]) => [name, read(name, value)]))
}
