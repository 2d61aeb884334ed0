import type { Evidence } from '../store/case'
import { text } from '../store/sql'

/** Every record of an evidence by its text, and which of the same text it is. */
const told = (sha256: string) => `SELECT e.rowid - v.first_row + 1 AS record, hash(e.raw) AS content,
    row_number() OVER (PARTITION BY hash(e.raw) ORDER BY e.rowid) AS nth
  FROM entry e JOIN evidence v ON v.id = e.evidence WHERE v.sha256 = ${text(sha256)}`

/** Notes of marked records how they are found again in another reading of the file. */
export const held = ({ sha256 }: Evidence): string => `UPDATE marking SET content = t.content, nth = t.nth
  FROM (${told(sha256)}) t WHERE marking.sha256 = ${text(sha256)} AND marking.record = t.record`

/** Puts marks on the records that are the same in this reading of the file. */
export const found = ({ sha256 }: Evidence): string => `UPDATE marking SET record =
    (SELECT t.record FROM (${told(sha256)}) t WHERE t.content = marking.content AND t.nth = marking.nth)
  WHERE sha256 = ${text(sha256)} AND content IS NOT NULL`
