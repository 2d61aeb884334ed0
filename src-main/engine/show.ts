import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../contract/errors'
import { type EventRow, type Field, fieldNames } from '../contract/event'
import type { Change, EventDetail, GeoInfo } from '../contract/rpc'
import { placeOf } from './evidence/place'
import { changeEntries } from './normalise/change-entries'
import type { DefinitionLines } from './normalise/definition-lines'
import { provenanceOf } from './normalise/provenance'
import type { Case, Evidence } from './store/case'
import { eventJson } from './store/event-json'

/** The evidence and row that an id names: `<first twelve of the SHA-256>-<number of the record>`, a longer or shorter hash alike. */
export function rowOf(of: Case, id: string): { evidence: Evidence; row: number } {
  const [, hash, number] = /^([0-9a-f]{4,64})-(\d+)$/.exec(id) ?? []
  const evidence = of.evidence.find((one) => hash !== undefined && one.sha256.startsWith(hash))
  const record = Number(number)
  if (!evidence || record < 1 || record > evidence.records) {
    throw new AppError('record_missing', `There is no event ${id} in this case.`)
  }
  return { evidence, row: evidence.firstRow + record - 1 }
}

/** Everything about one event: its fields, what changed, its record and place, its likes; and, given definitions, where each field came from. */
export async function showEvent(
  connection: DuckDBConnection,
  of: Case,
  id: string,
  geo: Pick<GeoInfo, 'title' | 'edition'>,
  definitions: DefinitionLines | null
): Promise<EventDetail> {
  const { evidence, row } = rowOf(of, id)
  const found = await connection.runAndReadAll(
    `SELECT ${eventJson(fieldNames)}, e.raw, coalesce(e.document, e.raw), e.content::VARCHAR, e.status::VARCHAR
     FROM entry e LEFT JOIN place ON place.ip = e."source.ip" WHERE e.rowid = ${row}`
  )
  const [fields, raw, documentText, content, status] = found.getRows()[0] as [
    string,
    string,
    string,
    string | null,
    string
  ]
  const values = Object.entries(JSON.parse(fields) as Record<Field, unknown>).filter(([, value]) => value !== null)
  const isEvent = status === 'event' || status === 'undated'
  const event = { _id: eventId(evidence, row), ...Object.fromEntries(isEvent ? values : []) } as EventRow
  const document = parsed(documentText)
  const place = await placeOf(connection, evidence, row)
  return {
    event,
    ...(isEvent && definitions
      ? await provenanceOf(connection, { event, row, document, evidence }, geo, definitions)
      : { provenance: {}, unconverted: {}, differing: [] }),
    change: changeOf(event),
    record: { ...place, text: raw, exact: !raw.includes('\uFFFD') && !raw.includes('␀') },
    document,
    alike: isEvent ? await alike(connection, of, row, event, { content, raw }) : []
  }
}

const eventId = (evidence: Evidence, row: number) => `${evidence.sha256.slice(0, 12)}-${row - evidence.firstRow + 1}`

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function changeOf(event: EventRow): Change | null {
  const basis = event['change.basis'] as Change['basis'] | undefined
  if (basis === undefined) return null
  return { basis, entries: changeEntries(event['change.before'], event['change.after'], basis) }
}

async function alike(
  connection: DuckDBConnection,
  of: Case,
  row: number,
  event: EventRow,
  own: { content: string | null; raw: string }
): Promise<EventDetail['alike']> {
  const byId = event['event.id'] !== undefined
  // An undated record without an id has no likes: two such may be two events (see duplicates.ts).
  if (!byId && event['@timestamp'] === undefined) return []
  const same = byId
    ? '"event.id" = $4 AND content IS NOT DISTINCT FROM $1::UBIGINT AND "event.dataset" = $3'
    : '"event.id" IS NULL AND content = $1::UBIGINT AND "event.dataset" = $3'
  const found = await connection.runAndReadAll(
    `SELECT rowid::DOUBLE, raw = $2 OR coalesce(TRY(json(raw))::VARCHAR = TRY(json($2))::VARCHAR, false) FROM entry
     WHERE ${same} AND status IN ('event', 'undated') AND rowid <> ${row} ORDER BY rowid LIMIT 100`,
    [own.content, own.raw, String(event['event.dataset']), ...(byId ? [String(event['event.id'])] : [])]
  )
  return (found.getRows() as [number, boolean][]).flatMap(([other, duplicate]) => {
    const evidence = of.evidenceOf(other)
    return evidence
      ? [{ _id: eventId(evidence, other), why: duplicate ? ('duplicate' as const) : ('conflict' as const) }]
      : []
  })
}
