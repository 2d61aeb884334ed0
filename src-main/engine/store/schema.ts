import { type Field, type FieldInfo, type FieldType, fieldNames, fields } from '../../contract/event'
import { comingTables } from './coming'
import { markTables, markView } from './marks'
import { nameTables, nameView } from './names'
import { identifier, text } from './sql'
import { workspaceTables } from './workspace'

/** Grows when stored tables change; a case of an older version is migrated when it is opened. */
export const schemaVersion = 1

export const columnType: Record<FieldType, string> = {
  time: 'TIMESTAMP',
  keyword: 'VARCHAR',
  text: 'VARCHAR',
  ip: 'VARCHAR',
  number: 'BIGINT',
  boolean: 'BOOLEAN',
  // As text: a column of type JSON would be parsed once more for every row that is stored. The views give it as JSON.
  json: 'VARCHAR',
  list: 'VARCHAR[]'
}

/** Fields that are columns of `entry`; the others are looked up in `place` by address. */
export const storedFields: readonly Field[] = fieldNames.filter((name) => !(fields[name] as FieldInfo).place)
export const placeFields: readonly Field[] = fieldNames.filter((name) => (fields[name] as FieldInfo).place)

/** The columns of `place` behind each looked-up field. */
export const placeColumns: Partial<Record<Field, string>> = {
  'source.geo.kind': 'kind',
  'source.geo.country_iso_code': 'country_iso_code',
  'source.geo.country_name': 'country_name',
  'source.geo.city_name': 'city_name',
  // Without a city, the coordinates are only where the map draws the country.
  'source.geo.location':
    "CASE WHEN city_name IS NOT NULL AND lat IS NOT NULL THEN json_object('lat', lat, 'lon', lon) END"
}

/** What stands in `rebuilt` in the place of a column of `entry`, and for which of its rows. */
export const rebuiltColumns: Partial<Record<Field, { readonly value: string; readonly of: string }>> = {
  'change.basis': { value: "'rebuilt'", of: 'TRUE' },
  'change.before': { value: 'r.before', of: 'TRUE' },
  'change.after': { value: 'r.after', of: 'NOT r.as_logged' },
  'change.fields': { value: 'r.fields', of: 'TRUE' }
}

// Long, seldom filtered and never grouped: compressed harder than the rest. States before are few in a log that has them, and short; for
// them it would take more room, not less.
const compression = (name: Field) =>
  fields[name].type === 'json' && name !== 'change.before' ? ' USING COMPRESSION zstd' : ''
const fieldColumns = storedFields.map(
  (name) => `${identifier(name)} ${columnType[fields[name].type]}${compression(name)}`
)

/**
 * What came to be stored after the first version; made when a case of then is opened.
 * `paired` tells the row of a request which is not shown, and that of its response.
 * `state` is what records tell of objects whose state before the log does not have: the whole, some fields, that they are gone, members
 * that came or went. `rebuilt` is what follows from it: the change with its state before (whole, or only what was told of it), the row that
 * told it, and the state after where that is not as logged. `untold` names the evidence whose
 * records have not been asked for `state` yet, `stale` the objects for which nothing follows from it yet.
 */
export const laterTables = `${nameTables}${comingTables}${markTables}${workspaceTables}CREATE TABLE IF NOT EXISTS paired (request BIGINT NOT NULL, response BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS state (
  row BIGINT NOT NULL, evidence INTEGER NOT NULL, object VARCHAR NOT NULL, tells VARCHAR NOT NULL, members VARCHAR[], called VARCHAR
);
CREATE TABLE IF NOT EXISTS untold (evidence INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stale (object VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS rebuilt (
  row BIGINT NOT NULL, origin BIGINT, whole BOOLEAN NOT NULL, before VARCHAR USING COMPRESSION zstd,
  as_logged BOOLEAN NOT NULL, after VARCHAR, fields VARCHAR[]
);
`

/**
 * `entry` holds every record, event or not, in the order of its file: a record's number is its row id less the file's first.
 * Line and offset are stored only where they cannot be derived from `stretch` and the lengths of the records since.
 * `content` is the hash of the text of a record whose log gives it no id, to find its duplicates by; of the second and further events of
 * one record it tells which of them it is.
 * `place` is what the geo-IP database says of each address; changing the database rewrites it and nothing else.
 */
