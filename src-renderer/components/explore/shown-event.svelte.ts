import { untrack } from 'svelte'
import type { EventDetail } from '../../../src-main/contract/event-detail'
import type { App } from '../../state/app.svelte'

/** Rows run through faster than this are not asked for one by one. */
const rest = 40
const slowAfter = 400
/** Where the fields come from is asked for when one stays at an event. */
const proofAfter = 100

/** The event chosen in the table, with its record and proof. The one before stays, marked stale, until it is there. */
export class ShownEvent {
  detail = $state.raw<EventDetail | null>(null)
  error = $state.raw<Error | null>(null)
  slow = $state(false)
  #app: Pick<App, 'engine' | 'case' | 'selection'>
  #turn = 0
  #retries = $state(0)

  constructor(app: Pick<App, 'engine' | 'case' | 'selection'>) {
    this.#app = app
    $effect(() => {
      const id = app.selection.selectedId
      const wanted = `${app.case?.folder} ${app.case?.revision} ${this.#retries}`
      if (!id || !wanted) return untrack(() => this.#forget())
      const timer = setTimeout(
        () => this.#show(id),
        untrack(() => (this.detail ? rest : 0))
      )
      return () => clearTimeout(timer)
    })
    // What comes when this is gone is of no tab: another one may be looked at by then.
    $effect(() => () => void this.#turn++)
  }

  get stale(): boolean {
    return this.detail !== null && this.detail.event._id !== this.#app.selection.selectedId
  }

  retry(): void {
    this.#retries++
  }

  async #show(id: string): Promise<void> {
    const turn = ++this.#turn
    const slowTimer = setTimeout(() => {
      if (turn === this.#turn) this.slow = true
    }, slowAfter)
    try {
      const quick = await this.#app.engine.show(id, true)
      if (turn !== this.#turn) return
      this.detail = quick
      this.error = null
      // A file that has come wholly is called otherwise than while it came, and so are its events.
      if (quick.event._id !== id) this.#app.selection.selectedId = quick.event._id
      await new Promise((resolve) => setTimeout(resolve, proofAfter))
      if (turn !== this.#turn) return
      const detail = await this.#app.engine.show(id)
      if (turn === this.#turn) this.detail = detail
    } catch (error) {
      if (turn === this.#turn) this.error = error instanceof Error ? error : new Error(String(error))
    } finally {
      clearTimeout(slowTimer)
      if (turn === this.#turn) this.slow = false
    }
  }

  #forget(): undefined {
    this.#turn++
    this.detail = null
    this.error = null
    this.slow = false
  }
}
