import type { AnyField, Value } from './event'
import type { IdField } from './names'

/**
 * Which events. Plain data: it crosses the wire, is saved in a case, compiles to bound SQL, and prints as text that parses back.
 * Text compares without regard to case unless `exact`. `not` keeps events that lack the field.
 */
export type Filter =
  | { readonly kind: 'and'; readonly of: readonly Filter[] }
  | { readonly kind: 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  /** The field holds one of these values. */
  | { readonly kind: 'is'; readonly field: AnyField; readonly values: readonly Value[]; readonly exact?: boolean }
  /** `*` any run, `?` one character. */
  | { readonly kind: 'like'; readonly field: AnyField; readonly pattern: string }
  | { readonly kind: 'regex'; readonly field: AnyField; readonly pattern: string; readonly exact?: boolean }
  | { readonly kind: 'present'; readonly field: AnyField }
  /** From `from` (inclusive unless `above`) to `to` (exclusive unless `including`). Times are ISO 8601 in UTC. */
  | {
      readonly kind: 'range'
      readonly field: AnyField
      readonly from?: Value
      readonly to?: Value
      readonly above?: boolean
      readonly including?: boolean
    }
  /** The newest `amount` of the case: relative to its newest event, so that an old export still answers. */
  | { readonly kind: 'last'; readonly amount: number; readonly unit: TimeUnit }
  /** The address lies in the block, IPv4 or IPv6. */
  | { readonly kind: 'cidr'; readonly field: AnyField; readonly block: string }
  /** A directory calls an id of the event so, by name or e-mail address: any id field, or this one. `*` any run, `?` one character. */
  | { readonly kind: 'named'; readonly pattern: string; readonly field?: IdField }
  /** These very events, by their ids. */
  | { readonly kind: 'events'; readonly ids: readonly string[] }
  /** The words stand, as typed and in this order, somewhere in the event's fields. */
  | { readonly kind: 'words'; readonly text: string }
  /** The analyst starred it, or put any mark on it. */
  | { readonly kind: 'marked'; readonly mark: 'star' | 'any' }
  /** A tag of it is called so; a comment on it has this in it. `*` any run, `?` one character. */
  | { readonly kind: 'marked'; readonly mark: 'tag' | 'comment'; readonly pattern: string }
  /** Inside the box, in degrees; `west` may be greater than `east` across the antimeridian. */
  | {
      readonly kind: 'box'
      readonly north: number
      readonly south: number
      readonly west: number
      readonly east: number
    }
  /** The hour of the day (0–23) and day of the week (0 = Monday) in a zone: a cell of the heat map. */
  | { readonly kind: 'hour'; readonly weekday: number; readonly hour: number; readonly zone: string }

export type TimeUnit = 'minutes' | 'hours' | 'days'

/** Everything: an empty `and`. */
export const everything: Filter = { kind: 'and', of: [] }

/** All of these; an `and` inside is unfolded, nothing becomes everything. */
export function allOf(...filters: readonly (Filter | undefined)[]): Filter {
  const of = filters.flatMap((f) => (f === undefined ? [] : f.kind === 'and' ? f.of : [f]))
  return of.length === 1 && of[0] ? of[0] : { kind: 'and', of }
}

export const oneOf = (field: AnyField, ...values: Value[]): Filter => ({ kind: 'is', field, values, exact: true })
export const not = (of: Filter): Filter => (of.kind === 'not' ? of.of : { kind: 'not', of })
export const absent = (field: AnyField): Filter => not({ kind: 'present', field })
