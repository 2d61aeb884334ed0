import type { Filter } from '../../contract/filter'
import type { Marking } from '../../contract/marks'
import { filterSql } from '../query/filter-sql'
import { type Statement, statement } from '../query/statement'

/** Records by their rows, or all shown events that pass. */
export type MarkTarget = { readonly rows: readonly number[] } | { readonly filter: Filter; readonly query: string }

/** The records to be marked, by evidence and number. */
export const targetsSql = (on: MarkTarget): Statement =>
  statement((bind) => {
    const which =
      'rows' in on
        ? `rowid IN (SELECT unnest([${on.rows.join(', ')}]::BIGINT[]))`
        : `shown AND (${filterSql(on.filter, bind)})`
    return `SELECT v.sha256, e.row - v.first_row + 1 AS record
      FROM (SELECT rowid AS row, evidence FROM entry WHERE ${which}) e JOIN evidence v ON v.id = e.evidence`
  })

const onTargets = '(sha256, record) IN (SELECT sha256, record FROM target)'

/** Takes off the targets what is to go; undefined where nothing is. */
export function takeSql(marking: Marking, change: number): Statement | undefined {
  const take = (which: (bind: (value: string | number) => string) => string) =>
    statement((bind) => `UPDATE marking SET gone = ${change} WHERE gone IS NULL AND ${onTargets}${which(bind)}`)
  switch (marking.mark) {
    case 'star':
      return marking.off && take(() => " AND kind = 'star'")
    case 'tag':
      return marking.off && take((bind) => ` AND kind = 'tag' AND lower(text) = lower(${bind(marking.tag)})`)
    case 'comment': {
      const { comment } = marking
      return comment === undefined ? undefined : take((bind) => ` AND kind = 'comment' AND change = ${bind(comment)}`)
    }
    case 'all':
      return take(() => '')
  }
}

/** Puts on the targets what they do not have yet; undefined where nothing is put on. */
export function putSql(marking: Marking, change: number, by: string, moment: string): Statement | undefined {
  if ('off' in marking && marking.off) return undefined
  const { mark } = marking
  return statement((bind) => {
    const said = mark === 'tag' ? marking.tag : mark === 'comment' && 'text' in marking ? marking.text : ''
    const content = bind(said)
    const unless =
      mark === 'comment'
        ? ''
        : ` WHERE NOT EXISTS (SELECT 1 FROM marking m WHERE m.gone IS NULL AND m.sha256 = t.sha256 AND m.record = t.record
            AND m.kind = '${mark}' AND lower(m.text) = lower(${content}))`
    return `INSERT INTO marking (sha256, record, kind, text, author, moment, change)
      SELECT t.sha256, t.record, '${mark}', ${content}, ${bind(by)}, ${moment}, ${change} FROM target t${unless}`
  })
}
