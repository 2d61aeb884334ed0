import type { Filter } from './filter'

/** What is put on events, or taken off them. */
export type Marking =
  | { readonly mark: 'star'; readonly off?: true }
  | { readonly mark: 'tag'; readonly tag: string; readonly off?: true }
  /** One more comment; with `comment`, in place of that one; without a text, that one is taken off. */
  | { readonly mark: 'comment'; readonly text: string; readonly comment?: number }
  | { readonly mark: 'comment'; readonly comment: number; readonly off: true }
  /** Star, tags and comments. */
  | { readonly mark: 'all'; readonly off: true }

export interface MarkRequest {
  /** These events, or all that pass. */
  readonly on: { readonly events: readonly string[] } | { readonly filter: Filter }
  readonly marking: Marking
}

export interface MarkResult {
  /** What to undo it by. */
  readonly change: number
  /** How many events are now marked otherwise than before. */
  readonly events: number
}

/** Who marked it, and when (ISO 8601 in UTC). */
export interface MarkedBy {
  readonly by: string
  readonly at: string
}

/** What analysts put on one event. */
export interface EventMarks {
  readonly _id: string
  readonly star?: MarkedBy
  /** By name. */
  readonly tags: readonly (MarkedBy & { readonly tag: string })[]
  /** Oldest first. `comment` names it, so that it can be written anew. */
  readonly comments: readonly (MarkedBy & { readonly comment: number; readonly text: string })[]
}

/** How many of the events that pass a filter are marked, and how. */
export interface MarkCounts {
  readonly marked: number
  readonly starred: number
  readonly commented: number
  /** Every tag of the case, the most frequent first; `count` is how many of these events have it. */
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
}

export const longestTag = 100

/** A tag as it is kept: one line without spaces around it; null where nothing is left, or too much. */
export function tagOf(typed: string): string | null {
  const tag = typed.trim().replaceAll(/\s+/g, ' ')
  return tag === '' || tag.length > longestTag ? null : tag
}

export const isMarked = ({ star, tags, comments }: EventMarks): boolean =>
  star !== undefined || tags.length > 0 || comments.length > 0
