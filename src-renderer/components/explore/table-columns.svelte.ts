import { untrack } from 'svelte'
import type { AnyField, EventRow } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import { fitted, narrowestWidth, widthsOf } from './column-room'
import { type Column, columnOf, columnsIn, firstPresent } from './columns'
import type { EventPages } from './event-pages.svelte'
import { textWidth } from './text-width'

/** At the right of the columns stand the marks of an event, and over them the button that chooses columns. */
export const asideWidth = 28
const narrowest = 48
const widest = 640

/** The columns of the table: which, in what order, how wide, and those that stay at the left. */
export class TableColumns {
  #app: Pick<App, 'layout' | 'case'>
  #pages: () => EventPages
  #room: () => number
  #fontIsThere = $state(false)

  /** How wide what stands before the columns is: the mark of the source where a case has several, and the colour of a rule. */
  readonly gutter = $derived.by(() => {
    const { sourceMarks, rules } = this.#app.layout.now
    if (sourceMarks && (this.#app.case?.sources.length ?? 0) > 1) return 26
    return rules.some(({ off }) => !off) ? 6 : 0
  })
  readonly shown: readonly AnyField[] = $derived.by(() => columnsIn(this.#app.layout.now))
  readonly listed = $derived(this.shown.map(columnOf))
  // By the first rows of a listing, so that no column moves while it is scrolled.
  readonly #needed = $derived.by(() => {
    void [this.#pages().key, this.#fontIsThere]
    return widthsOf(
      this.listed,
      untrack(() => this.#rowsAtHand()),
      textWidth
    )
  })
  // Columns that the analyst chose stay, however narrow the window: they can be scrolled to.
  readonly fit = $derived.by(() => {
    const { columns, widths, pinned, sort } = this.#app.layout.now
    const spared = ({ id, givesWay }: Column) =>
      columns.length === 0 && givesWay !== undefined && id !== sort.field && !pinned.includes(id)
    return fitted(this.listed, this.#needed, widths, this.#room() - this.gutter - asideWidth, spared, pinned)
  })
  /** Those for which there is no room just now. */
  readonly without = $derived(this.listed.filter((column) => !this.fit.columns.includes(column)))
  /** The widths of all that stands in a row, as a CSS grid; and the least of a row, in pixels. */
  readonly template = $derived(`${this.gutter}px ${this.fit.template} ${asideWidth}px`)
  readonly narrowest = $derived.by(
    () => narrowestWidth(this.fit, this.#app.layout.now.widths) + this.gutter + asideWidth
  )

  constructor(app: Pick<App, 'layout' | 'case'>, pages: () => EventPages, room: () => number) {
    this.#app = app
    this.#pages = pages
    this.#room = room
    void document.fonts.ready.then(() => {
      this.#fontIsThere = true
    })
  }

  isPinned = (id: AnyField): boolean => this.#app.layout.now.pinned.includes(id)

  /** null: back to the width that fits. */
  setWidth(id: AnyField, width: number | null): void {
    const { [id]: _, ...others } = this.#app.layout.now.widths
    const set = width === null ? others : { ...others, [id]: Math.round(Math.max(narrowest, width)) }
    this.#app.layout.set({ widths: set })
  }

  /** As wide as the texts at hand, so that none is cut; a very long one is. */
  autoFit(column: Column): void {
    const texts = this.#rowsAtHand().flatMap((row) =>
      column.shows
        .flatMap((fields) => {
          const shown = firstPresent(row, fields)
          return shown ? [String(shown.value)] : []
        })
        .join('  ')
    )
    const needed = Math.max(textWidth(column.title) + 28, ...texts.map(textWidth)) + 20
    this.setWidth(column.id, column.id === '@timestamp' ? null : Math.min(widest, needed))
  }

  /** Beside the others: before the one at this place. */
  move(id: AnyField, to: number): void {
    const others = this.shown.filter((each) => each !== id)
    const place = Math.max(0, Math.min(others.length, to))
    const columns = others.toSpliced(place, 0, id)
    // Where pinned columns are, what is moved among them is pinned, and what is moved out of them no longer.
    const { pinned } = this.#app.layout.now
    const last = Math.max(-1, ...others.map((each, at) => (pinned.includes(each) ? at : -1)))
    const pins = place <= last ? [...pinned, id] : pinned.filter((each) => each !== id || place <= last + 1)
    this.#app.layout.set({ columns, pinned: columns.filter((each) => pins.includes(each)) })
  }

  moveBy(id: AnyField, steps: number): void {
    this.move(id, this.shown.indexOf(id) + steps)
  }

  togglePin(id: AnyField): void {
    const { pinned } = this.#app.layout.now
    this.#app.layout.set({
      pinned: this.isPinned(id) ? pinned.filter((each) => each !== id) : [...pinned, id]
    })
  }

  autoFitAll(): void {
    for (const column of this.fit.columns) this.autoFit(column)
  }

  toggle(id: AnyField): void {
    const columns = this.shown.includes(id) ? this.shown.filter((each) => each !== id) : [...this.shown, id]
    if (columns.length > 0) this.#app.layout.set({ columns })
  }

  asAtFirst(): void {
    this.#app.layout.set({ columns: [], widths: {}, pinned: [] })
  }

  #rowsAtHand(): EventRow[] {
    const rows: EventRow[] = []
    for (let line = 0; line < Math.min(200, this.#pages().lines) && rows.length < 60; line++) {
      const row = this.#pages().row(line)
      if (row) rows.push(row)
    }
    return rows
  }
}
