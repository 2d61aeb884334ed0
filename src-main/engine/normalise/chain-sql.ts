/** Files that begin with their newest event are read from their end where two events have the same time. */
const direction = `(SELECT evidence AS of, arg_min("@timestamp", rowid) > arg_max("@timestamp", rowid) AS newest_first
  FROM entry WHERE evidence IN (SELECT evidence FROM state) GROUP BY evidence)`

/**
 * What records tell of objects, each in its chain and in its place there. A chain is an object, and where events have no time, an object
 * within one file. `place` does not depend on which file was imported first.
 */
export const chainRows = (
  condition: string
): string => `SELECT s.row, s.object, s.tells, s.members, s.called, e."@timestamp" AS time,
    CASE WHEN e."@timestamp" IS NULL THEN s.evidence END AS undated,
    {'file': v.sha256, 'record': CASE WHEN newest_first THEN v.first_row - s.row ELSE s.row - v.first_row END} AS place
  FROM state s JOIN entry e ON e.rowid = s.row JOIN evidence v ON v.id = s.evidence JOIN ${direction} ON of = s.evidence
  WHERE s.${condition} AND e.shown`

/** By time, then file, then the order of the file; what has no time comes last, file by file. */
export const chainOrder = 'time, place'
