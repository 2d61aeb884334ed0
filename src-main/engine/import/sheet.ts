import { csvReading, type Format, numberedNames } from './format'
import type { Reading } from './reading'
import { rowCells } from './sheet-row'
import type { Workbook } from './workbook'

type Shape = Extract<Format['shape'], { as: 'sheet' }>

/** Reads the rows of a sheet: the first with several cells is the header, and none before it. */
export class SheetRows {
  readonly #workbook: Workbook
  readonly #shape: Shape
  names: readonly string[] | undefined
  #columns: readonly number[] = []
  #reading: ((cells: readonly string[]) => Reading) | undefined

  constructor(workbook: Workbook, shape: Shape) {
    this.#workbook = workbook
    this.#shape = shape
  }

  /** What a row says; undefined where it is the header, `blank` where it is empty. */
  read(xml: string): Reading | 'blank' | undefined {
    const cells = rowCells(xml, this.#workbook)
    if (cells.size === 0) return 'blank'
    if (!this.#reading) {
      if (cells.size < 2) return { flag: 'it stands above the header of the table' }
      this.#columns = [...cells.keys()]
      this.names = numberedNames([...cells.values()])
      this.#reading = csvReading(this.names, this.#shape.cells)
      return undefined
    }
    const beyond = [...cells.keys()].find((column) => !this.#columns.includes(column))
    if (beyond !== undefined) return { flag: `a cell in column ${beyond + 1}, for which the header has no name` }
    return this.#reading(this.#columns.map((column) => cells.get(column) ?? ''))
  }
}
