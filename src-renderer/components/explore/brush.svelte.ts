import type { Timeline } from '../../../src-main/contract/query'
import type { Selection } from '../../state/selection.svelte'
import { allTime, type TimeRange } from '../../state/time-range'
import { barRange } from './histogram-shape'

const steps = (bars: number): Readonly<Record<string, number>> => ({
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -bars,
  End: bars
})

/** Choosing a stretch of time on the histogram, by pointer or by keys: what is chosen becomes the range of the filter. */
export class Brush {
  #selection: Selection
  #timeline: () => Timeline | null
  #zoomed: () => void
  #anchor = $state<number | null>(null)
  #head = $state(0)
  /** The range before the first brush, to go back to. */
  #rangeBefore: TimeRange | null = null
  #brushed = $state.raw<TimeRange | null>(null)
  hovered = $state<number | null>(null)
  dragging = $state(false)

  /** The bars being chosen, first and last; null while none are. */
  readonly chosen = $derived.by(() =>
    this.#anchor === null ? null : ([Math.min(this.#anchor, this.#head), Math.max(this.#anchor, this.#head)] as const)
  )
  /** The range in force was chosen here. */
  readonly isBrushed = $derived.by(
    () => this.#brushed !== null && JSON.stringify(this.#brushed) === JSON.stringify(this.#selection.range)
  )

  constructor(selection: Selection, timeline: () => Timeline | null, zoomed: () => void) {
    this.#selection = selection
    this.#timeline = timeline
    this.#zoomed = zoomed
  }

  get #bars(): number {
    return this.#timeline()?.starts.length ?? 0
  }
  /** The bar that is spoken of. */
  get at(): number {
    return this.hovered ?? this.#head
  }

  press(event: PointerEvent): void {
    if (event.button !== 0 || this.#bars === 0) return
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    this.#anchor = this.#head = this.#barAt(event)
    this.dragging = true
  }

  move(event: PointerEvent): void {
    if (this.#bars === 0) return
    this.hovered = this.#barAt(event)
    if (this.dragging) this.#head = this.hovered
  }

  release(): void {
    if (!this.dragging) return
    this.dragging = false
    if (this.#anchor === this.#head) this.clickAway()
    else this.#apply()
  }

  giveUp(): void {
    this.dragging = false
    this.#anchor = null
  }

  leave(): void {
    if (!this.dragging) this.hovered = null
  }

  /** A click beside what was chosen: what is being chosen is let go, else the zoom is undone. */
  clickAway(): void {
    this.#anchor = null
    if (!this.isBrushed) return
    this.#selection.setRange(this.#rangeBefore ?? allTime)
    this.#brushed = null
  }

  /** Whether the key meant something here. */
  key(event: KeyboardEvent): boolean {
    if (this.#bars === 0) return false
    const by = steps(this.#bars)[event.key]
    if (by !== undefined) this.#step(by, event.shiftKey)
    else if (event.key === 'Enter' && this.hovered !== null) {
      this.#anchor ??= this.hovered
      this.#head = this.hovered
      this.#apply()
    } else if (event.key === 'Escape' && (this.#anchor !== null || this.isBrushed)) this.clickAway()
    else return false
    return true
  }

  #step(by: number, extending: boolean): void {
    const to = Math.min(this.#bars - 1, Math.max(0, this.at + by))
    if (extending) this.#anchor ??= this.at
    else this.#anchor = null
    this.#head = to
    this.hovered = to
  }

  #barAt(event: PointerEvent): number {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect()
    return Math.min(this.#bars - 1, Math.max(0, Math.floor(((event.clientX - left) * this.#bars) / width)))
  }

  #apply(): void {
    const timeline = this.#timeline()
    if (!timeline || this.#anchor === null) return
    if (!this.isBrushed) this.#rangeBefore = this.#selection.range
    const range = barRange(timeline, this.#anchor, this.#head)
    this.#brushed = range
    this.#anchor = null
    this.hovered = null
    this.#zoomed()
    this.#selection.setRange(range)
  }
}
