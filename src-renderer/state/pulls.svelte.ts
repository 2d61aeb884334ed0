import type { PullProgress, PullReport, PullRequest, PullState } from '../../src-main/contract/connect'
import type { CaseState, RecentCase } from '../../src-main/contract/rpc'
import type { Connected } from './connected'
import type { Connecting } from './connecting.svelte'
import type { Notices } from './notices.svelte'
import type { Page } from './page'
import { isClean, pullNotice } from './pull-text'

interface Window extends Connected {
  page: Page
  recent: readonly RecentCase[]
  readonly connecting: Connecting
  readonly notices: Notices
  caseChanged(state: CaseState | null): void | Promise<void>
}

const over: ReadonlySet<PullState> = new Set(['complete', 'canceled', 'failed', 'interrupted'])

/** Whether a pull has come to its end, for good or not. */
export const isOver = (state: PullState): boolean => over.has(state)

/** The pulls that run into the open case: begun, held, ended, and told of when they are over. */
export class Pulls {
  readonly #app: Window
  /** How far each is that ran since the case was opened in this window. */
  all = $state.raw<ReadonlyMap<string, PullProgress>>(new Map())
  /** Grows when one begins, ends or is held: what is listed of them is old then. */
  revision = $state(0)

  constructor(app: Window) {
    this.#app = app
  }

  readonly running = $derived.by(() => [...this.all.values()].filter(({ state }) => !isOver(state)))

  /** Text, so that what depends on which run, and whether they are held, is not made anew with every figure. */
  readonly #phases = $derived(
    JSON.stringify(this.running.map(({ pull, connection, name, state }) => ({ pull, connection, name, state })))
  )
  get phases(): readonly Pick<PullProgress, 'pull' | 'connection' | 'name' | 'state'>[] {
    return JSON.parse(this.#phases)
  }

  /** The one that a connection is at; there is no second beside it. */
  of(connection: string): PullProgress | undefined {
    return this.running.find((one) => one.connection === connection)
  }

  progress(progress: PullProgress): void {
    if (this.all.get(progress.pull)?.state !== progress.state) this.revision++
    this.all = new Map([...this.all, [progress.pull, progress]])
  }

  /** Another case is open, or the engine is gone, and they with it. */
  clear(): void {
    this.all = new Map()
    this.revision++
  }

  /** Pulls into the open case; without one a case is made, named for the connection. */
  async start(request: PullRequest, name: string): Promise<void> {
    await this.#run(name, async () => {
      const { engine } = this.#app
      if (!this.#app.case) {
        await this.#app.caseChanged(await engine.createCase({ name }))
        this.#app.recent = await engine.recentCases()
        this.#app.page = 'connections'
      }
      return engine.pull(request)
    })
  }

  /** Goes on with one that is held, or that Spoor's end interrupted. */
  async resume(pull: string, name: string): Promise<void> {
    // One that is held is waited for already by who began it.
    if (this.all.get(pull)?.state === 'paused') {
      void this.#app.engine.resumePull(pull).catch(() => {})
      return
    }
    await this.#run(name, () => this.#app.engine.resumePull(pull))
  }

  async pause(pull: string): Promise<void> {
    await this.#app.engine.pausePull(pull).catch((error: unknown) => this.#app.notices.failed('It goes on', error))
  }

  async cancel(pull: string): Promise<void> {
    await this.#app.engine.cancelPull(pull).catch((error: unknown) => this.#app.notices.failed('It goes on', error))
  }

  async #run(name: string, call: () => Promise<PullReport>): Promise<void> {
    const { notices, connecting } = this.#app
    const showEvents = {
      title: 'Show the events',
      run: () => {
        this.#app.page = 'explore'
      }
    }
    const showBooks = (report: PullReport) => ({ title: 'Show its books', run: () => connecting.showPull(report) })
    try {
      const report = await connecting.withSecrets(call)
      const notice = report && pullNotice(report)
      if (!notice) return
      const { page } = this.#app
      const clean = isClean(report)
      // Who looks at the connection sees its books, which say the same.
      if (!clean && page === 'connections' && connecting.at === report.connection) return
      const action = clean ? page !== 'explore' && showEvents : showBooks(report)
      notices.add({ ...notice, ...(action && { action }), ...(notice.kind === 'done' && { goesAfter: 8000 }) })
    } catch (error) {
      notices.failed(`${name} was not pulled`, error)
    } finally {
      this.revision++
    }
  }
}
