import { untrack } from 'svelte'
import { type RowSpan, rowSpan, rowsInSight, topShowing } from '../../state/virtual'

/** Where a tall list stands. The wheel moves by its own pixels even where a pixel of the scroll bar is many rows. */
export class TableScroll {
  #rows: () => number
  #rowHeight: () => number
  #element: HTMLElement | null = null
  /** The position of the scroll bar we set ourselves: its event tells nothing new. */
  #set: number | null = null
  height = $state(400)
  top = $state(0)

  readonly span: RowSpan = $derived.by(() => rowSpan(this.#rows(), this.#rowHeight(), this.height))
  readonly sight = $derived.by(() => rowsInSight(this.top, this.height, this.#rowHeight(), this.#rows()))

  constructor(rows: () => number, rowHeight: () => number) {
    this.#rows = rows
    this.#rowHeight = rowHeight
    // Rows that become taller or lower stay where they are.
    let before = rowHeight()
    $effect(() => {
      const now = rowHeight()
      if (now !== before) untrack(() => this.moveTo((this.top / before) * now))
      before = now
    })
  }

  /** So many rows further is the next page: one row of this one stays in sight. */
  get page(): number {
    return Math.max(1, Math.floor(this.height / this.#rowHeight()) - 1)
  }

  /** `{@attach scroll.attach}` on the element that scrolls. */
  attach = (element: HTMLElement): (() => void) => {
    this.#element = element
    const wheel = (event: WheelEvent) => this.#wheel(event)
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      element.removeEventListener('wheel', wheel)
      this.#element = null
    }
  }

  scrolled = (): void => {
    const at = this.#element?.scrollTop ?? 0
    if (this.#set !== null && Math.abs(at - this.#set) < 1) return
    this.#set = null
    this.top = this.span.topAt(at)
  }

  moveTo(top: number): void {
    this.top = Math.min(Math.max(0, top), Math.max(0, this.#rows() * this.#rowHeight() - this.height))
    if (!this.#element) return
    this.#element.scrollTop = this.span.scrollAt(this.top)
    this.#set = this.#element.scrollTop
  }

  show(row: number): void {
    const top = topShowing(row, this.top, this.height, this.#rowHeight())
    if (top !== this.top) this.moveTo(top)
  }

  #wheel(event: WheelEvent): void {
    if (!this.span.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
    event.preventDefault()
    const unit = event.deltaMode === 1 ? this.#rowHeight() : event.deltaMode === 2 ? this.height : 1
    this.moveTo(this.top + event.deltaY * unit)
  }
}
