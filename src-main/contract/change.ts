import type { Filter } from './filter'

export interface Change {
  readonly basis: 'logged' | 'rebuilt' | 'after-only'
  readonly entries: readonly ChangeEntry[]
  /** The event that told the state before, where it was rebuilt; absent where no earlier one did. */
  readonly origin?: StateOrigin
  /** Members of a set that came or went: it is the set known so far, since who was in it before the log began is not known. */
  readonly members?: true
}

/** Where a state that was rebuilt comes from. */
export interface StateOrigin {
  readonly _id: string
  readonly time?: string
  readonly action?: string
  readonly user?: string
  /** How long before, in milliseconds; absent where one of the two has no time. */
  readonly age?: number
}

/** One path that differs. `before` left out: it was not there (`logged`), or not logged (`after-only`). Values are JSON. */
export interface ChangeEntry {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  /** Asterisks in place of a value: never compared. */
  readonly masked?: true
  /** Present on both sides and the same. */
  readonly same?: true
  /** Before is left out because no record told of it, though of other fields some did. */
  readonly unlogged?: true
}

/** All states of one object that the case knows, oldest first; those without a time come last, file by file. */
export interface ObjectHistory {
  readonly object: {
    readonly type?: string
    readonly id?: string
    readonly name?: string
    readonly organization?: string
  }
  readonly states: readonly ObjectState[]
  /** The place among `states` of the event asked for; -1 where it tells no state of its own. */
  readonly at: number
  /** Where the object's events are found in Explore; absent where no fields of theirs single it out. */
  readonly filter?: Filter
}

/** What one event tells of an object. */
export interface ObjectState {
  readonly _id: string
  readonly time?: string
  readonly user?: string
  readonly action?: string
  readonly outcome?: string
  /** The whole state, some fields of it, that the object is gone, members that came or went; or an attempt that failed and changed nothing. */
  readonly tells: 'whole' | 'partial' | 'gone' | 'came' | 'went' | 'failed'
  readonly basis: Change['basis'] | null
  readonly fields: readonly string[]
}
