import type { AnyField } from '../../../src-main/contract/event'
import type { TableColumns } from './table-columns.svelte'

/** The pointer goes this far before it is a drag and no longer a click. */
const slack = 6

/** A column taken by its head and put elsewhere. */
export class ColumnDrag {
  #columns: TableColumns
  #from: { readonly id: AnyField; readonly x: number; readonly heads: readonly HTMLElement[] } | null = null
  /** The column that is being moved, once it is. */
  moved = $state<AnyField | null>(null)
  /** Before which head it would stand, and where that is in pixels of the row of heads. */
  target = $state.raw<{ readonly place: number; readonly x: number } | null>(null)

  constructor(columns: TableColumns) {
    this.#columns = columns
  }

  press(event: PointerEvent, id: AnyField): void {
    const row = (event.currentTarget as Element).closest('[role=row]')
    if (event.button !== 0 || !row) return
    const heads = [...row.querySelectorAll<HTMLElement>('[data-column]')]
    this.#from = { id, x: event.clientX, heads }
  }

  move(event: PointerEvent): void {
    const { x, heads, id } = this.#from ?? {}
    if (x === undefined || !heads || !id) return
    if (this.moved === null) {
      if (Math.abs(event.clientX - x) < slack) return
      this.moved = id
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    }
    const boxes = heads.map((head) => head.getBoundingClientRect())
    const place = boxes.filter((box) => event.clientX > box.left + box.width / 2).length
    const edge = boxes[place]?.left ?? boxes.at(-1)?.right ?? 0
    const row = heads[0]?.parentElement?.getBoundingClientRect().left ?? 0
    this.target = { place, x: edge - row }
  }

  /** Whether a column was moved: then the release of the button was no click. */
  release(): boolean {
    const { moved, target } = this
    this.cancel()
    if (moved === null || !target) return false
    const from = this.#columns.fit.columns.findIndex(({ id }) => id === moved)
    const before = this.#columns.fit.columns[target.place]?.id
    if (target.place !== from && target.place !== from + 1) {
      const others = this.#columns.shown.filter((id) => id !== moved)
      this.#columns.move(moved, before === undefined ? others.length : others.indexOf(before))
    }
    return true
  }

  cancel(): void {
    this.#from = null
    this.moved = null
    this.target = null
  }
}
