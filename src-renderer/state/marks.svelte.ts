import { type EventMarks, isMarked } from '../../src-main/contract/marks'
import type { Connected } from './connected'
import { InSight } from './in-sight.svelte'

/** A change that this window made, in words, in the case of this folder. */
export interface MarksChange {
  readonly change: number
  readonly what: string
  readonly folder: string
}

/** What analysts put on the events shown anywhere. */
export class Marks {
  #app: Connected
  readonly #known: InSight<string, EventMarks>
  #changes = $state(0)
  /** What this window changed last, to take it back. */
  last = $state.raw<MarksChange | null>(null)
  /** The event that a tag or a comment is asked for; null: what is picked, being read or under the cursor. */
  asked = $state<string | null>(null)

  constructor(app: Connected) {
    this.#app = app
    this.#known = new InSight((ids) => app.engine.marksOf(ids))
  }

  /** Differs whenever marks may have changed: answers of before are old. */
  get revision(): number {
    return this.#changes
  }

  /** Marks of the case were changed, here or in another window. */
  changed(): void {
    this.#changes++
  }

  /** What is on an event; null while it is not known, and where nothing is. */
  of(id: string): EventMarks | null {
    const { case: state } = this.#app
    if (!state) return null
    const marks = this.#known.of(`${state.folder}\n${id}`, `${state.revision} ${this.#changes}`, id)
    return marks && isMarked(marks) ? marks : null
  }
}
