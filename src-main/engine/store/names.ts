/** What came with directories: their records, with their places, and the names these give to ids. */
export const nameTables = `
CREATE TABLE IF NOT EXISTS directory (
  evidence INTEGER NOT NULL, record BIGINT NOT NULL, status VARCHAR NOT NULL, why VARCHAR, line BIGINT NOT NULL, "offset" BIGINT NOT NULL, length BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS name_of (
  evidence INTEGER NOT NULL, record BIGINT NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, key VARCHAR NOT NULL, name VARCHAR NOT NULL, email VARCHAR
);
`

/** What analysts write SQL on: `name`, what directories call the ids. */
export const nameView = `
CREATE OR REPLACE VIEW name AS SELECT n.kind, n.id, n.name, n.email, v.name AS file, n.record
FROM name_of n JOIN evidence v ON v.id = n.evidence;
`

const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** An id as it is compared: a UUID is the same in either case, with dashes or without; any other id is only itself. */
export const nameKey = (id: string): string => (uuid.test(id) ? id.toLowerCase().replaceAll('-', '') : id)

/** The same in SQL. */
export const nameKeySql = (sql: string): string =>
  `CASE WHEN length(${sql}) IN (32, 36) AND regexp_full_match(lower(${sql}), '[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}')
    THEN replace(lower(${sql}), '-', '') ELSE ${sql} END`
