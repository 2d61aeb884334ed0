import { untrack } from 'svelte'
import { isCancel } from '../../../src-main/contract/errors'
import type { AnyField, EventRow } from '../../../src-main/contract/event'
import type { Filter } from '../../../src-main/contract/filter'
import type { AnswerTo, Query, Searched, Sort } from '../../../src-main/contract/query'
import { type Asker, searchPause } from '../../state/live-query.svelte'
import { revisionFor } from '../../state/revision'

const pageSize = 100
const pagesKept = 80
const mostInFlight = 2
/** The list has come to rest: what is under way for places already passed may be dropped. */
const restAfter = 80
/** What is not in sight yet waits until the rest of the page has its answers. */
const aheadAfter = 400
const slowAfter = 400

/** Which events the table lists, and in what order. */
export interface Listing {
  readonly filter: Filter
  readonly fields: readonly AnyField[]
  readonly sort: Sort
}

interface Held {
  readonly key: string
  readonly listing: Listing
  readonly total: number
  readonly searched: Searched | null
  readonly pages: ReadonlyMap<number, readonly EventRow[]>
}

let asks = 0
const session = Math.random().toString(36).slice(2)

/** The events of a listing, fetched where they are looked at: a million rows cost no more than those in sight. */
export class EventPages {
  #app: Asker
  #listing: () => Listing
  #held = $state.raw<Held | null>(null)
  #first = 0
  #last = 50
  /** Pages under way, by ticket. */
  #inFlight = new Map<string, number>()
  #turn = 0
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #aheadTimer: ReturnType<typeof setTimeout> | undefined
  #mayReadAhead = false
  #retries = $state(0)
  #wanted = $derived.by(() => {
    if (!this.#app.case) return null
    const listing = this.#listing()
    const { folder } = this.#app.case
    const revision = revisionFor(this.#app, listing)
    return { key: `${this.#retries} ${folder} ${JSON.stringify(listing)}`, listing, revision }
  })
  #stamp = $derived(this.#wanted && `${this.#wanted.revision} ${this.#wanted.key}`)

  error = $state.raw<Error | null>(null)
  /** Waiting for longer than a moment: time to say so. */
  slow = $state(false)

