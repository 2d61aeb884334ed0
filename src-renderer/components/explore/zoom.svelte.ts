import type { Timeline } from '../../../src-main/contract/query'
import type { Selection } from '../../state/selection.svelte'
import { allTime, type TimeRange } from '../../state/time-range'
import { barRange } from './histogram-shape'

/** Looking closer at a stretch of the histogram: it becomes the range of the filter, and the one before is gone back to. */
export class Zoom {
  #selection: Selection
  #before: TimeRange | null = null
  #range = $state.raw<TimeRange | null>(null)

  /** The range in force was chosen here. */
  readonly isIn = $derived.by(
    () => this.#range !== null && JSON.stringify(this.#range) === JSON.stringify(this.#selection.range)
  )

  constructor(selection: Selection) {
    this.#selection = selection
  }

  in(timeline: Timeline, first: number, last: number): void {
    if (!this.isIn) this.#before = this.#selection.range
    const range = barRange(timeline, first, last)
    this.#range = range
    this.#selection.setRange(range)
  }

  out(): void {
    this.#selection.setRange(this.#before ?? allTime)
    this.#range = null
  }
}
