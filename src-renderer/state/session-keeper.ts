import type { SavedQuery, Search } from '../../src-main/contract/workspace'
import type { Connected } from './connected'
import type { SavedQueries } from './saved-queries.svelte'
import type { SqlDesk } from './sql-desk.svelte'
import type { Tabs } from './tabs.svelte'

/** So long nothing must change before it is kept. */
const keptAfter = 800

/** What a case keeps of how it was worked with. */
export interface KeptWork {
  readonly session: unknown
  readonly searches: readonly Search[]
  readonly saved: readonly SavedQuery[]
}

const nothing: KeptWork = { session: null, searches: [], saved: [] }

interface Window extends Connected {
  readonly tabs: Tabs
  readonly saved: SavedQueries
  readonly sql: SqlDesk
  readonly lost: string | null
}

/** Has the case remember how it is looked at, so that it opens as it was left. */
export class SessionKeeper {
  #app: Window
  #kept = ''

  constructor(app: Window) {
    this.#app = app
  }

  /** What the case that the engine has open remembers. */
  async fetch(): Promise<KeptWork> {
    const { engine } = this.#app
    const [session, searches, saved] = await Promise.all([engine.session(), engine.searches(), engine.savedQueries()])
    return { session, searches: searches ?? [], saved: saved ?? [] }
  }

  /** Puts the window as it was; without a case, as new. */
  enter({ session, searches, saved }: KeptWork = nothing): void {
    this.#app.tabs.searches.load(searches)
    this.#app.saved.all = saved
    this.#app.tabs.restore(session)
    this.#app.sql.restore((session as { statement?: unknown } | null)?.statement)
    this.#kept = this.#now()
  }

  /** In an effect of the window: keeps what it looks like once it rests. */
  watch(): (() => void) | undefined {
    const now = this.#now()
    if (!this.#app.case || now === this.#kept) return
    const clock = setTimeout(() => void this.#keep(now), keptAfter)
    return () => clearTimeout(clock)
  }

  /** Keeps at once what is not kept yet: the case is about to be left. */
  async flush(): Promise<void> {
    if (!this.#app.case || this.#app.lost !== null) return
    await Promise.all([this.#keep(this.#now()), this.#app.tabs.searches.flush()])
  }

  #now(): string {
    return JSON.stringify({ ...this.#app.tabs.session, statement: this.#app.sql.text })
  }

  async #keep(now: string): Promise<void> {
    if (now === this.#kept) return
    this.#kept = now
    // That the window opens as it was left is a convenience: no one is told where it fails, and it is tried again with the next change.
    await this.#app.engine.keepSession(JSON.parse(now)).catch(() => {
      if (this.#kept === now) this.#kept = ''
    })
  }
}
