import type { AnyField, Value } from '../../src-main/contract/event'
import { everything, type Filter } from '../../src-main/contract/filter'
import { parseQuery, printFilter } from '../../src-main/contract/query-text'
import { type Choice, choiceFilter, isSameChoice, nothingChosen } from './choice'
import { type Clause, stateIn, withoutValue, withValue } from './clauses'
import { History } from './history.svelte'
import { beginning, SearchTree } from './search-tree.svelte'
import type { TimeRange } from './time-range'

/** Where a query text goes wrong, and what could stand there instead. */
export interface QueryProblem {
  readonly message: string
  readonly from: number
  readonly to: number
  readonly suggestion?: string
}

/** A choice, and the search in the history of the case that it is. */
export interface Step {
  readonly search: string
  readonly choice: Choice
}

let made = 0
const start: Step = { search: beginning, choice: nothingChosen }

/** The one filter of a tab: chips, query text, time range, user actions only. Every view and count follows it. */
export class Selection {
  #zone: () => string
  #tree: SearchTree
  #history = new History(start)
  #draft = $state('')
  #lastTyped = false

  /** What is wrong with the text in the box; the last valid text stays in force meanwhile. */
  problem = $state.raw<QueryProblem | null>(null)
  /** The event shown in detail. */
  selectedId = $state<string | null>(null)

  #textFilter = $derived(this.#read())
  readonly filter = $derived(this.#filter())
  /** The whole filter as query text, which means the same in any zone. */
  readonly asText = $derived(this.#print())
  readonly canUndo = $derived(this.#history.canUndo)
  readonly canRedo = $derived(this.#history.canRedo)
  /** Nothing is chosen: every event is shown. */
  readonly isEmpty = $derived(isSameChoice(this.choice, nothingChosen) && this.#draft === '')

  /** `zone`: the zone in which times in the query text are meant; `tree`: the searches of the case, in all tabs. */
  constructor(zone: () => string, tree = new SearchTree(zone)) {
    this.#zone = zone
    this.#tree = tree
  }

  get choice(): Choice {
    return this.#history.now.choice
  }
  /** The search of the case's history that this is. */
  get search(): string {
    return this.#history.now.search
  }
  get clauses(): readonly Clause[] {
    return this.choice.clauses
  }
  /** What stands in the query box, valid or not. */
  get text(): string {
    return this.#draft
  }
  get range(): TimeRange {
    return this.choice.range
  }
  get userActionsOnly(): boolean {
    return this.choice.userActionsOnly
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

  /** Puts this, or all but this, in place of everything the view has asked for; null takes it away. */
  replace(owner: string, filter: Filter | null, negated?: 'negated'): void {
    const others = this.clauses.filter((clause) => clause.owner !== owner)
    if (filter === null && others.length === this.clauses.length) return
    const own = filter && { ...this.#clause(filter, owner), ...(negated && { negated: true as const }) }
    this.#setClauses(own ? [...others, own] : others)
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

  /** Back to an earlier search, or over to another branch: one step to undo. */
  goTo(search: string): void {
    if (this.#history.choose({ search, choice: this.#tree.choiceOf(search) })) this.#restored()
  }

  /** Puts a whole choice in force, as it was kept. */
  choose(choice: Choice): void {
    if (this.#choose(choice)) this.#restored()
  }

  /** As it was when it was left, at a search of the history where there is still that one; there is nothing to undo. */
  restore(choice: Choice, selectedId: string | null, search = beginning): void {
    this.selectedId = selectedId
    const same = isSameChoice(this.#tree.choiceOf(search), choice)
    this.#history.reset({ search: same ? search : this.#tree.add(beginning, choice), choice })
    this.#restored()
  }

  #read(): Filter {
    return parseQuery(this.choice.text, { zone: this.#zone() }).filter ?? everything
  }

  #print(): string {
    return printFilter(this.filter, { absolute: true })
  }

  #filter(owner?: string): Filter {
    return choiceFilter(this.choice, this.#textFilter, owner)
  }

  /** Chips are kept with their case: no two may be called the same, whenever they were made. */
  #newId = () => `${Date.now().toString(36)}-${++made}`

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
    const choice = { ...this.choice, ...change }
    if (isSameChoice(choice, this.choice)) return false
    const search = sameStep ? this.#tree.revise(this.search, choice) : this.#tree.add(this.search, choice)
    this.#history.choose({ search, choice }, sameStep)
    this.#lastTyped = false
    return true
  }

  #restored(): void {
    this.#draft = this.choice.text
    this.problem = null
    this.#lastTyped = false
  }
}
