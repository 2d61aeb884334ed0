import type { App } from '../../state/app.svelte'
import { filterParts, type Part } from './hidden-by'

/** Events run through faster than this are not asked about one by one. */
const rest = 150

interface Told {
  readonly id: string
  readonly by: readonly Part[]
}

/** Whether the filter hides the event that is shown in detail, and which of its parts do. */
export class HiddenEvent {
  #app: Pick<App, 'engine' | 'case' | 'selection'>
  #told = $state.raw<Told | null>(null)

  constructor(app: Pick<App, 'engine' | 'case' | 'selection'>) {
    this.#app = app
    $effect(() => {
      const { selectedId, filter } = app.selection
      const revision = app.case?.revision
      let outdated = false
      const timer = setTimeout(async () => {
        const told = selectedId && revision !== undefined ? await this.#ask(selectedId, filter) : null
        if (!outdated) this.#told = told
      }, rest)
      return () => {
        outdated = true
        clearTimeout(timer)
      }
    })
  }

  /** The parts of the filter that hide it; null while it is among the events shown. */
  get by(): readonly Part[] | null {
    return this.#told?.id === this.#app.selection.selectedId ? (this.#told?.by ?? null) : null
  }

  async #ask(id: string, filter: App['selection']['filter']): Promise<Told | null> {
    const parts = filterParts(this.#app.selection)
    // Where this fails, the event itself cannot be shown either, and that says why.
    const passed = await this.#app.engine.passes(id, [filter, ...parts.map((part) => part.filter)]).catch(() => [true])
    return passed[0] ? null : { id, by: parts.filter((_, at) => !passed[at + 1]) }
  }
}
