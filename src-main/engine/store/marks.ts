/**
 * What analysts put on records: a star, a tag, a comment. A record is named by the SHA-256 of its evidence and its number there, from 1,
 * so that marks outlive an import; where another definition cuts the file otherwise, it is found again by its text (`content`, and which
 * of the same text it is), and `record` is null while there is no such record. Nothing is deleted: `gone` is the change that took it off.
 * `mark_change` tells who changed what, and of which events.
 */
export const markTables = `CREATE TABLE IF NOT EXISTS marking (
  sha256 VARCHAR NOT NULL, record BIGINT, kind VARCHAR NOT NULL, text VARCHAR NOT NULL, author VARCHAR NOT NULL, moment TIMESTAMP NOT NULL,
  change INTEGER NOT NULL, gone INTEGER, content UBIGINT, nth BIGINT
);
CREATE TABLE IF NOT EXISTS mark_change (
  id INTEGER NOT NULL, author VARCHAR NOT NULL, moment TIMESTAMP NOT NULL, marking VARCHAR NOT NULL, query VARCHAR, events BIGINT NOT NULL, undoes INTEGER
);
`

/** The marks in force, each with the row of `entry` it stands on. */
export const marksInForce = `(SELECT v.first_row + m.record - 1 AS row, m.sha256, m.record, m.kind, m.text, m.author, m.moment, m.change
  FROM marking m JOIN evidence v ON v.sha256 = m.sha256 WHERE m.gone IS NULL AND m.record IS NOT NULL)`

/** What analysts write SQL on: `mark`, every star, tag and comment in force. */
export const markView = `CREATE OR REPLACE VIEW mark AS SELECT substr(m.sha256, 1, 12) || '-' || m.record AS _id,
  m.kind AS mark, m.text, m.author, m.moment FROM ${marksInForce} m;
`
