import type { Category, Field } from './event'

/** How a value is brought to its column. Addresses and outcomes need none: their spellings are known to the shared conversions. */
export const conversions = [
  'time',
  'epoch_s',
  'epoch_ms',
  'epoch_us',
  'epoch_ns',
  'seconds_nanos',
  'number',
  'boolean',
  'json',
  'lower'
] as const
export type Conversion = (typeof conversions)[number]

/** A path in the record, the first of several that is present, a path with a conversion, or SQL over `record`. No fifth form. */
export type Mapping =
  | string
  | readonly string[]
  | { readonly from: string | readonly string[]; readonly as: Conversion }
  | { readonly sql: string }

/** How bytes become records. */
export type Read =
  /**
   * JSON: an array, lines, or a list wrapped under a key (found by itself; `records` names it where there are several).
   * `unwrap` names a text field that itself holds JSON or key=value pairs, read into its place.
   * `each` names a list inside the record: each of its entries is an event of its own, read as the record with that entry in the list's place.
   */
  | { readonly as: 'json'; readonly records?: string; readonly unwrap?: string; readonly each?: string }
  | { readonly as: 'csv'; readonly cells?: Readonly<Record<string, 'json' | 'python'>> }
  /** Lines; each gives the named groups of `pattern`, and the `key=value` pairs of the group `pairs`. */
  | { readonly as: 'lines'; readonly pattern: string }

/** Where before and after come from. */
export type Change =
  /** An object of `{field: {before, after}}` pairs, the two named here. */
  | { readonly diff: string; readonly before: string; readonly after: string }
  /**
   * A list of entries (of several paths the first whose list has any), each with the name of what changed and its two values under
   * the keys named here (of several keys the first that is present). Without `before` the list says only what is now. `parse: json`: values are texts holding JSON.
   */
  | ({
      readonly list: string | readonly string[]
      readonly name: string
      readonly before?: string | readonly string[]
      readonly after: string | readonly string[]
      readonly parse?: 'json'
    } & StateOf)
  /** One value each. `parse: json`: the value is text holding JSON. */
  | ({ readonly before?: string; readonly after: string; readonly parse?: 'json' } & StateOf)
  /** Neither: `change.before` and `change.after` are mapped under `event`, where they take more than a path. */
  | ({ readonly before?: never; readonly after?: never; readonly parse?: never } & StateOf)

/** Whose state a record tells, and how much of it: then the state before, where the log has none, is rebuilt from earlier records. */
export interface StateOf {
  /** What names the object in its tenant. A record without it tells no state; a source without it is never rebuilt. */
  readonly object?: Mapping
  /** Whether what is logged is the whole object (so unless told; of a list the other), or only what was set: the rest then stays as it was. */
  readonly state?: 'whole' | 'partial'
  /**
   * Records that tell of members instead (roles granted, groups joined): they come into the set `of`, or leave it where event.type is
   * deletion. `are` lists them, `called` is the word for them.
   */
  readonly members?: { readonly of: Mapping; readonly are: Mapping; readonly called?: Mapping }
}

/**
 * Where a log writes two records of one thing: records whose field `when` holds `request` and `response` belong together where the field
 * `key` is the same. The response says more, so it is the event; its request is kept, but not shown.
 */
export interface Pair {
  readonly key: Field
  readonly when: Field | `labels.${string}`
  readonly request: string
  readonly response: string
}

/** How times are read that leave something open. */
export interface Times {
  /** The IANA zone of times that say none; UTC unless told. */
  readonly zone?: string
  /** Whether the day or the month comes first in dates of three numbers, such as 03/04/2026. */
  readonly dates?: 'dmy' | 'mdy'
}

/** A log source is data: one YAML file in resources/sources. */
export interface Source {
  readonly id: string
  readonly title: string
  readonly vendor?: string
  readonly read: Read
  /** A record is of this source when all of these paths (columns, for CSV) are present, none of `none`, and each `equals` holds. */
  readonly recognise: {
    readonly all: readonly string[]
    readonly any?: readonly string[]
    readonly none?: readonly string[]
    readonly equals?: Readonly<Record<string, string | readonly string[]>>
  }
  /** `labels.<name>` for what no field of ours has a word for; together they are the field `labels`. */
  readonly event: { readonly [F in Field | `labels.${string}`]?: Mapping }
  readonly times?: Times
  readonly change?: Change
  readonly pair?: Pair
  /** Action pattern (`user.*`, case-insensitive, first match wins) to category. */
  readonly categories?: Readonly<Record<string, Category>>
  /** Action pattern to event.type. */
  readonly types?: Readonly<Record<string, string>>
  /** Action pattern to outcome, where the action itself says it and no field does. */
  readonly outcomes?: Readonly<Record<string, 'success' | 'failure'>>
  /** Retention as the product documents it, for people. */
  readonly retention?: string
  /** The same in days, by plan or kind of event. */
  readonly keeps?: Readonly<Record<string, number>>
  readonly samples: readonly Sample[]
}

/** A record and what must come of it; checked when the project's tests run. */
export interface Sample {
  readonly record: string
  readonly event: { readonly [F in Field]?: unknown }
}
