import type { Change } from './change'
import type { EventRow, EventValue, Field } from './event'

export interface EventDetail {
  readonly event: EventRow
  /** For each field the event has: the path or the SQL that gave it, and the source definition it stands in. */
  readonly provenance: { readonly [F in Field]?: Origin }
  /** For each field it lacks though the definition has a rule for it and the log something there: what did not convert. */
  readonly unconverted: { readonly [F in Field]?: Origin }
  /** Fields for which the rule, tried again on the record just now, gives something else than the case holds. */
  readonly differing: readonly { readonly field: Field; readonly now: EventValue | null }[]
  readonly change: Change | null
  readonly record: {
    readonly text: string
    readonly evidence: string
    readonly name: string
    readonly line: number
    readonly offset: number
    readonly length: number
    readonly record: number /** Whether the bytes are valid UTF-8; if not, `text` is a lossy reading of them. */
    readonly exact: boolean
  }
  /** The record as a tree, where it is one (CSV rows and key=value lines as objects). */
  readonly document: unknown
  /** The same event elsewhere in the case: duplicates, and conflicting content under one id. */
  readonly alike: readonly { readonly _id: string; readonly why: 'duplicate' | 'conflict' }[]
}

/** Where a field of one event comes from. */
export interface Origin {
  /** The path in the record; of several the first that is present. */
  readonly path?: string
  /** The SQL of the definition, or the rule in words. */
  readonly sql?: string
  /** Id of the source definition; of a place the geo-IP database with its edition. */
  readonly source: string
  /** The paths of the rule that would have come before, and that this record lacks. */
  readonly lacking?: readonly string[]
  /** How the value was brought to its column: the conversion named in the definition, or the one its type asks for. */
  readonly as?: string
  /** What the log has there, where it is written otherwise than the value. */
  readonly logged?: string
  /** What the SQL looked at, and what the log has there; left out where it has nothing. */
  readonly read?: readonly { readonly path: string; readonly logged?: string }[]
  /** What is worth knowing of it, in a sentence. */
  readonly note?: string
  /** The definition was guessed from the file's names and values. */
  readonly guessed?: true
  /** The definition's file, and the line the rule stands in, where the definition is still as it was when the log was read. */
  readonly file?: string
  readonly line?: number
  /** Of `labels`: where each comes from. */
  readonly parts?: Readonly<Record<string, Origin>>
}
