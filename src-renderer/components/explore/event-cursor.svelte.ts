import { untrack } from 'svelte'
import type { EventRow } from '../../../src-main/contract/event'
import type { Selection } from '../../state/selection.svelte'
import type { EventPages } from './event-pages.svelte'
import type { TableScroll } from './table-scroll.svelte'

/** The row the keys act on. The detail, while it is open, follows it. */
export class EventCursor {
  #pages: EventPages
  #scroll: TableScroll
  #selection: Selection
  #rowHeight: () => number
  #moved = $state(false)
  index = $state<number | null>(null)

  constructor(pages: EventPages, scroll: TableScroll, selection: Selection, rowHeight: () => number) {
    this.#pages = pages
    this.#scroll = scroll
    this.#selection = selection
    this.#rowHeight = rowHeight
    let shown: string | null = null
    // Another listing begins at its top; the cursor stays with its event where that is among the first.
    $effect(() => {
      if (pages.key === shown) return
      if (shown !== null) scroll.moveTo(0)
      shown = pages.key
      this.index = selection.selectedId === null ? null : pages.indexOf(selection.selectedId)
      this.#moved = false
    })
    // Keys may run ahead of the rows: the detail follows as soon as the row under the cursor is there. It follows once: a link in the
    // detail leads to an event that is not under the cursor.
    $effect(() => {
      if (!this.#moved || !this.row) return
      this.#moved = false
      const open = untrack(() => selection.selectedId !== null)
      if (open) selection.selectedId = this.row._id
    })
  }

  /** The event under the cursor, once it is there. */
  get row(): EventRow | undefined {
    return this.index === null ? undefined : this.#pages.row(this.index)
  }

  to(index: number): void {
    const total = this.#pages.total ?? 0
    if (total === 0) return
    this.index = Math.min(total - 1, Math.max(0, index))
    this.#moved = true
    this.#scroll.show(this.index)
  }

  by(rows: number): void {
    this.to(this.index === null ? Math.ceil(this.#scroll.top / this.#rowHeight()) : this.index + rows)
  }

  /** By as many rows as are in sight. */
  byPages(pages: number): void {
    this.by(pages * Math.max(1, Math.floor(this.#scroll.height / this.#rowHeight()) - 1))
  }

  /** Shows the event in detail. */
  open(index = this.index): void {
    const row = index === null ? undefined : this.#pages.row(index)
    if (!row) return
    this.index = index
    this.#moved = true
    this.#selection.selectedId = row._id
  }
}
