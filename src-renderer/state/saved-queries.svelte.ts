import type { SavedQuery } from '../../src-main/contract/workspace'
import { asKept, type Choice } from './choice'
import type { Connected } from './connected'
import type { Notices } from './notices.svelte'
import type { Page } from './page'
import { isFiltered } from './pages'
import type { Preferences } from './preferences.svelte'
import type { Tabs } from './tabs.svelte'

/** How a saved search was looked at. */
interface SavedView {
  readonly choice?: Choice
  readonly layout?: unknown
}

interface Window extends Connected {
  readonly tabs: Tabs
  page: Page
  readonly preferences: Preferences
  readonly notices: Notices
}

/** The queries saved with the case, by name. */
export class SavedQueries {
  #app: Window
  all = $state.raw<readonly SavedQuery[]>([])

  constructor(app: Window) {
    this.#app = app
  }

  get searches(): readonly SavedQuery[] {
    return this.all.filter(({ kind }) => kind === 'search')
  }

  /** They were changed, here or in another window. */
  async changed(): Promise<void> {
    if (this.#app.case) this.all = await this.#app.engine.savedQueries()
  }

  /** Saves the filter as it is now, with the columns, order and colours of the table. */
  async saveSearch(name: string, instead?: SavedQuery): Promise<void> {
    const { selection, layout, title } = this.#app.tabs.current
    const view: SavedView = { choice: selection.choice, layout: layout.now }
    await this.#app.engine.saveQuery({ kind: 'search', name, query: title, view, ...(instead && { id: instead.id }) })
  }

  async rename({ by: _, at: __, ...saved }: SavedQuery, name: string): Promise<void> {
    await this.#app.engine.saveQuery({ ...saved, name })
  }

  /** Puts a saved search in force, with its columns; in a tab of its own where asked. */
  open({ query, view }: SavedQuery, inNewTab = false): void {
    const { tabs, preferences } = this.#app
    const { choice, layout } = (view ?? {}) as SavedView
    if (inNewTab && !tabs.open()) return
    if (layout) tabs.current.layout.restore(layout)
    tabs.current.selection.choose(asKept(choice, query, preferences.zone))
    if (!isFiltered(this.#app.page)) this.#app.page = 'explore'
  }

  async remove({ id, name, kind, query, view }: SavedQuery): Promise<void> {
    const { engine, notices } = this.#app
    try {
      await engine.removeSavedQuery(id)
    } catch (error) {
      return notices.failed(`“${name}” is still there`, error)
    }
    const again = () => void engine.saveQuery({ kind, name, query, ...(view !== undefined && { view }) })
    notices.add({ kind: 'done', title: `Deleted “${name}”`, lines: [], action: { title: 'Undo', run: again } })
  }
}
