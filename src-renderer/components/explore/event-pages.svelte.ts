import { untrack } from 'svelte'
import { isCancel } from '../../../src-main/contract/errors'
import type { EventRow } from '../../../src-main/contract/event'
import type { Answers, AnswerTo, Early, Group, Query, Searched } from '../../../src-main/contract/query'
import type { Asker } from '../../state/live-query.svelte'
import { revisionFor } from '../../state/revision'
import { newTicket } from '../../state/ticket'
import { type Listing, nameOf, pageQuery, pageSize, type Wanted } from './listing'
import { groupKey, type Line, TableLines } from './table-lines'

const pagesKept = 80
const mostInFlight = 2
/** The list has come to rest: what is under way for places already passed may be dropped. */
const restAfter = 80
/** What is not in sight yet waits until the rest of the page has its answers. */
const aheadAfter = 400
const slowAfter = 400
/** So many groups are listed at first, and more by as many. */
const groupsAtOnce = 500

type Page = Answers['rows']

/** The groups of a listing, of how many, and how many of them were asked for. */
interface Groups {
  readonly list: readonly Group[]
  readonly distinct: number
  readonly limit: number
}

interface Held {
  readonly key: string
  readonly order: string
  readonly revision: string
  readonly listing: Listing
  readonly total: number
  readonly searched: Searched | null
  readonly groups: Groups | null
  /** By group and number. */
  readonly pages: ReadonlyMap<string, Page>
}

/** A line that is to keep its place while events come in before it, and what to do where they did. */
export interface Anchor {
  at(): { readonly line: number; readonly event: string } | null
  moved(by: number): void
}

