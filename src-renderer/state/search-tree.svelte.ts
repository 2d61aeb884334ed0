import type { Search } from '../../src-main/contract/workspace'
import { asKept, type Choice, choiceText, isSameChoice, nothingChosen } from './choice'

/** Where every search begins: every event. It is in no case's history, and above all that is. */
export const beginning = 'all'

/** So long a search must stand before it is kept: what is typed on the way to it is none. */
const keptAfter = 1500

/** What was searched in a case, as a tree: each search stands under the one it was changed from, in whichever tab. */
export class SearchTree {
  readonly #keep: ((search: Search) => Promise<void>) | undefined
  readonly #zone: () => string
  #searches = $state.raw<ReadonlyMap<string, Search>>(new Map())
  /** What is still to be kept, with the clock that does it. */
  #pending = new Map<string, ReturnType<typeof setTimeout> | undefined>()

  /** `keep`: has the case keep a search; without it, they last as long as the window. */
  constructor(zone: () => string, keep?: (search: Search) => Promise<void>) {
    this.#zone = zone
    this.#keep = keep
  }

  /** In the order they were made. */
  get all(): readonly Search[] {
    return [...this.#searches.values()]
  }
  get(id: string): Search | undefined {
    return this.#searches.get(id)
  }
  choiceOf(id: string): Choice {
    const search = this.#searches.get(id)
    return search ? asKept(search.view, search.query, this.#zone()) : nothingChosen
  }

  /** Another case, with what was searched in it before. */
  load(searches: readonly Search[]): void {
    for (const clock of this.#pending.values()) clearTimeout(clock)
    this.#pending.clear()
    this.#searches = new Map(searches.map((search) => [search.id, search]))
  }

  /** The search that a choice makes out of another; one made of it before is found again. */
  add(from: string, choice: Choice): string {
    if (isSameChoice(choice, nothingChosen)) return beginning
    const parent = from === beginning ? null : from
    const there = this.all.find((each) => each.from === parent && isSameChoice(each.view as Choice, choice))
    if (there) return there.id
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
    this.#put({ id, from: parent, at: new Date().toISOString(), query: choiceText(choice, this.#zone()), view: choice })
    return id
  }

  /** The search is still being typed: it becomes this one, unless others came from it already. */
  revise(id: string, choice: Choice): string {
    const search = this.#searches.get(id)
    if (!search) return this.add(beginning, choice)
    const from = search.from ?? beginning
    if (this.all.some((each) => each.from === id)) return this.add(from, choice)
    const { found: _, ...rest } = search
    this.#put({ ...rest, query: choiceText(choice, this.#zone()), view: choice })
    return id
  }

  /** So many events passed it. */
  found(id: string, events: number): void {
    const search = this.#searches.get(id)
    if (search && search.found !== events) this.#put({ ...search, found: events })
  }

  /** Has the case keep at once what it has not kept yet. */
  async flush(): Promise<void> {
    await Promise.all([...this.#pending.keys()].map((id) => this.#keepNow(id)))
  }

  #put(search: Search): void {
    this.#searches = new Map([...this.#searches, [search.id, search]])
    if (!this.#keep) return
    clearTimeout(this.#pending.get(search.id))
    this.#pending.set(
      search.id,
      setTimeout(() => void this.#keepNow(search.id), keptAfter)
    )
  }

  async #keepNow(id: string): Promise<void> {
    clearTimeout(this.#pending.get(id))
    this.#pending.delete(id)
    const search = this.#searches.get(id)
    // Where the engine is gone, it is kept once it is flushed.
    if (search) await this.#keep?.(search).catch(() => this.#pending.set(id, undefined))
  }
}
