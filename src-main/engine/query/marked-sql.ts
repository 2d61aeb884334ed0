import type { Filter } from '../../contract/filter'
import { marksInForce } from '../store/marks'
import type { Bind } from './field-sql'
import { likePattern } from './like-pattern'

/** The events with marks of which a condition on `m.kind` and `m.text` holds. */
export function markedSql(filter: Extract<Filter, { kind: 'marked' }>, bind: Bind): string {
  return `rowid IN (SELECT m.row FROM ${marksInForce} m WHERE ${condition(filter, bind)})`
}

function condition(filter: Extract<Filter, { kind: 'marked' }>, bind: Bind): string {
  switch (filter.mark) {
    case 'any':
      return 'TRUE'
    case 'star':
      return "m.kind = 'star'"
    case 'tag':
      return `m.kind = 'tag' AND lower(m.text) LIKE lower(${bind(likePattern(filter.pattern))}) ESCAPE '\\'`
    case 'comment':
      return `m.kind = 'comment' AND lower(m.text) LIKE lower(${bind(`%${likePattern(filter.pattern)}%`)}) ESCAPE '\\'`
  }
}