  constructor(app: Asker, listing: () => Listing) {
    this.#app = app
    this.#listing = listing
    $effect(() => {
      const stamp = this.#stamp
      untrack(() => (stamp === null ? this.#forget() : this.#begin()))
    })
    $effect(() => () => this.#drop())
  }

  /** How many events there are; null before the first answer. */
  get total(): number | null {
    return this.#held?.total ?? null
  }
  /** How far the words of the listing have been looked for, where that is not to the end. */
  get searched(): Searched | null {
    return this.#held?.searched ?? null
  }
  /** What is shown belongs to an earlier filter. */
  get stale(): boolean {
    return this.#held !== null && this.#held.key !== this.#wanted?.key
  }
  /** Changes when another listing has taken the place of the one before. */
  get key(): string | null {
    return this.#held?.key ?? null
  }
  /** The fields the rows at hand hold. */
  get listing(): Listing | null {
    return this.#held?.listing ?? null
  }

  /** The event at a position; undefined while it is on its way. */
  row(index: number): EventRow | undefined {
    return this.#held?.pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  /** Where an event stands, if it is among those at hand. */
  indexOf(id: string): number | null {
    for (const [page, rows] of this.#held?.pages ?? []) {
      const at = rows.findIndex((row) => row._id === id)
      if (at >= 0) return page * pageSize + at
    }
    return null
  }

  /** These rows are in sight now, `last` exclusive. */
  look(first: number, last: number): void {
    this.#first = first
    this.#last = last
    clearTimeout(this.#restTimer)
    this.#restTimer = setTimeout(() => this.#dropPassed(), restAfter)
    this.#fetch()
  }

  retry(): void {
    this.#retries++
  }

  /** Another listing, or the same one after the case has grown: its count and first rows come before anything changes on screen. */
  async #begin(): Promise<void> {
    const wanted = this.#wanted
    if (!wanted) return
    this.#drop()
    const turn = ++this.#turn
    const grown = this.#held?.key === wanted.key
    const page = grown ? Math.floor(this.#first / pageSize) : 0
    const slowTimer = setTimeout(() => {
      if (turn === this.#turn) this.slow = true
    }, slowAfter)
    try {
      const [counted, listed] = await Promise.all([
        this.#ask({ select: 'count', filter: wanted.listing.filter }, -1),
        this.#ask(pageQuery(wanted.listing, page), -1)
      ])
      if (turn !== this.#turn) return
      this.error = null
      this.#held = {
        key: wanted.key,
        listing: wanted.listing,
        total: counted.count,
        searched: counted.searched ?? listed.searched ?? null,
        pages: new Map([[page, listed.rows]])
      }
      // More is being found: asked again, in the place where the analyst is.
      this.#aheadTimer = this.#held.searched
        ? setTimeout(() => this.#begin(), searchPause)
        : setTimeout(() => this.#readAhead(), aheadAfter)
      this.#fetch()
    } catch (error) {
      if (turn === this.#turn) this.#fail(error)
    } finally {
      clearTimeout(slowTimer)
      if (turn === this.#turn) this.slow = false
    }
  }

  #readAhead(): void {
    this.#mayReadAhead = true
    this.#fetch()
  }

  #fetch(): void {
    const held = this.#held
    if (!held || held.key !== this.#wanted?.key || this.#inFlight.size >= mostInFlight) return
    const page = this.#missing(held)
    if (page === undefined) return
    const turn = this.#turn
    this.#ask(pageQuery(held.listing, page), page).then(
      ({ rows }) => {
        if (turn === this.#turn) this.#keep(page, rows)
      },
      (error: unknown) => {
        if (turn === this.#turn) this.#fail(error)
      }
    )
    this.#fetch()
  }

  /** A page in sight that is not there; when all are, the ones just before and after. */
  #missing(held: Held): number | undefined {
    const [from, to] = [
      Math.floor(this.#first / pageSize),
      Math.floor(Math.max(this.#first, this.#last - 1) / pageSize)
    ]
    const most = Math.ceil(held.total / pageSize) - 1
    const free = (page: number) =>
      page >= 0 && page <= most && !held.pages.has(page) && ![...this.#inFlight.values()].includes(page)
    for (let page = from; page <= to; page++) if (free(page)) return page
    return this.#mayReadAhead && this.#inFlight.size === 0 ? [to + 1, from - 1].find(free) : undefined
  }

  #keep(page: number, rows: readonly EventRow[]): void {
    if (!this.#held) return
    const pages = new Map([...this.#held.pages].slice(-(pagesKept - 1)))
    pages.set(page, rows)
    this.#held = { ...this.#held, pages }
    this.error = null
    this.#fetch()
  }

  async #ask<const Q extends Query>(query: Q, page: number): Promise<AnswerTo<Q>> {
    const ticket = `${session}-rows-${++asks}`
    this.#inFlight.set(ticket, page)
    try {
      return (await this.#app.engine.ask(query, ticket, true)) as AnswerTo<Q>
    } finally {
      this.#inFlight.delete(ticket)
    }
  }

  #fail(error: unknown): void {
    if (isCancel(error)) this.#fetch()
    else this.error = error instanceof Error ? error : new Error(String(error))
  }

  #dropPassed(): void {
    const near = (page: number) => (page + 2) * pageSize > this.#first && (page - 1) * pageSize < this.#last
    for (const [ticket, page] of this.#inFlight)
      if (page >= 0 && !near(page)) this.#app.engine.cancel(ticket).catch(() => {})
  }

  #drop(): void {
    clearTimeout(this.#restTimer)
    clearTimeout(this.#aheadTimer)
    this.#mayReadAhead = false
    this.#turn++
    for (const ticket of this.#inFlight.keys()) this.#app.engine.cancel(ticket).catch(() => {})
    this.#inFlight.clear()
  }

  #forget(): void {
    this.#drop()
    this.#held = null
    this.error = null
  }
}

const pageQuery = ({ filter, fields, sort }: Listing, page: number) =>
  ({ select: 'rows', filter, fields, sort, limit: pageSize, offset: page * pageSize }) as const
