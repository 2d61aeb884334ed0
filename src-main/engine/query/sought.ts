import type { Field } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { patternParts } from '../../contract/wildcard'
import { duckdb } from './dialect'
import type { Bind } from './field-sql'
import { filterSql } from './filter-sql'
import type { Piece } from './record-pieces'
import type { WordsIndex } from './words-index'
import { plainRuns } from './words-pattern'
import { inRecord, rawHolds, rowsBeside } from './words-sql'

/** Something to look for in records. What is found of a record never changes. */
export interface Sought {
  /** Another thing, another key. */
  readonly key: string
  /** The rows of a piece that come into question. */
  readonly narrowed: (piece: Piece) => readonly Piece[]
  /** That a record of the piece has it. */
  readonly holds: (piece: Piece, bind: Bind) => string
  /** The rows of events that have it beside their record; of these, more may be known later. */
  readonly beside?: (bind: Bind) => string
}

/** What a part of a filter looks for: words, in these fields too, or what stands at a path. */
export function soughtBy(leaf: Filter, fields: readonly Field[], index: WordsIndex | undefined): Sought {
  return leaf.kind === 'words' ? words(leaf.text, fields, index) : atPath(leaf)
}

function words(text: string, fields: readonly Field[], index: WordsIndex | undefined): Sought {
  return {
    key: JSON.stringify([text, fields]),
    narrowed: index?.narrowed(text) ?? ((piece) => [piece]),
    holds: (piece, bind) => {
      const copied = index?.copied(piece) ?? []
      const others = fields.filter((field) => !copied.includes(field))
      return inRecord(text, others, bind, duckdb)
    },
    beside: (bind) => rowsBeside(text, bind, duckdb)
  }
}

function atPath(leaf: Filter): Sought {
  const texts = textsOf(leaf)
  return {
    key: JSON.stringify(leaf),
    narrowed: (piece) => [piece],
    holds: (_, bind) => {
      const condition = `(${filterSql(leaf, bind)})`
      if (texts.length === 0) return condition
      // Only a record of which the text holds the value is read as JSON; what is escaped beyond what is usual may hold any.
      const may = texts.map((text) => rawHolds(text, bind, duckdb)).join(' OR ')
      return `(document IS NOT NULL OR ${may} OR ${duckdb.contains('raw', bind('\\u00'))}) AND ${condition}`
    }
  }
}

/** Texts of which one stands, as it is, in every record that the condition holds for; none where that cannot be told. */
function textsOf(leaf: Filter): readonly string[] {
  const asTyped = (text: string) => text.length > 1 && plainRuns(text)[0] === text && !/^[[{\d+-]/.test(text)
  if (leaf.kind === 'is') {
    const texts = leaf.values.map(String)
    const few = texts.length > 0 && texts.length <= 5
    return few && texts.every((text) => asTyped(text) && !/^(true|false|null)$/i.test(text)) ? texts : []
  }
  if (leaf.kind === 'like') {
    const parts = patternParts(leaf.pattern).flatMap((part) => (typeof part === 'string' ? [part] : []))
    const [longest = ''] = parts.sort((a, b) => b.length - a.length)
    return longest.length > 3 && asTyped(longest) && /^[a-z]+$/i.test(longest) ? [longest] : []
  }
  return []
}
