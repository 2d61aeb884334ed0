import type { AnyField, Value } from '../../src-main/contract/event'
import { type IdAsked, isIdField, type NameOf } from '../../src-main/contract/names'
import type { Connected } from './connected'

/** So many ids are asked for at once. */
const most = 500

/** What directories of the case call the ids shown anywhere. Asked for as they come into sight, all of a moment together. */
export class Names {
  #app: Connected
  #known = $state.raw<ReadonlyMap<string, readonly NameOf[]>>(new Map())
  #wanted = new Map<string, IdAsked>()
  #asking = new Set<string>()
  #of = ''

  constructor(app: Connected) {
    this.#app = app
  }

  /** The names of a value that is an id; none while they are asked for, for any other value, and where no directory names it. */
  of(field: AnyField, value: Value | null | undefined, type?: unknown): readonly NameOf[] {
    const { case: state } = this.#app
    if (!state?.names || typeof value !== 'string' || !isIdField(field)) return []
    const key = `${state.folder} ${state.revision}\n${field}\n${typeof type === 'string' ? type : ''}\n${value}`
    const found = this.#known.get(key)
    if (found) return found
    if (!this.#asking.has(key)) this.#want(key, { field, id: value, ...(typeof type === 'string' ? { type } : {}) })
    return []
  }

  #want(key: string, asked: IdAsked): void {
    if (this.#wanted.size === 0) queueMicrotask(() => void this.#ask())
    this.#wanted.set(key, asked)
    this.#asking.add(key)
  }

  async #ask(): Promise<void> {
    const of = `${this.#app.case?.folder} ${this.#app.case?.revision}`
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    if (of !== this.#of) {
      this.#of = of
      this.#known = new Map()
      this.#asking = new Set(wanted.map(([key]) => key))
    }
    for (let at = 0; at < wanted.length; at += most) {
      const some = wanted.slice(at, at + most)
      try {
        const names = await this.#app.engine.namesOf(some.map(([, asked]) => asked))
        if (of !== this.#of) return
        this.#known = new Map([...this.#known, ...some.map(([key], index) => [key, names[index] ?? []] as const)])
      } catch {
        // The id itself stands there; its name is asked for again when it next comes into sight.
        for (const [key] of some) this.#asking.delete(key)
      }
    }
  }
}
