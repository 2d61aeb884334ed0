import type { AnyField, Value } from '../../src-main/contract/event'
import { allOf, everything, type Filter, not, oneOf } from '../../src-main/contract/filter'
import { parseQuery, printFilter } from '../../src-main/contract/query-text'
import { type Clause, clauseFilter, stateIn, withoutValue, withValue } from './clauses'
import { History } from './history.svelte'
import { allTime, rangeFilter, type TimeRange } from './time-range'

/** Without what the log shows to be automation. What does not tell stays: an administrator's change without a name is no machine's. */
export const userActions: Filter = not(oneOf('event.user_action', false))

/** Where a query text goes wrong, and what could stand there instead. */
export interface QueryProblem {
  readonly message: string
  readonly from: number
  readonly to: number
  readonly suggestion?: string
}

/** Everything the analyst chose, as one value: what undo goes back to. */
interface Choice {
  readonly clauses: readonly Clause[]
  /** Always valid: what is not stays in the box alone. */
  readonly text: string
  readonly range: TimeRange
  readonly userActionsOnly: boolean
}

const nothingChosen: Choice = {
  clauses: [],
  text: '',
  range: allTime,
  userActionsOnly: false
}

/** The one filter of the window: chips, query text, time range, user actions only. Every view and count follows it. */
export class Selection {
  #zone: () => string
  #history = new History(nothingChosen)
  #draft = $state('')
  #lastTyped = false
  #nextId = 1

  /** What is wrong with the text in the box; the last valid text stays in force meanwhile. */
  problem = $state.raw<QueryProblem | null>(null)
  /** The event shown in detail. */
  selectedId = $state<string | null>(null)

  #textFilter = $derived(this.#read())
  readonly filter = $derived(this.#filter())
  /** The whole filter as query text. */
  readonly asText = $derived(this.#print())
  readonly canUndo = $derived(this.#history.canUndo)
  readonly canRedo = $derived(this.#history.canRedo)
  /** Nothing is chosen: every event is shown. */
  readonly isEmpty = $derived(JSON.stringify(this.#history.now) === JSON.stringify(nothingChosen) && this.#draft === '')

  /** `zone`: the zone in which times in the query text are meant. */
  constructor(zone: () => string) {
    this.#zone = zone
  }

  get clauses(): readonly Clause[] {
    return this.#history.now.clauses
  }
  /** What stands in the query box, valid or not. */
  get text(): string {
    return this.#draft
  }
  get range(): TimeRange {
    return this.#history.now.range
  }
  get userActionsOnly(): boolean {
    return this.#history.now.userActionsOnly
  }

  /** The filter without the clauses of one view: what that view itself is asked with. */
  filterFor(owner: string): Filter {
    return this.#filter(owner)
  }

  /** What is being typed: judged, but not in force yet. */
  draft(text: string): void {
    this.#draft = text
    const [error] = parseQuery(text, { zone: this.#zone() }).errors ?? []
    const { from = 0, to = text.length, suggestion } = error?.detail ?? {}
    this.problem = error ? { message: error.message, from, to, ...(suggestion !== undefined && { suggestion }) } : null
  }

  /** Puts a text in force, if it is valid. What is put while still being typed is one step to undo with what follows. */
  setText(text: string, stillTyping = false): void {
    this.draft(text)
    const sameStep = this.#lastTyped
    const changed = !this.problem && this.#choose({ text }, sameStep)
    this.#lastTyped = stillTyping && (sameStep || changed)
  }

  setRange(range: TimeRange): void {
    this.#choose({ range })
  }

  setUserActionsOnly(userActionsOnly: boolean): void {
    this.#choose({ userActionsOnly })
  }

  /** Adds a chip. */
  add(filter: Filter, owner?: string): void {
    this.#setClauses([...this.clauses, this.#clause(filter, owner)])
  }

  /** Puts this in place of everything the view has asked for; null takes it away. */
  replace(owner: string, filter: Filter | null): void {
    const others = this.clauses.filter((clause) => clause.owner !== owner)
    if (filter === null && others.length === this.clauses.length) return
    this.#setClauses(filter === null ? others : [...others, this.#clause(filter, owner)])
  }

  /** Only events with this value (null: without the field). Further values of the field from the same view widen the chip. */
  include(field: AnyField, value: Value | null, owner: string = field): void {
    this.#setClauses(withValue(this.clauses, { field, value, owner }, false, this.#newId))
  }

  /** No events with this value (null: without the field). */
  exclude(field: AnyField, value: Value | null, owner: string = field): void {
    this.#setClauses(withValue(this.clauses, { field, value, owner }, true, this.#newId))
  }

  /** Takes back an include or exclude of this value. */
  forget(field: AnyField, value: Value | null, owner: string = field): void {
    this.#setClauses(withoutValue(this.clauses, { field, value, owner }))
  }

  /** Whether a view's value is asked for or kept out. */
  stateOf(field: AnyField, value: Value | null, owner: string = field): 'included' | 'excluded' | null {
    return stateIn(this.clauses, { field, value, owner })
  }

  negate(id: string): void {
    this.#change(id, ({ negated, ...clause }) => (negated ? clause : { ...clause, negated: true }))
  }
  /** Switches a chip off, or on again, without taking it away. */
  toggle(id: string): void {
    this.#change(id, ({ disabled, ...clause }) => (disabled ? clause : { ...clause, disabled: true }))
  }
  disable(id: string): void {
    this.#change(id, (clause) => ({ ...clause, disabled: true }))
  }
  remove(id: string): void {
    this.#setClauses(this.clauses.filter((clause) => clause.id !== id))
  }
  /** Puts another filter into a chip: it was edited as text. It belongs to no view from then on. */
  edit(id: string, filter: Filter): void {
    this.#change(id, () => ({ id, filter }))
  }

  /** Back to every event. */
  clear(): void {
    this.#draft = ''
    this.problem = null
    this.#choose(nothingChosen)
  }

  undo(): void {
    if (this.#history.undo()) this.#restored()
  }

  redo(): void {
    if (this.#history.redo()) this.#restored()
  }

  /** As it was on opening: another case. */
  reset(): void {
    this.selectedId = null
    this.#history.reset(nothingChosen)
    this.#restored()
  }

  #read(): Filter {
    return parseQuery(this.#history.now.text, { zone: this.#zone() }).filter ?? everything
  }

  #print(): string {
    return printFilter(this.filter, { zone: this.#zone() })
  }

  #filter(owner?: string): Filter {
    const { range, userActionsOnly, clauses } = this.#history.now
    return allOf(
      rangeFilter(range),
      userActionsOnly ? userActions : undefined,
      this.#textFilter,
      ...clauses.filter((clause) => owner === undefined || clause.owner !== owner).map(clauseFilter)
    )
  }

  #newId = () => `clause-${this.#nextId++}`

  #clause(filter: Filter, owner: string | undefined): Clause {
    return { id: this.#newId(), filter, ...(owner !== undefined && { owner }) }
  }

  #change(id: string, change: (clause: Clause) => Clause): void {
    this.#setClauses(this.clauses.map((clause) => (clause.id === id ? change(clause) : clause)))
  }

  #setClauses(clauses: readonly Clause[]): void {
    this.#choose({ clauses })
  }

  #choose(change: Partial<Choice>, sameStep = false): boolean {
    const changed = this.#history.choose({ ...this.#history.now, ...change }, sameStep)
    if (changed) this.#lastTyped = false
    return changed
  }

  #restored(): void {
    this.#draft = this.#history.now.text
    this.problem = null
    this.#lastTyped = false
  }
}
