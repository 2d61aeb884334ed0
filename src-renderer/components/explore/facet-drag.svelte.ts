import type { AnyField } from '../../../src-main/contract/event'

const kind = 'application/x-spoor-facet'

/** The facet that is being dragged, and where it would be dropped. */
class FacetDrag {
  field = $state<AnyField | null>(null)
  /** The facet under the pointer, and whether it would come after it. */
  over = $state.raw<{ readonly field: AnyField; readonly after: boolean } | null>(null)

  begin(event: DragEvent, field: AnyField): void {
    event.dataTransfer?.setData(kind, field)
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
    this.field = field
  }

  /** Over another facet: whether it can be dropped there. */
  move(event: DragEvent, field: AnyField): void {
    if (this.field === null) return
    event.preventDefault()
    const { top, height } = (event.currentTarget as Element).getBoundingClientRect()
    this.over = { field, after: event.clientY > top + height / 2 }
  }

  end(): void {
    this.field = null
    this.over = null
  }
}

export const dragged = new FacetDrag()
