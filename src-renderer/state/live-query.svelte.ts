import { untrack } from 'svelte'
import { isCancel } from '../../src-main/contract/errors'
import type { AnswerTo, Query, Searched } from '../../src-main/contract/query'
import type { Connected } from './connected'
import { type Known, revisionFor } from './revision'
import { newTicket } from './ticket'

const slowAfter = 400
/** While an import runs, each batch makes the answer old; asking again that often would starve the import. */
const importPause = 2000

/** What a LiveQuery needs of the application. */
export type Asker = Connected & Known & { readonly importing: object | null }

/** The answer to a query, asked again whenever the query or the case changes. A late answer is dropped. */
export class LiveQuery<const Q extends Query> {
  #app: Asker
  #query: () => Q | null
  #running: { readonly ticket: string; readonly key: string } | null = null
  #askedAt = 0
  #retries = $state(0)
  #answered = $state.raw<{ readonly key: string; readonly query: Q; readonly answer: AnswerTo<Q> } | null>(null)
  #wanted = $derived.by(() => this.#wish())
  /** Text, so that an equal query made anew is not asked anew. */
  #stamp = $derived(this.#wanted && `${this.#wanted.revision} ${this.#wanted.key}`)

  loading = $state(false)
  /** Loading for longer than a moment: time to say so. */
  slow = $state(false)
  error = $state.raw<Error | null>(null)

  constructor(app: Asker, query: () => Q | null) {
    this.#app = app
    this.#query = query
    $effect(() => {
      if (this.#stamp === null) return untrack(() => this.#forget())
      return untrack(() => this.#keepUp())
    })
    $effect(() => () => this.#drop())
  }

  /** The last answer that came; null before the first. It stays while the next is under way. */
  get answer(): AnswerTo<Q> | null {
    return this.#answered?.answer ?? null
  }
  /** The query that `answer` answers. */
  get answeredQuery(): Q | null {
    return this.#answered?.query ?? null
  }
  /** How far the words have been looked for, where the answer is not of all events yet. */
  get searched(): Searched | null {
    return this.#answered?.answer.searched ?? null
  }
  /** The answer shown is that of an earlier query. */
  get stale(): boolean {
    return this.#answered !== null && this.#answered.key !== this.#wanted?.key
  }

  /** Asks once more, after an error. */
  retry(): void {
    this.#retries++
  }

  #wish(): { readonly key: string; readonly query: Q; readonly revision: string } | null {
    const query = this.#query()
    if (!query || !this.#app.case) return null
    const { folder } = this.#app.case
    const revision = revisionFor(this.#app, query)
    return { key: `${this.#retries} ${folder} ${JSON.stringify(query)}`, query, revision }
  }

  #keepUp(): (() => void) | undefined {
    const wanted = this.#wanted
    if (!wanted) return undefined
    const onlyGrown = (this.#running ?? this.#answered)?.key === wanted.key
    // What is under way for the same query may finish: were it dropped at each batch of an import, no answer would ever come.
    if (!onlyGrown) this.#drop()
    const pause = onlyGrown && this.#app.importing ? Math.max(0, this.#askedAt + importPause - Date.now()) : 0
    if (pause > 0) {
      const timer = setTimeout(() => this.#ask(wanted.query, wanted.key), pause)
      return () => clearTimeout(timer)
    }
    // Before the window is drawn, not after: the engine works while the browser paints.
    let outdated = false
    queueMicrotask(() => {
      if (!outdated) this.#ask(wanted.query, wanted.key)
    })
    return () => {
      outdated = true
    }
  }

  async #ask(query: Q, key: string): Promise<void> {
    this.#drop()
    const ticket = newTicket()
    const current = () => this.#running?.ticket === ticket
    this.#running = { ticket, key }
    this.#askedAt = Date.now()
    this.loading = true
    this.error = null
    const slowTimer = setTimeout(() => {
      if (current()) this.slow = true
    }, slowAfter)
    try {
      for (;;) {
        const answer = (await this.#app.engine.ask(query, ticket, true)) as AnswerTo<Q>
        if (!current()) break
        this.#answered = { key, query, answer }
        if (!answer.searched) break
      }
    } catch (error) {
      if (current() && !isCancel(error)) this.error = error instanceof Error ? error : new Error(String(error))
    } finally {
      clearTimeout(slowTimer)
      if (current()) this.#rest()
    }
  }

  #drop(): void {
    const dropped = this.#running
    if (!dropped) return
    this.#rest()
    // It may have been answered in the meantime; then there is nothing left to cancel.
    this.#app.engine.cancel(dropped.ticket).catch(() => {})
  }

  #forget(): undefined {
    this.#drop()
    this.#answered = null
    this.error = null
  }

  #rest(): void {
    this.#running = null
    this.loading = false
    this.slow = false
  }
}