/** The events of a listing, fetched where they are looked at: a million rows cost no more than those in sight. */
export class EventPages {
  #app: Asker
  #listing: () => Listing
  #held = $state.raw<Held | null>(null)
  #first = 0
  #last = 50
  /** Pages under way, by ticket; null: what a listing begins with. */
  #inFlight = new Map<string, Wanted | null>()
  #open = $state.raw<ReadonlySet<string>>(new Set())
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
    const { filter, sort, group } = listing
    return {
      key: `${this.#retries} ${folder} ${JSON.stringify(listing)}`,
      order: JSON.stringify([folder, filter, sort, group]),
      listing,
      revision
    }
  })
  #stamp = $derived(this.#wanted && `${this.#wanted.revision} ${this.#wanted.key}`)

  anchor: Anchor | null = null
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

  readonly #lines = $derived.by(() => {
    const groups = this.#held?.groups
    return groups ? new TableLines(groups.list, this.#open, groups.list.length < groups.distinct) : null
  })

  /** How many lines there are to scroll through: events, or groups and the events of those that are open. */
  get lines(): number {
    return this.#lines?.count ?? this.total ?? 0
  }
  /** How many groups there are; null where events stand each by themselves. */
  get groups(): number | null {
    return this.#held?.groups?.distinct ?? null
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
  /** A listing with other places is on its way: what is shown stands where it will not be found any more. */
  get makesWay(): boolean {
    return this.#held !== null && this.#held.order !== this.#wanted?.order
  }
  /** Changes when another listing has taken the place of the one before. */
  get key(): string | null {
    return this.#held?.key ?? null
  }
  /** Changes when the lines are others, or in another order; not with what is shown of them. */
  get order(): string | null {
    return this.#held?.order ?? null
  }
  /** The fields the rows at hand hold. */
  get listing(): Listing | null {
    return this.#held?.listing ?? null
  }

  /** What stands in a line. */
  line(at: number): Line | null {
    if (this.#lines) return this.#lines.at(at)
    return at >= 0 && at < (this.total ?? 0) ? { kind: 'event', group: null, index: at } : null
  }

  /** The event in a line; undefined while it is on its way, and where none stands. */
  row(line: number): EventRow | undefined {
    const found = this.#pageOf(line)
    return found?.page.rows[found.at]
  }

  /** The place of the first rule that the event in a line passes. */
  rule(line: number): number | null {
    const found = this.#pageOf(line)
    return found?.page.ruled?.[found.at] ?? null
  }

  /** The line an event stands in, if it is among those at hand. */
  indexOf(id: string): number | null {
    const groups = this.#held?.groups?.list ?? [null]
    for (const [name, { rows }] of this.#held?.pages ?? []) {
      const at = rows.findIndex((row) => row._id === id)
      if (at < 0) continue
      const group = groups.find((each) => name.startsWith(`${each ? groupKey(each) : ''} `))
      const index = Number(name.slice(name.lastIndexOf(' '))) * pageSize + at
      if (!group) return index
      if (this.#open.has(groupKey(group))) return this.#lines?.lineOf(group, index) ?? null
    }
    return null
  }

  /** Shows the events of a group, or no longer. */
  toggle(group: Group, open = !this.#open.has(groupKey(group))): void {
    const others = [...this.#open].filter((key) => key !== groupKey(group))
    this.#open = new Set(open ? [...others, groupKey(group)] : others)
    this.#fetch()
  }

  /** Lists more groups. */
  async moreGroups(): Promise<void> {
    const held = this.#held
    if (!held?.groups) return
    const turn = this.#turn
    try {
      const groups = await this.#askGroups(held.listing, held.groups.limit + groupsAtOnce, held.searched ? 'now' : true)
      if (turn === this.#turn && this.#held) this.#held = { ...this.#held, groups }
    } catch (error) {
      if (turn === this.#turn) this.#fail(error)
    }
  }

  #pageOf(line: number): { readonly page: Page; readonly at: number } | undefined {
    const found = this.line(line)
    if (found?.kind !== 'event') return undefined
    const page = this.#held?.pages.get(nameOf({ group: found.group, page: Math.floor(found.index / pageSize) }))
    return page && { page, at: found.index % pageSize }
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
    this.#drop()
    const turn = this.#turn
    const slowTimer = setTimeout(() => {
      if (turn === this.#turn) this.slow = true
    }, slowAfter)
    let goesOn = await this.#list(true)
    clearTimeout(slowTimer)
    if (turn === this.#turn) this.slow = false
    while (goesOn) goesOn = await this.#list('now', true)
  }

  /**
   * Lists anew where the analyst is; once `more` has been found of what is looked for in records, while what is there can be scrolled.
   * Whether there may be more still.
   */
  async #list(early: Early, more = false): Promise<boolean> {
    const wanted = this.#wanted
    if (!wanted) return false
    const turn = this.#turn
    const grown = this.#held?.order === wanted.order
    const { listing } = wanted
    try {
      const found = more ? await this.#ask({ select: 'count', filter: listing.filter }, null, true) : null
      if (turn !== this.#turn) return false
      const anchor = grown && !listing.group && this.#hasGrown(wanted.revision) ? this.anchor?.at() : null
      const by = anchor ? await this.#movedBy(listing, anchor) : 0
      if (turn !== this.#turn) return false
      const pages = listing.group ? [] : grown ? this.#pagesInSight(by) : [0]
      const [counted, listed, groups] = await Promise.all([
        found ?? this.#ask({ select: 'count', filter: listing.filter }, null, early),
        Promise.all(pages.map((page) => this.#ask(pageQuery(listing, { group: null, page }), null, early))),
        this.#askGroups(listing, (grown && this.#held?.groups?.limit) || groupsAtOnce, early)
      ])
      if (turn !== this.#turn) return false
      this.error = null
      if (!grown) this.#open = new Set()
      this.#held = {
        key: wanted.key,
        order: wanted.order,
        revision: wanted.revision,
        listing,
        total: counted.count,
        searched: counted.searched ?? listed.find(({ searched }) => searched)?.searched ?? null,
        groups,
        pages: new Map(listed.map((rows, at) => [nameOf({ group: null, page: pages[at] as number }), rows]))
      }
      if (by !== 0) {
        this.#first += by
        this.#last += by
        this.anchor?.moved(by)
      }
      if (!this.#held.searched) this.#aheadTimer = setTimeout(() => this.#readAhead(), aheadAfter)
      this.#fetch()
      return this.#held.searched !== null
    } catch (error) {
      if (turn === this.#turn) this.#fail(error)
      return false
    }
  }

  /** Whether the case holds more by now. While words are looked for it is not asked where a line is: that takes as long again. */
  #hasGrown(revision: string): boolean {
    return this.#held !== null && this.#held.revision !== revision && !this.#held.searched
  }

  /** By how many lines what is looked at stands elsewhere now. */
  async #movedBy({ filter, sort }: Listing, anchor: NonNullable<ReturnType<Anchor['at']>>): Promise<number> {
    const { at } = await this.#ask({ select: 'locate', filter, sort, of: { event: anchor.event } }, null, true)
    return at === null ? 0 : at - anchor.line
  }

  #pagesInSight(by = 0): readonly number[] {
    const first = Math.max(0, Math.floor((this.#first + by) / pageSize))
    const last = Math.max(first, Math.floor((this.#last + by - 1) / pageSize))
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  }

  #readAhead(): void {
    this.#mayReadAhead = true
    this.#fetch()
  }

  #fetch(): void {
    const held = this.#held
    if (!held || held.key !== this.#wanted?.key || this.#inFlight.size >= mostInFlight) return
    const wanted = this.#missing(held)
    if (wanted === undefined) return
    const turn = this.#turn
    // Who scrolls while words are looked for sees at once what has been found.
    this.#ask(pageQuery(held.listing, wanted), wanted, held.searched ? 'now' : true).then(
      (page) => {
        if (turn === this.#turn) this.#keep(wanted, page)
      },
      (error: unknown) => {
        if (turn === this.#turn) this.#fail(error)
      }
    )
    this.#fetch()
  }

  /** A page in sight that is not there; when all are, the ones just before and after. */
  #missing(held: Held): Wanted | undefined {
    const free = (wanted: Wanted | undefined): boolean =>
      wanted !== undefined &&
      !held.pages.has(nameOf(wanted)) &&
      ![...this.#inFlight.values()].some((each) => each && nameOf(each) === nameOf(wanted))
    for (let line = this.#first; line < this.#last; ) {
      const wanted = this.#wantedAt(line)
      if (free(wanted)) return wanted
      line = wanted && !this.#lines ? (wanted.page + 1) * pageSize : line + 1
    }
    if (!this.#mayReadAhead || this.#inFlight.size > 0) return undefined
    return [this.#last - 1 + pageSize, this.#first - pageSize].map((line) => this.#wantedAt(line)).find(free)
  }

  #wantedAt(at: number): Wanted | undefined {
    const line = this.line(at)
    return line?.kind === 'event' ? { group: line.group, page: Math.floor(line.index / pageSize) } : undefined
  }

  #keep(wanted: Wanted, page: Page): void {
    if (!this.#held) return
    const pages = new Map([...this.#held.pages].slice(-(pagesKept - 1)))
    pages.set(nameOf(wanted), page)
    this.#held = { ...this.#held, pages }
    this.error = null
    this.#fetch()
  }

  async #askGroups({ group, filter }: Listing, limit: number, early: Early): Promise<Groups | null> {
    if (!group) return null
    const { groups, distinct } = await this.#ask({ select: 'groups', filter, by: [group], limit }, null, early)
    return { list: groups, distinct, limit }
  }

  async #ask<const Q extends Query>(query: Q, wanted: Wanted | null, early: Early): Promise<AnswerTo<Q>> {
    const ticket = newTicket()
    this.#inFlight.set(ticket, wanted)
    try {
      return (await this.#app.engine.ask(query, ticket, early)) as AnswerTo<Q>
    } finally {
      this.#inFlight.delete(ticket)
    }
  }

  #fail(error: unknown): void {
    if (isCancel(error)) this.#fetch()
    else this.error = error instanceof Error ? error : new Error(String(error))
  }

  #dropPassed(): void {
    const near = new Set<string>()
    for (let line = this.#first - pageSize; line < this.#last + pageSize; line++) {
      const wanted = this.#wantedAt(line)
      if (wanted) near.add(nameOf(wanted))
    }
    for (const [ticket, wanted] of this.#inFlight)
      if (wanted && !near.has(nameOf(wanted))) this.#app.engine.cancel(ticket).catch(() => {})
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
