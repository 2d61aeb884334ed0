import type { DuckDBConnection } from '@duckdb/node-api'
import type { GeoInfo } from '../../contract/case'
import { type EventRow, type EventValue, type Field, fieldInfo, fieldNames } from '../../contract/event'
import type { EventDetail, Origin } from '../../contract/event-detail'
import type { Source } from '../../contract/source'
import type { Evidence } from '../store/case'
import type { DefinitionLines } from './definition-lines'
import { derive, derivedFields, doubtful, onlyRules } from './derive'
import { loggedAt } from './logged'
import { mappedPaths, type Rule, ruleOf, type Told, unconvertedOf } from './origin'
import { matches } from './recognise'

type Proof = Pick<EventDetail, 'provenance' | 'unconverted' | 'differing'>

export interface ProvenEvent {
  readonly event: EventRow
  readonly row: number
  readonly document: unknown
  readonly evidence: Evidence
}

/**
 * Where each field of an event comes from, told by trying its definition again on the stored record; what the log has that did not
 * convert; and what comes out otherwise now than the case holds it.
 */
export async function provenanceOf(
  connection: DuckDBConnection,
  { event, row, document, evidence }: ProvenEvent,
  geo: Pick<GeoInfo, 'title' | 'edition'>,
  definitions: DefinitionLines
): Promise<Proof> {
  const source = definitionOf(event, document, evidence.definitions)
  if (!source) return { provenance: {}, unconverted: {}, differing: [] }
  const now = await derive(connection, source, row)
  const unsure = doubtful(source)
  const own = unsure.length ? await derive(connection, onlyRules(source, unsure), row) : {}
  const logged = await loggedAt(connection, row, mappedPaths(source))
  const told: Told = { event, source, logged, own: (field) => !unsure.includes(field) || own[field] !== undefined }
  const lines = await definitions.of(source)
  const guessed = evidence.ledger.guessed !== undefined && source === evidence.definitions.at(-1)
  const origin = ({ at, ...rule }: Rule): Origin => {
    const line = lines?.lineOf(at)
    return {
      ...rule,
      source: source.id,
      ...(guessed ? { guessed: true as const } : {}),
      ...(lines && line !== undefined ? { file: lines.file, line } : {})
    }
  }
  const place: Origin = { sql: 'looked up by source.ip', source: `${geo.title} ${geo.edition}` }
  const each = (give: (field: Field) => Origin | undefined) =>
    Object.fromEntries(
      fieldNames.flatMap((field) => {
        const found = give(field)
        return found ? [[field, found]] : []
      })
    )
  return {
    provenance: each((field) => {
      if (event[field] === undefined) return undefined
      return fieldInfo(field).place ? place : origin(ruleOf(field, told))
    }),
    unconverted: each((field) => {
      const rule = event[field] === undefined ? unconvertedOf(field, told) : undefined
      return rule && origin(rule)
    }),
    differing: derivedFields.flatMap((field) => {
      const same = JSON.stringify(event[field] ?? null) === JSON.stringify(now[field] ?? null)
      return same ? [] : [{ field, now: (now[field] ?? null) as EventValue | null }]
    })
  }
}

/** The definition that read the record, of those its file was read with. */
function definitionOf(event: EventRow, document: unknown, definitions: readonly Source[]): Source | undefined {
  return (
    definitions.find((one) => one.id === event['event.dataset']) ??
    definitions.find((one) => matches(one.recognise, document)) ??
    definitions[0]
  )
}
