import { tick, untrack } from 'svelte'
import { isCancel } from '../../../src-main/contract/errors'
import type { EventRow } from '../../../src-main/contract/event'
import type { AnswerTo, Query } from '../../../src-main/contract/query'
import type { App } from '../../state/app.svelte'
import { newTicket } from '../../state/ticket'
import type { EventPages } from './event-pages.svelte'
import type { TableScroll } from './table-scroll.svelte'

/** Events run through faster than this are not looked for one by one. */
const rest = 120

type Sought = Extract<Query, { select: 'locate' }>['of']

/** The row the keys act on. The detail, while it is open, follows it; and it follows the detail. */
export class EventCursor {
  #app: Pick<App, 'engine' | 'tabs'>
  #pages: EventPages
  #scroll: TableScroll
  #rowHeight: () => number
  #moved = $state(false)
  /** What is being looked for, by the ticket of the question. */
  #seeking = { event: '', time: '' }
  index = $state<number | null>(null)
  /** Which value of the row the keys act on, from the left; null: the row as a whole. */
  column = $state<number | null>(null)
  /** So many events came in above what is looked at, and were not looked at yet. */
  above = $state(0)
  /** The event in detail that was gone to, and in which listing: it is gone to once. */
  #gone = ''

  constructor(app: Pick<App, 'engine' | 'tabs'>, pages: EventPages, scroll: TableScroll, rowHeight: () => number) {
    this.#app = app
    this.#pages = pages
    this.#scroll = scroll
    this.#rowHeight = rowHeight
    const tab = app.tabs.current
    const { selection, picked } = tab
    pages.anchor = { at: () => this.#anchored(), moved: (by) => this.#keepPlace(by) }
    let shown = $state.raw<string | null>(null)
    // Another listing begins at its top, the first one of a tab where it was left; what was picked stood elsewhere.
    $effect(() => {
      const { order } = pages
      untrack(() => {
        if (order === shown) return
        if (shown !== null) {
          scroll.moveTo(0)
          picked.clear()
        } else if (tab.top > 0) scroll.moveTo(tab.top * rowHeight())
        shown = order
        this.index = null
        this.column = null
        this.above = 0
        this.#moved = false
        this.#gone = ''
      })
    })
    $effect(() => {
      this.above = Math.min(this.above, Math.floor(scroll.top / rowHeight()))
    })
    // As soon as another listing is asked for, whatever is still shown: a mark would go on what stands there then.
    $effect(() => {
      if (pages.makesWay) untrack(() => picked.clear())
    })
    // When events come in between, or more are found, places in the listing are no longer those that were picked.
    let before: number | null = null
    $effect(() => {
      const { total } = pages
      if (total !== before) untrack(() => picked.clear())
      before = total
    })
    $effect(() => {
      if (shown !== null) tab.top = Math.round(scroll.top / rowHeight())
    })
    $effect(() => {
      tab.cursor = this.row?._id ?? null
    })
    // Keys may run ahead of the rows: the detail follows as soon as the row under the cursor is there. It follows once.
    $effect(() => {
      if (!this.#moved || !this.row) return
      this.#moved = false
      const open = untrack(() => selection.selectedId !== null)
      if (open) selection.selectedId = this.row._id
    })
    // The event shown in detail may have been come to by a link, by a step, or before the listing changed: it is looked for.
    $effect(() => {
      const id = selection.selectedId
      // Shown again, it is gone to again.
      if (id === null) this.#gone = ''
      if (id === null || pages.order === null || pages.stale || pages.total === null) return
      const timer = setTimeout(() => void this.#follow(id), rest)
      return () => clearTimeout(timer)
    })
    $effect(() => () => {
      this.#giveUp('event')
      this.#giveUp('time')
    })
  }

  /** The event under the cursor, once it is there. */
  get row(): EventRow | undefined {
    return this.index === null ? undefined : this.#pages.row(this.index)
  }

  to(index: number): void {
    const { lines } = this.#pages
    if (lines === 0) return
    this.index = Math.min(lines - 1, Math.max(0, index))
    this.#moved = true
    this.#scroll.show(this.index)
  }

  by(rows: number): void {
    this.to(this.#from(rows))
  }

  /** By as many rows as are in sight. */
  byPages(pages: number): void {
    this.by(pages * this.#scroll.page)
  }

  /** Shows the event in detail, the events of a group, or more groups. */
  open(index = this.index): void {
    const line = index === null ? null : this.#pages.line(index)
    if (index === null || !line) return
    this.index = index
    if (line.kind === 'group') this.#pages.toggle(line.group)
    else if (line.kind === 'more') void this.#pages.moreGroups()
    else {
      const row = this.#pages.row(index)
      this.#picked.anchor(index)
      this.#picked.clear()
      this.#moved = true
      if (row) this.#app.tabs.current.selection.selectedId = row._id
    }
  }

  /** Opens the group under the cursor, or goes to the next value of its event, of so many. */
  right(columns: number): void {
    const line = this.index === null ? null : this.#pages.line(this.index)
    if (line?.kind === 'group') this.#pages.toggle(line.group, true)
    else if (line) this.column = Math.min(columns - 1, (this.column ?? -1) + 1)
  }

  /** Closes the group under the cursor, or goes to the value before; from the event as a whole to the head of its group. */
  left(): void {
    const line = this.index === null ? null : this.#pages.line(this.index)
    if (line?.kind === 'group') this.#pages.toggle(line.group, false)
    else if (this.column !== null) this.column = this.column === 0 ? null : this.column - 1
    else if (line?.kind === 'event' && line.group && this.index !== null) this.to(this.index - line.index - 1)
  }

  /** Places can be picked: events stand by themselves, and where they are shown. */
  get mayPick(): boolean {
    return this.#pages.groups === null && !this.#pages.makesWay
  }

  /** This row too, or no longer. Where events stand in groups, one is picked by itself. */
  pick(index = this.index): void {
    if (index === null || !this.mayPick) return
    // What was clicked before belongs to what is picked now.
    if (this.#picked.count === 0 && this.index !== null && this.index !== index) this.#picked.toggle(this.index)
    this.#picked.toggle(index)
    this.index = index
  }

  /** From the row last clicked to this one; `also`: beside what is picked. */
  pickTo(index: number, also = false): void {
    if (!this.mayPick || this.#pages.lines === 0) return
    const to = Math.min(this.#pages.lines - 1, Math.max(0, index))
    if (this.#picked.count === 0) this.#picked.anchor(this.index ?? to)
    this.#picked.extendTo(to, also)
    this.index = to
    this.#scroll.show(to)
  }

  pickBy(rows: number): void {
    this.pickTo(this.#from(rows))
  }

  /** Goes to the first event that is as late as a time, or as early where the newest come first. */
  async toTime(time: string): Promise<void> {
    const at = await this.#locate('time', { time })
    if (at !== null) this.to(Math.min(at, this.#pages.lines - 1))
  }

  get #picked() {
    return this.#app.tabs.current.picked
  }

  #from(rows: number): number {
    return this.index === null ? Math.ceil(this.#scroll.top / this.#rowHeight()) : this.index + rows
  }

  async #follow(id: string): Promise<void> {
    const { order } = this.#pages
    const to = `${order} ${id}`
    // Events that come in do not take away who has scrolled elsewhere since.
    const gone = this.#gone === to
    if (this.row?._id === id) {
      this.#gone = to
      return
    }
    const before = this.index
    const at =
      this.#pages.indexOf(id) ?? (this.#pages.groups === null ? await this.#locate('event', { event: id }) : null)
    const { selection } = this.#app.tabs.current
    // Meanwhile the keys may have gone elsewhere.
    if (at === null || before !== this.index || order !== this.#pages.order || selection.selectedId !== id) return
    this.index = at
    this.#gone = to
    if (!gone) this.#scroll.show(at)
  }

  /** The first line in sight is to stay where it is; at the top, where new events are to be seen, only the cursor keeps to its event. */
  #anchored(): { readonly line: number; readonly event: string } | null {
    const line = this.#scroll.top > 0 ? Math.ceil(this.#scroll.top / this.#rowHeight()) : this.index
    const event = line === null ? undefined : this.#pages.row(line)?._id
    return line === null || event === undefined ? null : { line, event }
  }

  #keepPlace(by: number): void {
    if (this.index !== null) this.index = Math.max(0, this.index + by)
    if (this.#scroll.top <= 0) return
    const top = this.#scroll.top + by * this.#rowHeight()
    this.#scroll.moveTo(top)
    // The bar has room for that only once the lines that came are drawn.
    void tick().then(() => this.#scroll.moveTo(top))
    this.above = Math.max(0, this.above + by)
  }

  /** Its place in the listing; null where it has none, or another is looked for by now. */
  async #locate(what: 'event' | 'time', of: Sought): Promise<number | null> {
    const listing = this.#pages.listing
    if (!listing) return null
    const { filter, sort } = listing
    const query = { select: 'locate', filter, sort, of } as const
    this.#giveUp(what)
    const ticket = newTicket()
    this.#seeking[what] = ticket
    try {
      const { at } = (await this.#app.engine.ask(query, ticket, true)) as AnswerTo<typeof query>
      return this.#seeking[what] === ticket ? at : null
    } catch (error) {
      // Where this fails the rows fail too, and say why.
      if (isCancel(error) || what === 'event' || this.#seeking[what] !== ticket) return null
      throw error
    } finally {
      if (this.#seeking[what] === ticket) this.#seeking[what] = ''
    }
  }

  #giveUp(what: 'event' | 'time'): void {
    const ticket = this.#seeking[what]
    this.#seeking[what] = ''
    if (ticket !== '') this.#app.engine.cancel(ticket).catch(() => {})
  }
}
