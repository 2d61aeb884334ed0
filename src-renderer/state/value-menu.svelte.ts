import type { AnyField, EventRow, Value } from '../../src-main/contract/event'
import type { MenuItem } from './menu-item'

/** A value somewhere in the window, and the event it stands in, if it stands in one. */
export interface ValuePlace {
  readonly field: AnyField
  /** null: the event has none. */
  readonly value: Value | null
  readonly event?: EventRow
}

/** Whether a key asks for the menu of what has the focus. */
export const isMenuKey = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean =>
  key === 'ContextMenu' || (shiftKey && key === 'F10')

/** The one menu that opens on any value, wherever it is shown. */
export class ValueMenu {
  place = $state.raw<ValuePlace | null>(null)
  /** What the view that shows the value can do with it, too. */
  others = $state.raw<readonly MenuItem[]>([])
  open = $state(false)
  /** Where it opens, in window pixels. */
  x = $state(0)
  y = $state(0)

  /** `oncontextmenu={(event) => app.valueMenu.show(event, { field, value, event: row })}`; also on Shift-F10 and the menu key. */
  show(event: MouseEvent | KeyboardEvent, place: ValuePlace | null, others: readonly MenuItem[] = []): void {
    event.preventDefault()
    event.stopPropagation()
    // A key of the window is pressed where the focus is.
    const at = placeOf(event.currentTarget instanceof Element ? event.currentTarget : event.target)
    const pointer = event instanceof MouseEvent && (event.clientX !== 0 || event.clientY !== 0)
    this.x = pointer ? event.clientX : (at?.left ?? 0)
    this.y = pointer ? event.clientY : (at?.bottom ?? 0)
    this.place = place
    this.others = others
    this.open = true
  }
}

/** Where the focus is to be seen: on an element, or on the cell of a grid that it names. */
function placeOf(target: EventTarget | null): DOMRect | null {
  if (!(target instanceof Element)) return null
  const cell = document.getElementById(target.getAttribute('aria-activedescendant') ?? '')
  return (cell ?? target).getBoundingClientRect()
}
