import { AppError, isCancel } from '../../src-main/contract/errors'
import type { SqlResult } from '../../src-main/contract/sql-result'
import type { Connected } from './connected'
import type { Preferences } from './preferences.svelte'
import { type PlanStep, planOf } from './sql-plan'
import { newTicket } from './ticket'

/** What is wrong with a statement, and where in the editor. */
export interface SqlProblem {
  readonly message: string
  readonly from: number
  readonly to: number
  readonly suggestion?: string
}

/** How many rows are shown at first, and how many when more are asked for. */
export const rowLimits = [1000, 10_000, 100_000] as const

const example = 'SELECT "user.name", "event.action", count(*) AS events\nFROM event\nGROUP BY ALL\nORDER BY events DESC'

/** The SQL being written, and what came of it; it outlives a visit to another page. */
export class SqlDesk {
  #app: Pick<Connected, 'engine'> & { readonly preferences: Preferences }
  #ticket: string | null = null
  text = $state(example)
  result = $state.raw<SqlResult | null>(null)
  /** How the statement was run, where that was asked for. */
  plan = $state.raw<PlanStep | null>(null)
  problem = $state.raw<SqlProblem | null>(null)
  /** What went wrong that is no fault of the statement. */
  error = $state.raw<Error | null>(null)
  running = $state<'rows' | 'plan' | null>(null)
  canceled = $state(false)
  /** The statement behind the result, and how many rows of it were asked for. */
  ran = $state.raw<{ readonly text: string; readonly from: number; readonly limit: number } | null>(null)

  constructor(app: Pick<Connected, 'engine'> & { readonly preferences: Preferences }) {
    this.#app = app
  }

  /** How many rows are shown next, where there are more. */
  get nextLimit(): number | undefined {
    return this.result?.more && !this.result.cut ? rowLimits.find((limit) => limit > (this.ran?.limit ?? 0)) : undefined
  }

  /** Runs the statement, or the part of it that is marked. */
  run(part?: { readonly text: string; readonly from: number }): Promise<void> {
    return this.#rows({ text: part?.text ?? this.text, from: part?.from ?? 0, limit: rowLimits[0] })
  }

  /** Runs it once more, for more of its rows. */
  async more(): Promise<void> {
    if (this.ran && this.nextLimit !== undefined) await this.#rows({ ...this.ran, limit: this.nextLimit })
  }

  /** Runs the statement, and shows what each step of it took instead of its rows. */
  async explain(part?: { readonly text: string; readonly from: number }): Promise<void> {
    const { text, from } = { text: this.text, from: 0, ...part }
    if (text.trim() === '') return
    const before = 'EXPLAIN (ANALYZE, FORMAT json) '
    const bare = text.replace(/^\s*explain\s+(analyze\s+)?/i, '')
    await this.#work('plan', from + text.length - bare.length - before.length, async (ticket) => {
      const { rows } = await this.#app.engine.sql(before + bare, 1, ticket)
      return () => (this.plan = planOf(String(rows[0]?.[1])))
    })
  }

  async #rows(what: { readonly text: string; readonly from: number; readonly limit: number }): Promise<void> {
    if (what.text.trim() === '') return
    await this.#work('rows', what.from, async (ticket) => {
      const result = await this.#app.engine.sql(what.text, what.limit, ticket)
      return () => {
        this.result = result
        this.plan = null
        this.ran = what
      }
    })
    if (this.ran === what) this.#app.preferences.rememberStatement(what.text)
  }

  /** Ends what runs. The page goes on at once, whatever the engine takes to let go. */
  cancel(): void {
    if (this.#ticket === null) return
    void this.#app.engine.cancel(this.#ticket).catch(() => undefined)
    this.#ticket = null
    this.running = null
    this.canceled = true
  }

  /** Another case: its rows are not those of this one. The statement is the one written there last. */
  restore(statement: unknown): void {
    this.cancel()
    this.text = typeof statement === 'string' ? statement : example
    this.result = null
    this.plan = null
    this.problem = null
    this.error = null
    this.ran = null
    this.canceled = false
  }

  async #work(what: 'rows' | 'plan', from: number, work: (ticket: string) => Promise<() => void>): Promise<void> {
    if (this.running) return
    const ticket = newTicket()
    this.#ticket = ticket
    this.running = what
    this.canceled = false
    this.error = null
    this.problem = null
    try {
      const show = await work(ticket)
      if (this.#ticket === ticket) show()
    } catch (reason) {
      if (this.#ticket === ticket) this.#failed(reason, from)
    } finally {
      if (this.#ticket === ticket) {
        this.#ticket = null
        this.running = null
      }
    }
  }

  #failed(reason: unknown, offset: number): void {
    if (isCancel(reason)) {
      this.canceled = true
      return
    }
    if (!(reason instanceof AppError) || reason.code !== 'sql_refused') {
      this.error = reason instanceof Error ? reason : new Error(String(reason))
      return
    }
    const { from = -1, to = -1, suggestion } = reason.detail
    // Where it goes wrong is underlined; DuckDB's own print of the line need not be.
    const message = reason.message.replace(/\n\s*LINE \d+: [\s\S]*$/, '').replace(/^[A-Z]\w+( \w+)? Error: /, '')
    const [start, end] = from < 0 ? [0, 0] : [from + offset, to + offset]
    this.problem = {
      message,
      from: Math.max(0, start),
      to: Math.max(0, end),
      ...(suggestion !== undefined && { suggestion })
    }
  }
}
