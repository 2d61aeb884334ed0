/**
 * How analysts work with the case: the searches made, each with the one it came from; the queries saved; and in `kept` what the window
 * last looked like.
 */
export const workspaceTables = `CREATE TABLE IF NOT EXISTS search (
  id VARCHAR NOT NULL, came_from VARCHAR, moment VARCHAR NOT NULL, author VARCHAR NOT NULL, query VARCHAR NOT NULL, found BIGINT, view VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS saved_query (
  id VARCHAR NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, query VARCHAR NOT NULL, view VARCHAR, author VARCHAR NOT NULL, moment VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS session (value VARCHAR NOT NULL);
`
