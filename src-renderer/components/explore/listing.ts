import type { AnyField } from '../../../src-main/contract/event'
import { absent, allOf, type Filter, oneOf } from '../../../src-main/contract/filter'
import type { Group, Sort } from '../../../src-main/contract/query'
import { groupKey } from './table-lines'

export const pageSize = 100

/** Which events the table lists, and in what order. */
export interface Listing {
  readonly filter: Filter
  readonly fields: readonly AnyField[]
  readonly sort: Sort
  /** Rules that colour the events. */
  readonly rules?: readonly Filter[]
  /** Events with the same value of this field stand under one line. */
  readonly group?: AnyField | null
}

/** A stretch of the events of a group, or of the listing. */
export interface Wanted {
  readonly group: Group | null
  readonly page: number
}
/** Tells a stretch from the others of its listing. */
export const nameOf = ({ group, page }: Wanted): string => `${group ? groupKey(group) : ''} ${page}`

/** The query for a stretch of a listing. */
export function pageQuery({ filter, fields, sort, rules, group: field }: Listing, { group, page }: Wanted) {
  const value = group?.key[0]
  const within =
    !field || !group ? undefined : value === null || value === undefined ? absent(field) : oneOf(field, value)
  return {
    select: 'rows',
    filter: allOf(filter, within),
    fields,
    sort,
    limit: pageSize,
    offset: page * pageSize,
    ...(rules && rules.length > 0 && { rules })
  } as const
}
