import type { AnyField } from '../../src-main/contract/event'
import type { Sort } from '../../src-main/contract/query'
import { type ColourRule, readRules, shippedRules } from './colour-rules'
import { fieldsIn, isAnyField } from './kept-fields'
import type { Preferences } from './preferences.svelte'

/** How the table of events is laid out, as plain JSON: a session and a saved search keep it as it is. */
export interface Layout {
  /** In order; empty: the table's own choice. */
  readonly columns: readonly AnyField[]
  /** Widths set by hand, in pixels. */
  readonly widths: Readonly<Record<string, number>>
  /** Columns that stay at the left while the others scroll. */
  readonly pinned: readonly AnyField[]
  readonly sort: Sort
  /** Events with the same value of this field stand under one line; null: each by itself. */
  readonly group: AnyField | null
  readonly rules: readonly ColourRule[]
  /** The letter and colour of its source before each event, where a case has several. */
  readonly sourceMarks: boolean
}

export const newestFirst: Sort = { field: '@timestamp', descending: true }

export const usualLayout: Layout = {
  columns: [],
  widths: {},
  pinned: [],
  sort: newestFirst,
  group: null,
  rules: shippedRules,
  sourceMarks: true
}

/** The layout of the table in a tab. A new one begins as the analyst last left the columns and colours of any. */
export class TableLayout {
  #preferences: Preferences
  #now = $state.raw(usualLayout)

  constructor(preferences: Preferences) {
    this.#preferences = preferences
    this.#now = readLayout(preferences.taste.layout)
  }

  get now(): Layout {
    return this.#now
  }

  set(change: Partial<Layout>): void {
    this.#now = { ...this.#now, ...change }
    // An order and a grouping belong to the question at hand; how the columns stand is a habit.
    const { sort: _, group: __, ...habits } = this.#now
    this.#preferences.set({ layout: habits })
  }

  /** Puts a kept layout in force; what of it cannot be read is as usual. */
  restore(kept: unknown): void {
    this.#now = readLayout(kept)
  }
}

/** A layout from what was kept of one, by this version or another hand. */
export function readLayout(kept: unknown): Layout {
  if (typeof kept !== 'object' || kept === null) return usualLayout
  const { columns, widths, pinned, sort, group, rules, sourceMarks } = kept as Record<keyof Layout, unknown>
  const order = sort as Partial<Sort> | null | undefined
  return {
    columns: fieldsIn(columns) ?? usualLayout.columns,
    widths: widthsIn(widths),
    pinned: fieldsIn(pinned) ?? usualLayout.pinned,
    sort: isAnyField(order?.field) ? { field: order.field, descending: order.descending === true } : newestFirst,
    group: isAnyField(group) ? group : null,
    rules: readRules(rules) ?? usualLayout.rules,
    sourceMarks: typeof sourceMarks === 'boolean' ? sourceMarks : usualLayout.sourceMarks
  }
}

const widthsIn = (kept: unknown): Layout['widths'] =>
  typeof kept === 'object' && kept !== null
    ? Object.fromEntries(Object.entries(kept).filter(([, width]) => typeof width === 'number' && width > 0))
    : {}
