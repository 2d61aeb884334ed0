import type { Connected } from './connected'
import type { Page } from './page'
import { pages } from './pages'
import type { Preferences } from './preferences.svelte'
import { SearchTree } from './search-tree.svelte'
import { type KeptTab, Tab } from './tab.svelte'

/** So many are open at most: each keeps its own table. */
const most = 20

/** How a window looks at a case: what is restored when the case is opened again. */
export interface Session {
  readonly tabs: readonly KeptTab[]
  readonly current: number
  readonly zone: string
  readonly facets: object | null
}

const isPage = (name: unknown): name is Page => pages.some(({ id }) => id === name)

/** The tabs of the window, of which one is looked at. All share the history of searches. */
export class Tabs {
  readonly searches: SearchTree
  #app: { readonly preferences: Preferences }
  #all = $state.raw<readonly Tab[]>([])
  #current = $state.raw() as Tab
  /** Which facets the case has on its Explore page, in whichever tab; null: what is usual. */
  facets = $state.raw<object | null>(null)
  /** Closed lately, the last first: they can be had back. */
  #closed: readonly KeptTab[] = []

  constructor(app: Pick<Connected, 'engine'> & { readonly preferences: Preferences }) {
    this.#app = app
    this.searches = new SearchTree(
      () => app.preferences.zone,
      (search) => app.engine.keepSearch(search)
    )
    this.#begin([this.#made()])
  }

  get all(): readonly Tab[] {
    return this.#all
  }
  get current(): Tab {
    return this.#current
  }
  /** Whether one more may be opened. */
  get hasRoom(): boolean {
    return this.#all.length < most
  }
  get at(): number {
    return this.#all.indexOf(this.#current)
  }

  /** A tab beside this one, with every event and the same columns, or as one was kept; whether there was room for it. */
  open(kept: Partial<KeptTab> = { layout: this.#current.layout.now }): boolean {
    if (!this.hasRoom) return false
    const tab = this.#made()
    tab.restore(kept, isPage)
    this.#all = this.#all.toSpliced(this.at + 1, 0, tab)
    this.#current = tab
    return true
  }

  /** The tab once more, to go on from here in two directions. */
  duplicate(): boolean {
    return this.open(this.#current.kept)
  }

  /** A search of the history, with the columns of this tab. */
  openSearch(search: string): void {
    this.open({ layout: this.#current.layout.now, choice: this.searches.choiceOf(search), search })
  }

  go(to: number): void {
    const tab = this.#all.at(to)
    if (tab) this.#current = tab
  }

  /** To the next, or the one before, and round. */
  by(steps: number): void {
    this.go((this.at + steps + this.#all.length) % this.#all.length)
  }

  /** Closes a tab; the last one that is left begins anew. */
  close(tab: Tab = this.#current): void {
    const at = this.#all.indexOf(tab)
    if (at < 0) return
    this.#closed = [tab.kept, ...this.#closed].slice(0, most)
    const left = this.#all.toSpliced(at, 1)
    if (left.length === 0) this.#begin([this.#made()])
    else {
      this.#all = left
      if (tab === this.#current) this.#current = left[Math.min(at, left.length - 1)] as Tab
    }
  }

  get canReopen(): boolean {
    return this.#closed.length > 0
  }
  /** The tab that was closed last, as it was. */
  reopen(): void {
    const [last, ...before] = this.#closed
    if (!last) return
    this.#closed = before
    this.open(last)
  }

  get session(): Session {
    const tabs = this.#all.map(({ kept }) => kept)
    return { tabs, current: this.at, zone: this.#app.preferences.taste.zone, facets: this.facets }
  }

  /** As the case was left; a case that was never looked at has one tab with every event. */
  restore(kept: unknown): void {
    this.#closed = []
    const { tabs, current, zone, facets } = (kept ?? {}) as Partial<Session>
    const kepts = Array.isArray(tabs) ? tabs.slice(0, most) : []
    const all = (kepts.length > 0 ? kepts : [{}]).map((each) => {
      const tab = this.#made()
      tab.restore(each ?? {}, isPage)
      return tab
    })
    this.facets = typeof facets === 'object' ? facets : null
    if (typeof zone === 'string') this.#app.preferences.setZone(zone)
    this.#begin(all, typeof current === 'number' ? current : 0)
  }

  #begin(all: readonly Tab[], at = 0): void {
    this.#all = all
    this.#current = all[at] ?? (all[0] as Tab)
  }

  #made(): Tab {
    return new Tab(this.#app.preferences, this.searches)
  }
}
