import { type EventMarks, isMarked } from '../../src-main/contract/marks'
import type { Connected } from './connected'

/** So many events are asked about at once. */
const most = 500
/** So many are remembered. */
const longest = 5000

/** A change that this window made, in words, in the case of this folder. */
export interface MarksChange {
  readonly change: number
  readonly what: string
  readonly folder: string
}

/** What analysts put on the events shown anywhere. Asked for as they come into sight, all of a moment together. */
export class Marks {
  #app: Connected
  /** With the revision they are of: older ones stand until the new ones are there. */
  #known = $state.raw<ReadonlyMap<string, { readonly of: string; readonly marks: EventMarks }>>(new Map())
  #wanted = new Set<string>()
  #asking = new Set<string>()
  #changes = $state(0)
  /** What this window changed last, to take it back. */
  last = $state.raw<MarksChange | null>(null)
  /** The event that a tag or a comment is asked for; null: what is picked, being read or under the cursor. */
  asked = $state<string | null>(null)

  constructor(app: Connected) {
    this.#app = app
  }

  /** Differs whenever marks may have changed: answers of before are old. */
  get revision(): number {
    return this.#changes
  }

  /** Marks of the case were changed, here or in another window. */
  changed(): void {
    this.#changes++
    this.#asking.clear()
  }

  /** What is on an event; null while it is not known, and where nothing is. */
  of(id: string): EventMarks | null {
    const { case: state } = this.#app
    if (!state) return null
    const of = this.#now()
    const found = this.#known.get(id)
    if (found?.of !== of) this.#want(id, of)
    return found?.of.startsWith(`${state.folder} `) && isMarked(found.marks) ? found.marks : null
  }

  /** What the marks are of that are asked for now. */
  #now(): string {
    const { case: state } = this.#app
    return `${state?.folder} ${state?.revision} ${this.#changes}`
  }

  #want(id: string, of: string): void {
    const key = `${of}\n${id}`
    if (this.#asking.has(key)) return
    this.#asking.add(key)
    if (this.#wanted.size === 0) queueMicrotask(() => void this.#ask(of))
    this.#wanted.add(id)
  }

  async #ask(of: string): Promise<void> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    for (let at = 0; at < wanted.length; at += most) {
      const some = wanted.slice(at, at + most)
      try {
        const marks = await this.#app.engine.marksOf(some)
        // Changed meanwhile: they are asked for once more, and what comes of that may be here already.
        if (of !== this.#now()) return
        const before = this.#known.size > longest ? [] : this.#known
        this.#known = new Map([...before, ...marks.map((each) => [each._id, { of, marks: each }] as const)])
      } catch {
        // The event stands there without its marks; they are asked for again when it next comes into sight.
        for (const id of some) this.#asking.delete(`${of}\n${id}`)
      }
    }
  }
}
