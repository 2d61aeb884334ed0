const longest = 200

/** A value that can be taken back to what it was, step by step, and forward again. */
export class History<T> {
  #past = $state.raw<readonly T[]>([])
  #future = $state.raw<readonly T[]>([])
  #now = $state.raw() as T

  constructor(first: T) {
    this.#now = first
  }

  get now(): T {
    return this.#now
  }
  readonly canUndo = $derived(this.#past.length > 0)
  readonly canRedo = $derived(this.#future.length > 0)

  /** Whether this is a change. `sameStep`: taken back together with the change before it. */
  choose(next: T, sameStep = false): boolean {
    if (JSON.stringify(next) === JSON.stringify(this.#now)) return false
    if (!sameStep) this.#past = [...this.#past.slice(1 - longest), this.#now]
    this.#future = []
    this.#now = next
    return true
  }

  undo(): boolean {
    const before = this.#past.at(-1)
    if (before === undefined) return false
    this.#future = [this.#now, ...this.#future]
    this.#past = this.#past.slice(0, -1)
    this.#now = before
    return true
  }

  redo(): boolean {
    const [after, ...rest] = this.#future
    if (after === undefined) return false
    this.#past = [...this.#past, this.#now]
    this.#future = rest
    this.#now = after
    return true
  }

  /** Begins anew: there is nothing to take back. */
  reset(first: T): void {
    this.#past = []
    this.#future = []
    this.#now = first
  }
}
