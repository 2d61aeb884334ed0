import type { Mapping, Source } from '../../contract/source'
import { text } from '../store/sql'
import { logged, value, wantMapping } from './mapping-sql'
import { RecordStruct } from './record-struct'

type Change = Source['change']

/** The mappings of a definition that say whose state a record tells, with the keys they stand under. */
export function stateMappings(change: Change): readonly (readonly [key: readonly string[], mapping: Mapping])[] {
  if (!change || 'diff' in change) return []
  const { object, members } = change
  const named = [
    [['object'], object],
    [['members', 'of'], members?.of],
    [['members', 'are'], members?.are],
    [['members', 'called'], members?.called]
  ] as const
  return named.flatMap(([key, mapping]) => (mapping === undefined ? [] : [[key, mapping]]))
}

/** Sources of one product tell of the same objects: `keycloak.admin` and `keycloak.log`. */
const familyOf = ({ id }: Source) => id.split('.')[0] as string

/** Whether the records of a source tell of the states of objects: where its definition does not say whose, nothing is rebuilt. */
export const tellsStates = ({ change }: Source): boolean => stateMappings(change).length > 0

/** A SELECT of the rows of `state` that the records of some evidence tell: whose state, and what of it. */
export function stateSql(source: Source, evidence: readonly number[], alone: boolean): string | null {
  const { change } = source
  if (!tellsStates(source) || !change || 'diff' in change) return null
  const { object, members, state = 'list' in change ? 'partial' : 'whole' } = change
  const record = new RecordStruct()
  for (const [, mapping] of stateMappings(change)) wantMapping(record, 'resource.id', mapping)
  const textOf = (mapping: Mapping | undefined) =>
    mapping === undefined ? 'NULL::VARCHAR' : value('resource.id', mapping, logged(record, 'resource.id', mapping))
  const set = textOf(members?.of)
  const are = members ? value('change.fields', members.are, logged(record, 'change.fields', members.are)) : 'NULL'
  const called = members?.called === undefined ? text('members') : textOf(members.called)
  const own = textOf(object)
  const { tops, values } = record.columns()
  const kept = 'row, evidence, family, type, failed, told'
  const rows = `SELECT rowid AS row, evidence, ${text(familyOf(source))} || chr(31) || coalesce("organization.id", "organization.name", '') AS family,
      "event.type" AS type, "event.outcome" = 'failure' AS failed, "change.after" IS NOT NULL AS told,
      TRY(from_json(coalesce(document, raw), ${record.structure()})) AS d
    FROM entry WHERE evidence IN (${evidence.join(', ')}) AND status IN ('event', 'undated')${alone ? '' : ` AND "event.dataset" = ${text(source.id)}`}`
  return `SELECT row, evidence, family || chr(31) || coalesce(set_of, own) AS object,
      CASE WHEN failed THEN 'failed' WHEN set_of IS NOT NULL THEN CASE WHEN type = 'deletion' THEN 'went' ELSE 'came' END
        WHEN type = 'deletion' THEN 'gone' ELSE ${text(state)} END AS tells,
      CASE WHEN set_of IS NOT NULL THEN members END AS members, CASE WHEN set_of IS NOT NULL THEN called END AS called
    FROM (SELECT ${kept}, ${set} AS set_of, ${are} AS members, ${called} AS called, ${own} AS own
      FROM (SELECT ${kept}, ${values.join(', ')} FROM (SELECT ${kept}, ${tops.join(', ')} FROM (${rows}))))
    WHERE CASE WHEN set_of IS NOT NULL THEN len(members) > 0 ELSE own IS NOT NULL AND (told OR type = 'deletion') END`
}
