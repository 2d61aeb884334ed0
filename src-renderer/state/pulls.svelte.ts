import type { CaseState, RecentCase } from '../../src-main/contract/case'
import type { PullProgress, PullReport, PullRequest, PullState } from '../../src-main/contract/connect'
import type { Connected } from './connected'
import type { Connecting } from './connecting.svelte'
import type { Notices } from './notices.svelte'
import type { Page } from './page'
import { isClean, progressOf, pullNotice } from './pull-text'

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

  /** Those that were under way before this window was, so that nobody waits for their end in it. */
  #found: ReadonlySet<string> = new Set()
  /** Connections and pulls whose end is waited for. */
  readonly #awaited = new Set<string>()

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
    if (isOver(progress.state) && this.#found.has(progress.pull)) void this.#tellOf(progress.pull)
  }

  /** Another case is open, or the engine is gone, and they with it. */
  clear(): void {
    this.all = new Map()
    this.#found = new Set()
    this.revision++
  }

  /** Hears which are under way already: one that is held, or follows, may say nothing for long. */
  async find(): Promise<void> {
    const { engine, case: opened } = this.#app
    if (!opened) return
    const pulls = await engine.pulls()
    if (this.#app.case?.folder !== opened.folder) return
    const begun = pulls.filter(
      ({ id, connection, state }) =>
        !isOver(state) && !this.all.has(id) && !this.#awaited.has(id) && !this.#awaited.has(connection)
    )
    this.#found = new Set([...this.#found, ...begun.map(({ id }) => id)])
    this.all = new Map([...this.all, ...begun.map((one) => [one.id, progressOf(one)] as const)])
  }

  /** Pulls into the open case; without one a case is made, named for the connection. */
  async start(request: PullRequest, name: string): Promise<void> {
    await this.#run(name, request.connection, async () => {
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
    // One that is held is waited for already by who began it, or its end is told of.
    if (this.all.get(pull)?.state === 'paused') {
      void this.#app.engine.resumePull(pull).catch(() => {})
      return
    }
    await this.#run(name, pull, () => this.#app.engine.resumePull(pull))
  }

  async pause(pull: string): Promise<void> {
    await this.#app.engine.pausePull(pull).catch((error: unknown) => this.#app.notices.failed('It goes on', error))
  }

  async cancel(pull: string): Promise<void> {
    await this.#app.engine.cancelPull(pull).catch((error: unknown) => this.#app.notices.failed('It goes on', error))
  }

  async #run(name: string, what: string, call: () => Promise<PullReport>): Promise<void> {
    this.#awaited.add(what)
    try {
      const report = await this.#app.connecting.withSecrets(call)
      if (report) this.#tell(report)
    } catch (error) {
      this.#app.notices.failed(`${name} was not pulled`, error)
    } finally {
      this.#awaited.delete(what)
      this.revision++
    }
  }

  /** Tells of one that is over and that nobody waited for. */
  async #tellOf(pull: string): Promise<void> {
    this.#found = new Set([...this.#found].filter((one) => one !== pull))
    const report = (await this.#app.engine.pulls().catch(() => [])).find(({ id }) => id === pull)
    if (report) this.#tell(report)
  }

  #tell(report: PullReport): void {
    const notice = pullNotice(report)
    if (!notice) return
    const { notices, connecting, page } = this.#app
    const showEvents = {
      title: 'Show the events',
      run: () => {
        this.#app.page = 'explore'
      }
    }
    const showBooks = { title: 'Show its books', run: () => connecting.showPull(report) }
    const clean = isClean(report)
    // Who looks at the connection sees its books, which say the same and more.
    const isSeen = page === 'connections' && connecting.at === report.connection
    if (!clean && isSeen) return
    const action = clean ? page !== 'explore' && showEvents : showBooks
    const lines = isSeen ? [] : notice.lines
    notices.add({ ...notice, lines, ...(action && { action }), ...(notice.kind === 'done' && { goesAfter: 8000 }) })
  }
}
