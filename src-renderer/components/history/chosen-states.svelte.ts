import type { Change, ObjectHistory, ObjectState } from '../../../src-main/contract/change'
import type { Engine } from '../../../src-main/contract/rpc'
import { Asked } from '../../state/asked.svelte'

/** The states of an object, and which of them is looked at: by itself, or beside an earlier or later one. */
export class ChosenStates {
  readonly history: Asked<ObjectHistory>
  readonly change: Asked<Change | null>
  #to = $state<number | null>(null)
  /** The state compared from; null for the one before, that is for what the event itself changed. */
  from = $state<number | null>(null)

  constructor(engine: Pick<Engine, 'objectHistory' | 'compareStates' | 'show'>, event: string) {
    this.history = new Asked(() => engine.objectHistory(event))
    this.change = new Asked(
      async () => {
        const [from, to] = [this.start, this.end]
        if (!to) return null
        return from ? engine.compareStates(from._id, to._id) : (await engine.show(to._id, true)).change
      },
      () => `${this.start?._id} ${this.end?._id}`
    )
  }

  get states(): readonly ObjectState[] {
    return this.history.answer?.states ?? []
  }

  /** The place of the state looked at: at first that of the event the history was opened from. */
  get to(): number {
    const at = this.history.answer?.at ?? -1
    return this.#to ?? (at < 0 ? this.states.length - 1 : at)
  }

  get end(): ObjectState | undefined {
    return this.states[this.to]
  }

  get start(): ObjectState | undefined {
    return this.from === null ? undefined : this.states[this.from]
  }

  look(at: number): void {
    if (this.states.length > 0) this.#to = Math.min(Math.max(0, at), this.states.length - 1)
  }

  /** Holds the state looked at to compare others with it; once more lets go of it. */
  hold(at = this.to): void {
    this.from = this.from === at || !this.states[at] ? null : at
  }

  find(id: string): number {
    return this.states.findIndex((state) => state._id === id)
  }
}