export const tables = `
CREATE TYPE status AS ENUM ('event', 'undated', 'unreadable', 'blank');
CREATE TABLE evidence (
  id INTEGER NOT NULL, sha256 VARCHAR NOT NULL, name VARCHAR NOT NULL, path VARCHAR NOT NULL, file VARCHAR NOT NULL,
  bytes BIGINT NOT NULL, modified_at VARCHAR NOT NULL, imported_at VARCHAR NOT NULL, source VARCHAR NOT NULL,
  definitions JSON NOT NULL, first_row BIGINT NOT NULL, records BIGINT NOT NULL, ledger JSON NOT NULL
);
CREATE TABLE stretch (evidence INTEGER NOT NULL, record BIGINT NOT NULL, line BIGINT NOT NULL, "offset" BIGINT NOT NULL);
CREATE TABLE place (
  ip VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, country_iso_code VARCHAR, country_name VARCHAR, city_name VARCHAR, lat DOUBLE, lon DOUBLE
);
CREATE TABLE entry (
  evidence INTEGER, status status, shown BOOLEAN, content UBIGINT,
  ${fieldColumns.join(',\n  ')},
  line BIGINT, "offset" BIGINT, length BIGINT, why VARCHAR,
  raw VARCHAR USING COMPRESSION zstd, document VARCHAR USING COMPRESSION zstd
);
${laterTables}
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
INSERT INTO meta VALUES ('version', ${text(String(schemaVersion))}), ('revision', '0');
`

const rowId = `substr(v.sha256, 1, 12) || '-' || (e.rowid - v.first_row + 1)`

/** A column of `entry e`; with `rebuilt r` joined, as it was rebuilt. */
export function entryColumn(name: Field, joined: 'rebuilt' | null): string {
  const rebuilt = joined && rebuiltColumns[name]
  const column = `e.${identifier(name)}`
  return rebuilt ? `CASE WHEN r.row IS NOT NULL AND ${rebuilt.of} THEN ${rebuilt.value} ELSE ${column} END` : column
}

/** A stored field as it is shown: JSON as JSON, and of labels only those that are there. */
export function shownColumn(name: Field, joined: 'rebuilt' | null): string {
  const column = entryColumn(name, joined)
  if (name === 'labels') return `json_merge_patch('{}', CAST(${column} AS JSON))`
  return fields[name].type === 'json' ? `CAST(${column} AS JSON)` : column
}
const viewed = (name: Field) => `${shownColumn(name, 'rebuilt')} AS ${identifier(name)}`

/** Where records stand whose place is not stored: counted on, line by line, from the last place noted before them. */
const countedPlaces = `SELECT row, first_line + number - first AS line, first_offset + coalesce(
    sum(length + 1) OVER (PARTITION BY evidence, first ORDER BY row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::BIGINT AS "offset"
  FROM (SELECT e.rowid AS row, e.evidence, e.length, e.rowid - v.first_row AS number, s.record AS first, s.line AS first_line,
      s."offset" AS first_offset
    FROM entry e JOIN evidence v ON v.id = e.evidence
    ASOF JOIN stretch s ON s.evidence = e.evidence AND s.record <= e.rowid - v.first_row WHERE e.line IS NULL)`

/** What analysts write SQL on: `name`, the names of directories; `mark`, what analysts marked; `event`, the shown events in ECS names; `record`, every record with its place in the evidence. */
export const views = `${nameView}${markView}CREATE OR REPLACE VIEW event AS SELECT ${rowId} AS _id,
  ${storedFields.map(viewed).join(', ')},
  ${placeFields.map((name) => `${placeColumns[name]} AS ${identifier(name)}`).join(', ')}
FROM entry e JOIN evidence v ON v.id = e.evidence LEFT JOIN place ON place.ip = e."source.ip" LEFT JOIN rebuilt r ON r.row = e.rowid
WHERE e.shown;
CREATE OR REPLACE VIEW record AS SELECT ${rowId} AS _id, v.name AS evidence, v.sha256, e.status,
  e.rowid - v.first_row + 1 AS record, coalesce(e.line, p.line) AS line, coalesce(e."offset", p."offset") AS "offset", e.length, e.why,
  e.raw AS text, coalesce(e.document, e.raw) AS document
FROM entry e JOIN evidence v ON v.id = e.evidence LEFT JOIN (${countedPlaces}) p ON p.row = e.rowid;
`
