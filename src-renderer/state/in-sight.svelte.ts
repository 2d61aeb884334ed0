/** So many are asked for at once. */
const most = 500
/** So many are remembered beside those in sight. */
const longest = 5000

interface Wanted<Asked> {
  readonly as: string
  readonly asked: Asked
}

/**
 * What the engine tells of things shown anywhere: asked for as they come into sight, all of a moment together. Of the many that were
 * scrolled past only some are remembered; come into sight again, they are asked for again.
 */
export class InSight<Asked, Told> {
  #tell: (asked: readonly Asked[]) => Promise<readonly Told[]>
  #known = $state.raw<ReadonlyMap<string, { readonly as: string; readonly told: Told }>>(new Map())
  #wanted = new Map<string, Wanted<Asked>>()
  /** As what each that is under way was asked for last: what comes of an earlier question comes too late. */
  #asking = new Map<string, string>()
  /** What was looked at since the last answer. Whoever looks, looks again at each: so it is what stands in sight. */
  #looked = new Set<string>()

  /** `tell`: one answer for each that is asked about, in their order. */
  constructor(tell: (asked: readonly Asked[]) => Promise<readonly Told[]>) {
    this.#tell = tell
  }

  /** What is known under a key; asked for anew where that was told `as` of another state. The old stands until the new is there. */
  of(key: string, as: string, asked: Asked): Told | undefined {
    this.#looked.add(key)
    const found = this.#known.get(key)
    if (found?.as !== as) this.#want(key, { as, asked })
    return found?.told
  }

  #want(key: string, wanted: Wanted<Asked>): void {
    if (this.#asking.get(key) === wanted.as) return
    this.#asking.set(key, wanted.as)
    if (this.#wanted.size === 0) queueMicrotask(() => void this.#ask())
    this.#wanted.set(key, wanted)
  }

  async #ask(): Promise<void> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    for (let at = 0; at < wanted.length; at += most) {
      const some = wanted.slice(at, at + most)
      // Where it fails they stand there without; they are asked for again when they next come into sight.
      const told = await this.#tell(some.map(([, { asked }]) => asked)).catch(() => null)
      const current = some.flatMap(([key, { as }], index) =>
        this.#asking.get(key) === as ? [[key, { as, told: told?.[index] as Told }] as const] : []
      )
      for (const [key] of current) this.#asking.delete(key)
      if (told) this.#keep(current)
    }
  }

  #keep(told: readonly (readonly [string, { readonly as: string; readonly told: Told }])[]): void {
    const before = this.#known.size > longest ? [...this.#known].filter(([key]) => this.#looked.has(key)) : this.#known
    this.#looked.clear()
    this.#known = new Map([...before, ...told])
  }
}
