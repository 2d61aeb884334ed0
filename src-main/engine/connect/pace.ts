const often = 200
const over = 5000

/** How fast events come, and when it is time to tell. */
export class Pace {
  readonly #now: () => number
  #told = Number.NEGATIVE_INFINITY
  #came: { readonly at: number; readonly events: number }[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  came(events: number): void {
    this.#came.push({ at: this.#now(), events })
  }

  /** Events a second, of the last few. */
  get perSecond(): number {
    const now = this.#now()
    this.#came = this.#came.filter(({ at }) => now - at <= over)
    const first = this.#came[0]
    if (!first) return 0
    const events = this.#came.reduce((sum, one) => sum + one.events, 0)
    return Math.round(events / (Math.max(1000, now - first.at) / 1000))
  }

  isTime(always: boolean): boolean {
    const now = this.#now()
    if (!always && now - this.#told < often) return false
    this.#told = now
    return true
  }
}
