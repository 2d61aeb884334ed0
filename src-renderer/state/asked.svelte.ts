import { untrack } from 'svelte'

/** The answer to a call that is no query, asked again when what it depends on changes. The old answer stays until the new one is there. */
export class Asked<T> {
  #call: () => Promise<T>
  #turn = $state(0)
  #latest = 0
  answer = $state.raw<T | null>(null)
  error = $state.raw<Error | null>(null)
  loading = $state(false)
  slow = $state(false)

  constructor(call: () => Promise<T>, dependsOn: () => unknown = () => undefined) {
    this.#call = call
    const stamp = $derived(dependsOn())
    $effect(() => {
      void stamp
      void this.#turn
      untrack(() => void this.#ask())
      return () => void this.#latest++
    })
  }

  again(): void {
    this.#turn++
  }

  async #ask(): Promise<void> {
    const mine = ++this.#latest
    const current = () => mine === this.#latest
    this.loading = true
    this.error = null
    const timer = setTimeout(() => {
      if (current()) this.slow = true
    }, 400)
    try {
      const answer = await this.#call()
      if (current()) this.answer = answer
    } catch (error) {
      if (current()) this.error = error instanceof Error ? error : new Error(String(error))
    } finally {
      clearTimeout(timer)
      if (current()) {
        this.loading = false
        this.slow = false
      }
    }
  }
}
