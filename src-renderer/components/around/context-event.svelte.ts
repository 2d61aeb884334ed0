import type { ContextRow } from '../../../src-main/contract/context'
import { type Reach, reaches } from '../../../src-main/contract/context'
import type { AnyField } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import { nothingChosen } from '../../state/choice'
import { LiveQuery } from '../../state/live-query.svelte'

/** Events run through faster than this are not asked about one by one. */
const rest = 120
/** So many to each side at first, and at most. */
const first = 100
const most = 1000

export type Within = Reach | 'file'
/** From the narrowest to the widest. */
export const withins: readonly Within[] = [...reaches, 'file']

/** What happened around the event that was chosen. It stays the same one while others are looked at in its context. */
export class ContextEvent {
  readonly #app: App
  /** The event in the middle. */
  anchor = $state<string | null>(null)
  #settled = $state<string | null>(null)
  /** Chosen within the context: no reason to move it. */
  #within: string | null = null
  #limit = $state(first)
  readonly query

  constructor(app: App, fields: readonly AnyField[]) {
    this.#app = app
    $effect(() => {
      const id = app.selection.selectedId
      if (id === null || id === this.#within) return
      this.#within = null
      this.centre(id)
    })
    $effect(() => {
      const { anchor } = this
      const timer = setTimeout(() => (this.#settled = anchor), this.#settled === null ? 0 : rest)
      return () => clearTimeout(timer)
    })
    this.query = new LiveQuery(app, () => {
      if (this.#settled === null) return null
      const { filter } = app.selection
      return { select: 'context', event: this.#settled, within: this.within, filter, fields, limit: this.#limit }
    })
  }

  get within(): Within {
    const { contextWithin } = this.#app.preferences.taste
    return withins.find((each) => each === contextWithin) ?? '5m'
  }

  get rows(): readonly ContextRow[] {
    return this.query.answer?.rows ?? []
  }

  /** The time in the middle; null where it has none. */
  get time(): string | null {
    const time = this.rows[this.query.answer?.at ?? -1]?.event['@timestamp']
    return typeof time === 'string' ? time : null
  }

  /** Whether nearest events only are shown, of more that there are. */
  get mayGrow(): boolean {
    return this.#limit < most
  }
  grow(): void {
    this.#limit = Math.min(most, this.#limit * 4)
  }

  centre(id: string): void {
    this.anchor = id
    this.#limit = first
  }

  /** Shows another event of the context in detail. */
  choose(id: string): void {
    this.#within = id
    this.#app.selection.selectedId = id
  }

  /** The one so many rows on from the one shown in detail. */
  chooseBy(rows: number): void {
    const now = this.rows.findIndex(({ event }) => event._id === this.#app.selection.selectedId)
    const from = now < 0 ? (this.query.answer?.at ?? 0) : now
    const row = this.rows[Math.min(this.rows.length - 1, Math.max(0, from + rows))]
    if (row) this.choose(row.event._id)
  }

  setWithin(within: Within): void {
    this.#app.preferences.set({ contextWithin: within })
    this.#limit = first
  }

  /** Wider, or narrower; from the widest time to the file and back. */
  widen(by: 1 | -1): void {
    const next = withins[withins.indexOf(this.within) + by]
    if (next) this.setWithin(next)
  }

  /** The stretch of time becomes the search. */
  searchIt(): void {
    const { from, to } = this.query.answer ?? {}
    if (from === undefined || to === undefined) return
    this.#app.selection.choose({ ...nothingChosen, range: { kind: 'between', from, to } })
  }
}
