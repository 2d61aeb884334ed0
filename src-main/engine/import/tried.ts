import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import type { EventValue, Field } from '../../contract/event'
import type { RecordStatus } from '../../contract/evidence'
import type { Mapping, Source } from '../../contract/source'
import { normaliseSql } from '../normalise/normalise-sql'
import { eventJson } from '../store/event-json'
import { storedFields } from '../store/schema'
import type { Workbench } from '../store/workbench'
import { firstRecords } from './first-records'
import { segmentRows } from './scratch'

/** One record as an import would store it, and what each mapping found in it before it was converted. */
export interface Tried {
  readonly text: string
  readonly status: RecordStatus
  readonly why: string | null
  readonly document: unknown
  readonly event: { readonly [F in Field]?: EventValue }
  /** By the place of the mapping among those of the definition. */
  readonly logged: readonly (string | undefined)[]
}

// A single record's change is as it is logged: nothing is rebuilt from others here.
const fields = storedFields.filter((field) => !field.startsWith('change.'))

/** The first records of a file, made into events on a database of the moment by the reader and the SQL of an import. */
export async function tried(
  { connection, folder }: Workbench,
  source: Source,
  path: string,
  most: number,
  stopped: () => boolean
): Promise<readonly Tried[]> {
  const scratch = join(folder, String(performance.now()))
  await mkdir(scratch)
  const segments = await firstRecords(path, source, scratch, most, stopped)
  let left = most
  for (const segment of segments) {
    if (stopped()) throw new AppError('canceled', 'Canceled.')
    const rows = `(SELECT * FROM ${segmentRows(segment)} LIMIT ${left})`
    await connection.run(`INSERT INTO entry ${normaliseSql([source], rows, 1)}`)
    await connection.run(`INSERT INTO entry ${normaliseSql([asLogged(source)], rows, 2)}`)
    left -= Math.min(left, segment.records)
    if (left === 0) break
  }
  const made = await connection.runAndReadAll(
    `SELECT raw, status::VARCHAR, why, coalesce(document, raw), ${eventJson(fields)},
      json_object('change.basis', "change.basis", 'change.fields', "change.fields")::VARCHAR
     FROM entry e WHERE evidence = 1 ORDER BY rowid`
  )
  const found = await connection.runAndReadAll('SELECT labels FROM entry WHERE evidence = 2 ORDER BY rowid')
  await connection.run('DELETE FROM entry')
  const labels = found.getRows().map(([object]) => present(object as string | null))
  return made.getRows().map((row, index) => {
    const [raw, status, why, document, event, change] = row as [string, RecordStatus, string | null, ...string[]]
    const logged = Object.keys(source.event).map((_, at) => labels[index]?.[`m${at}`] as string | undefined)
    return {
      text: raw,
      status,
      why,
      document: parsed(document as string),
      event: { ...present(event), ...present(change) },
      logged
    }
  })
}

/** A definition that gives what the log has for each mapping, unconverted: every label is text. */
function asLogged({ id, title, read, recognise, event }: Source): Source {
  const mappings = (Object.values(event) as Mapping[]).map((mapping, at) => {
    const found = typeof mapping === 'object' && 'from' in mapping ? mapping.from : mapping
    return [`labels.m${at}`, found]
  })
  return { id, title, read, recognise, event: Object.fromEntries(mappings), samples: [] }
}

function present(object: string | null | undefined): Record<string, never> {
  const pairs = Object.entries(JSON.parse(object ?? '{}') as Record<string, unknown>)
  return Object.fromEntries(pairs.filter(([, value]) => value !== null)) as Record<string, never>
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
