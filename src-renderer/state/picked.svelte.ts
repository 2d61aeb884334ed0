/** Positions in the table from `from` to before `to`. */
export interface Run {
  readonly from: number
  readonly to: number
}

/** The rows that were picked together, as positions in the listing of the moment: any number of them, in sight or not. */
export class Picked {
  #runs = $state.raw<readonly Run[]>([])
  /** Where a range begins that Shift extends. */
  #anchor = 0

  readonly count = $derived(this.#runs.reduce((sum, { from, to }) => sum + to - from, 0))

  get runs(): readonly Run[] {
    return this.#runs
  }

  has(row: number): boolean {
    return this.#runs.some(({ from, to }) => from <= row && row < to)
  }

  clear(): void {
    if (this.#runs.length > 0) this.#runs = []
  }

  /** Where the next range begins: the row that was last clicked or moved to. */
  anchor(row: number): void {
    this.#anchor = row
  }

  all(rows: number): void {
    this.#runs = rows > 0 ? [{ from: 0, to: rows }] : []
  }

  /** This row too, or no longer. */
  toggle(row: number): void {
    this.#anchor = row
    this.#runs = this.has(row) ? without(this.#runs, row) : joined([...this.#runs, { from: row, to: row + 1 }])
  }

  /** From the anchor to this row; `also`: beside what is picked already. */
  extendTo(row: number, also = false): void {
    const range = { from: Math.min(this.#anchor, row), to: Math.max(this.#anchor, row) + 1 }
    this.#runs = also ? joined([...this.#runs, range]) : [range]
  }
}

const without = (runs: readonly Run[], row: number): readonly Run[] =>
  runs.flatMap(({ from, to }) =>
    [
      { from, to: Math.min(to, row) },
      { from: Math.max(from, row + 1), to }
    ].filter((run) => run.from < run.to)
  )

function joined(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = []
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && run.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, run.to) }
    else result.push(run)
  }
  return result
}
