const steps = (bars: number): Readonly<Record<string, number>> => ({
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -bars,
  End: bars
})

/** The bars that a brush goes over, and what choosing some of them does. */
export interface Brushed {
  readonly bars: () => number
  readonly choose: (first: number, last: number) => void
  /** What is in force was chosen here. */
  readonly isChosen: () => boolean
  readonly clear: () => void
}

/** Choosing neighbouring bars of a histogram, by pointer or by keys. */
export class Brush {
  #of: Brushed
  #anchor = $state<number | null>(null)
  #head = $state(0)
  hovered = $state<number | null>(null)
  dragging = $state(false)

  /** The bars being chosen, first and last; null while none are. */
  readonly chosen = $derived.by(() =>
    this.#anchor === null ? null : ([Math.min(this.#anchor, this.#head), Math.max(this.#anchor, this.#head)] as const)
  )

  constructor(of: Brushed) {
    this.#of = of
  }

  get isBrushed(): boolean {
    return this.#of.isChosen()
  }
  /** The bar that is spoken of. */
  get at(): number {
    return this.hovered ?? this.#head
  }

  press(event: PointerEvent): void {
    if (event.button !== 0 || this.#of.bars() === 0) return
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    this.#anchor = this.#head = this.#barAt(event)
    this.dragging = true
  }

  move(event: PointerEvent): void {
    if (this.#of.bars() === 0) return
    this.hovered = this.#barAt(event)
    if (this.dragging) this.#head = this.hovered
  }

  /** `single`: a click on one bar chooses it; else it is a click away. */
  release(single?: 'single'): void {
    if (!this.dragging) return
    this.dragging = false
    if (this.#anchor === this.#head && (!single || this.isBrushed)) this.clickAway()
    else this.#apply()
  }

  giveUp(): void {
    this.dragging = false
    this.#anchor = null
  }

  leave(): void {
    if (!this.dragging) this.hovered = null
  }

  /** A click beside what was chosen: what is being chosen is let go, else what was chosen is. */
  clickAway(): void {
    this.#anchor = null
    if (this.isBrushed) this.#of.clear()
  }

  /** Whether the key meant something here. */
  key(event: KeyboardEvent): boolean {
    if (this.#of.bars() === 0) return false
    const by = steps(this.#of.bars())[event.key]
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
    const to = Math.min(this.#of.bars() - 1, Math.max(0, this.at + by))
    if (extending) this.#anchor ??= this.at
    else this.#anchor = null
    this.#head = to
    this.hovered = to
  }

  #barAt(event: PointerEvent): number {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect()
    const bars = this.#of.bars()
    return Math.min(bars - 1, Math.max(0, Math.floor(((event.clientX - left) * bars) / width)))
  }

  #apply(): void {
    if (this.chosen === null) return
    const [first, last] = this.chosen
    this.#anchor = null
    this.hovered = null
    this.#of.choose(first, last)
  }
}
