import type { SqlResult } from '../../../src-main/contract/sql-result'
import type { TableScroll } from '../explore/table-scroll.svelte'
import type { Block } from './copy-result'

/** The cell that the keys act on, and the block of cells marked from it. */
export class ResultCursor {
  #result: () => SqlResult
  #scroll: TableScroll
  row = $state(0)
  column = $state(0)
  #anchor = $state.raw({ row: 0, column: 0 })

  readonly block: Block = $derived.by(() => {
    const rows = [this.#anchor.row, this.row].sort((a, b) => a - b)
    const columns = [this.#anchor.column, this.column].sort((a, b) => a - b)
    return { rows: rows as [number, number], columns: columns as [number, number] }
  })

  constructor(result: () => SqlResult, scroll: TableScroll) {
    this.#result = result
    this.#scroll = scroll
  }

  get value(): unknown {
    return this.#result().rows[this.row]?.[this.column]
  }

  /** Whether more than one cell is marked. */
  get many(): boolean {
    const { rows, columns } = this.block
    return rows[0] !== rows[1] || columns[0] !== columns[1]
  }

  holds(row: number, column: number): boolean {
    const { rows, columns } = this.block
    return row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1]
  }

  /** Goes to a cell; `extend` marks all up to it. */
  to(row: number, column: number, extend = false): void {
    const { rows, columns } = this.#result()
    this.row = Math.max(0, Math.min(rows.length - 1, row))
    this.column = Math.max(0, Math.min(columns.length - 1, column))
    if (!extend) this.#anchor = { row: this.row, column: this.column }
    this.#scroll.show(this.row)
  }

  /** Marks a whole column, or everything. */
  mark(columns: readonly [number, number]): void {
    this.#anchor = { row: 0, column: columns[0] }
    this.row = Math.max(0, this.#result().rows.length - 1)
    this.column = columns[1]
  }

  /** Obeys a key of the table; whether it was one. */
  obey(event: KeyboardEvent): boolean {
    const page = this.#scroll.page
    const { rows, columns } = this.#result()
    const all = event.ctrlKey || event.metaKey
    const { row, column } = this
    const target: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [all ? rows.length : row + 1, column],
      ArrowUp: [all ? 0 : row - 1, column],
      ArrowRight: [row, all ? columns.length : column + 1],
      ArrowLeft: [row, all ? 0 : column - 1],
      PageDown: [row + page, column],
      PageUp: [row - page, column],
      Home: all ? [0, 0] : [row, 0],
      End: all ? [rows.length, columns.length] : [row, columns.length]
    }
    const to = target[event.key]
    if (!to || event.altKey) return false
    this.to(to[0], to[1], event.shiftKey)
    return true
  }
}
