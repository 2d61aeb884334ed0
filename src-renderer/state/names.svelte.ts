import type { AnyField, Value } from '../../src-main/contract/event'
import { type IdAsked, isIdField, type NameOf } from '../../src-main/contract/names'
import type { Connected } from './connected'
import { InSight } from './in-sight.svelte'

/** What directories of the case call the ids shown anywhere. */
export class Names {
  #app: Connected
  readonly #known: InSight<IdAsked, readonly NameOf[]>

  constructor(app: Connected) {
    this.#app = app
    this.#known = new InSight((asked) => app.engine.namesOf(asked))
  }

  /** The names of a value that is an id; none while they are asked for, for any other value, and where no directory names it. */
  of(field: AnyField, value: Value | null | undefined, type?: unknown): readonly NameOf[] {
    const { case: state } = this.#app
    if (!state?.names || typeof value !== 'string' || !isIdField(field)) return []
    const kind = typeof type === 'string' ? type : undefined
    const asked = { field, id: value, ...(kind !== undefined && { type: kind }) }
    return this.#known.of(`${state.folder}\n${field}\n${kind ?? ''}\n${value}`, `${state.revision}`, asked) ?? []
  }
}
