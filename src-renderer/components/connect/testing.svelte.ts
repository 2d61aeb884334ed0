import type { ConnectionDraft, Diagnosis } from '../../../src-main/contract/connect'
import { isCancel } from '../../../src-main/contract/errors'
import type { App } from '../../state/app.svelte'

/** A test of a connection: what stands between us and its events. One at a time; leaving it cancels it. */
export class Testing {
  readonly #app: Pick<App, 'engine' | 'connecting'>
  #ticket: string | null = null
  diagnosis = $state.raw<Diagnosis | null>(null)
  error = $state.raw<Error | null>(null)
  running = $state(false)

  constructor(app: Pick<App, 'engine' | 'connecting'>) {
    this.#app = app
    $effect(() => () => this.cancel())
  }

  async test(on: string | ConnectionDraft): Promise<void> {
    this.cancel()
    const ticket = crypto.randomUUID()
    const current = () => this.#ticket === ticket
    this.#ticket = ticket
    this.running = true
    this.error = null
    const { engine, connecting } = this.#app
    try {
      const diagnosis = await connecting.withSecrets(() => engine.testConnection(on, ticket))
      if (current() && diagnosis) this.diagnosis = diagnosis
    } catch (error) {
      if (current() && !isCancel(error)) this.error = error instanceof Error ? error : new Error(String(error))
    } finally {
      if (current()) this.running = false
    }
  }

  cancel(): void {
    if (this.#ticket !== null && this.running) void this.#app.engine.cancel(this.#ticket).catch(() => {})
    this.#ticket = null
    this.running = false
  }

  /** What was found belongs to settings that are others now. */
  forget(): void {
    this.cancel()
    this.diagnosis = null
    this.error = null
  }
}
