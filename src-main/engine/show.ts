import type { DuckDBConnection } from '@duckdb/node-api'
import type { GeoInfo } from '../contract/case'
import type { Change } from '../contract/change'
import { type EventRow, type Field, fieldNames } from '../contract/event'
import type { EventDetail } from '../contract/event-detail'
import { eventIdOf, rowOf } from './event-id'
import { placeOf } from './evidence/place'
import { changeEntries } from './normalise/change-entries'
import type { DefinitionLines } from './normalise/definition-lines'
import { placedBy } from './normalise/places'
import { provenanceOf } from './normalise/provenance'
import { type RebuiltChange, rebuiltChange } from './rebuilt-change'
import type { Case } from './store/case'
import { eventJson } from './store/event-json'

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
  const logged = { _id: eventIdOf(of, row), ...Object.fromEntries(isEvent ? values : []) } as EventRow
  const rebuilt = await rebuiltChange(connection, of, row, logged['change.after'])
  const event = rebuilt ? changedTo(logged, rebuilt) : logged
  const document = parsed(documentText)
  const place = await placeOf(connection, evidence, row)
  const placed = (await placedBy(connection)) ?? geo
  const proof =
    isEvent && definitions
      ? await provenanceOf(connection, { event: logged, row, document, evidence }, placed, definitions)
      : { provenance: {}, unconverted: {}, differing: [] }
  return {
    event,
    ...proof,
    ...(rebuilt && definitions ? { provenance: { ...proof.provenance, ...rebuiltFrom(rebuilt, logged) } } : {}),
    change: rebuilt?.change ?? changeOf(event),
    record: { ...place, text: raw, exact: !raw.includes('\uFFFD') && !raw.includes('␀') },
    document,
    alike: isEvent ? await alike(connection, of, row, event, { content, raw }) : []
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** The event with its change as it was rebuilt in the place of the one logged. */
function changedTo({ 'change.after': _, ...logged }: EventRow, { change, fields }: RebuiltChange): EventRow {
  return { ...logged, 'change.basis': change.basis, ...fields } as EventRow
}

/** Where the fields of a rebuilt change come from: not from the event's own record alone. */
function rebuiltFrom({ change, fields }: RebuiltChange, logged: EventRow): EventDetail['provenance'] {
  const source = String(logged['event.dataset'])
  const sql = change.origin ? `rebuilt from ${change.origin._id}` : 'rebuilt from this record alone'
  const names = Object.keys({ ...fields, 'change.basis': 1 }) as Field[]
  const own = fields['change.after'] === logged['change.after']
  return Object.fromEntries(
    names.filter((name) => !(own && name === 'change.after')).map((name) => [name, { sql, source }])
  )
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
  return (found.getRows() as [number, boolean][]).flatMap(([other, duplicate]) =>
    of.evidenceOf(other) ? [{ _id: eventIdOf(of, other), why: duplicate ? 'duplicate' : 'conflict' }] : []
  )
}
