/** Browsers cap an element at some 33 million pixels; below this a scroll bar still moves pixel by pixel. */
const tallest = 15_000_000

/** Rows of one height, of which only those in sight are drawn. Positions are pixels of the whole list, however tall. */
export interface RowSpan {
  /** How tall the scrolled element is. */
  readonly scrollHeight: number
  /** The list is taller than the element: one pixel of the scroll bar is more than one of the list. */
  readonly scaled: boolean
  /** Where the list stands when the scroll bar is here. */
  topAt(scrollTop: number): number
  /** Where the scroll bar must be for the list to stand here. */
  scrollAt(top: number): number
}

export function rowSpan(rows: number, rowHeight: number, height: number): RowSpan {
  const whole = rows * rowHeight
  const scrollHeight = Math.min(whole, tallest)
  const travel = Math.max(0, whole - height)
  const scrollTravel = Math.max(0, scrollHeight - height)
  const clamp = (value: number, most: number) => Math.min(Math.max(0, value), most)
  const ratio = scrollTravel === 0 ? 1 : travel / scrollTravel
  return {
    scrollHeight,
    scaled: whole > tallest,
    topAt: (scrollTop) => clamp(scrollTop * ratio, travel),
    scrollAt: (top) => clamp(top, travel) / ratio
  }
}

/** The rows in sight, `last` exclusive, with a few beyond either edge. */
export function rowsInSight(top: number, height: number, rowHeight: number, rows: number, beyond = 2) {
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond)
  return { first: Math.min(first, rows), last: Math.min(rows, Math.ceil((top + height) / rowHeight) + beyond) }
}

/** Where the list must stand so that a row is wholly in sight, moved as little as possible. */
export function topShowing(row: number, top: number, height: number, rowHeight: number): number {
  if (row * rowHeight < top) return row * rowHeight
  return Math.max(top, (row + 1) * rowHeight - height)
}
