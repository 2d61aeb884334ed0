import { type Choice, choiceText, readChoice } from './choice'
import { Comparing, type KeptComparing } from './comparing.svelte'
import type { Page } from './page'
import { Picked } from './picked.svelte'
import type { Preferences } from './preferences.svelte'
import type { SearchTree } from './search-tree.svelte'
import { Selection } from './selection.svelte'
import { type Layout, TableLayout } from './table-layout.svelte'

/** A tab as it is kept with its case. */
export interface KeptTab {
  readonly page: Page
  readonly choice: Choice
  /** The search of the case's history that this is. */
  readonly search: string
  readonly selectedId: string | null
  readonly layout: Layout
  readonly top: number
  readonly comparing: KeptComparing
}

let opened = 0

/** One line of work: a page with its own filter, table and chosen event. */
export class Tab {
  readonly id = ++opened
  readonly selection: Selection
  readonly layout: TableLayout
  readonly picked = new Picked()
  readonly comparing = new Comparing()
  page = $state<Page>('explore')
  /** The event under the cursor of the table. */
  cursor = $state<string | null>(null)
  /** The first row of the table in sight. */
  top = $state(0)
  #zone: () => string

  /** What it looks for, as query text; empty where it is every event. */
  readonly title = $derived.by(() => choiceText(this.selection.choice, this.#zone()))

  /** The same as one reads it; of a list of thousands its beginning. */
  readonly label = $derived(this.title === '' ? 'Every event' : this.title.slice(0, 200))

  constructor(preferences: Preferences, tree: SearchTree) {
    this.#zone = () => preferences.zone
    this.selection = new Selection(this.#zone, tree)
    this.layout = new TableLayout(preferences)
  }

  get kept(): KeptTab {
    const { choice, search, selectedId } = this.selection
    const { page, top, comparing } = this
    return { page, choice, search, selectedId, layout: this.layout.now, top, comparing: comparing.kept }
  }

  /** Puts it as it was kept; what of that cannot be read is as in a new tab. */
  restore(kept: Partial<KeptTab>, isPage: (name: unknown) => name is Page): void {
    const { page, choice, search, selectedId, layout, top, comparing } = kept
    if (isPage(page)) this.page = page
    if (layout) this.layout.restore(layout)
    const event = typeof selectedId === 'string' ? selectedId : null
    this.selection.restore(readChoice(choice), event, typeof search === 'string' ? search : undefined)
    this.comparing.restore(comparing)
    this.top = typeof top === 'number' && top > 0 ? top : 0
  }
}
