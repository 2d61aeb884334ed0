import type { AnyField, Value } from '../../src-main/contract/event'
import { allOf, everything, type Filter, not, oneOf } from '../../src-main/contract/filter'
import { parseQuery, printFilter } from '../../src-main/contract/query-text'
import { valuesFilter, valuesIn } from './field-values'
import { allTime, rangeFilter, type TimeRange } from './time-range'

/** Without what the log shows to be automation. What does not tell stays: an administrator's change without a name is no machine's. */
export const userActions: Filter = not(oneOf('event.user_action', false))

/** One chip: a part of the filter that can be negated, switched off and taken away by itself. */
export interface Clause {
  readonly id: string
  /** The view that made it. A view is never filtered by its own clause. */
  readonly owner?: string
  readonly filter: Filter
  readonly negated?: true
  readonly disabled?: true
}

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
  #past = $state.raw<readonly Choice[]>([])
  #future = $state.raw<readonly Choice[]>([])
  #choice = $state.raw(nothingChosen)
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
  readonly canUndo = $derived(this.#past.length > 0)
  readonly canRedo = $derived(this.#future.length > 0)
  /** Nothing is chosen: every event is shown. */
  readonly isEmpty = $derived(JSON.stringify(this.#choice) === JSON.stringify(nothingChosen) && this.#draft === '')

  /** `zone`: the zone in which times in the query text are meant. */
  constructor(zone: () => string) {
    this.#zone = zone
  }

  get clauses(): readonly Clause[] {
    return this.#choice.clauses
  }
  /** What stands in the query box, valid or not. */
  get text(): string {
    return this.#draft
  }
  get range(): TimeRange {
    return this.#choice.range
  }
  get userActionsOnly(): boolean {
    return this.#choice.userActionsOnly
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
    const [sameStep, before] = [this.#lastTyped, this.#choice]
    if (!this.problem) this.#choose({ text }, sameStep)
    this.#lastTyped = stillTyping && (sameStep || this.#choice !== before)
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
    this.#hold(field, value, owner, false)
  }

  /** No events with this value (null: without the field). */
  exclude(field: AnyField, value: Value | null, owner: string = field): void {
    this.#hold(field, value, owner, true)
  }

  /** Takes back an include or exclude of this value. */
  forget(field: AnyField, value: Value | null, owner: string = field): void {
    this.#setClauses(this.#without(field, value, owner))
  }

  /** Whether a view's value is asked for or kept out. */
  stateOf(field: AnyField, value: Value | null, owner: string = field): 'included' | 'excluded' | null {
    const clause = this.clauses.find((each) => !each.disabled && each.owner === owner && holds(each, field, value))
    return clause ? (clause.negated ? 'excluded' : 'included') : null
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
    const before = this.#past.at(-1)
    if (!before) return
    this.#future = [this.#choice, ...this.#future]
    this.#past = this.#past.slice(0, -1)
    this.#restore(before)
  }

  redo(): void {
    const [after, ...rest] = this.#future
    if (!after) return
    this.#past = [...this.#past, this.#choice]
    this.#future = rest
    this.#restore(after)
  }

  /** As it was on opening: another case. */
  reset(): void {
    this.#past = []
    this.#future = []
    this.selectedId = null
    this.#restore(nothingChosen)
  }

  #read(): Filter {
    return parseQuery(this.#choice.text, { zone: this.#zone() }).filter ?? everything
  }

  #print(): string {
    return printFilter(this.filter, { zone: this.#zone() })
  }

  #filter(owner?: string): Filter {
    const { range, userActionsOnly, clauses } = this.#choice
    return allOf(
      rangeFilter(range),
      userActionsOnly ? userActions : undefined,
      this.#textFilter,
      ...clauses
        .filter((clause) => !clause.disabled && (owner === undefined || clause.owner !== owner))
        .map((clause) => (clause.negated ? not(clause.filter) : clause.filter))
    )
  }

  #hold(field: AnyField, value: Value | null, owner: string, negated: boolean): void {
    const clauses = this.#without(field, value, owner)
    const at = clauses.findIndex(
      (clause) =>
        clause.owner === owner &&
        !clause.disabled &&
        Boolean(clause.negated) === negated &&
        valuesIn(clause.filter)?.field === field
    )
    const before = clauses[at]
    const values = [...((before && valuesIn(before.filter)?.values) ?? []), value]
    const filter = valuesFilter({ field, values })
    if (before) this.#setClauses(clauses.with(at, { ...before, filter }))
    else this.#setClauses([...clauses, { ...this.#clause(filter, owner), ...(negated && { negated: true }) }])
  }

  #without(field: AnyField, value: Value | null, owner: string): readonly Clause[] {
    return this.clauses.flatMap((clause) => {
      if (clause.owner !== owner || !holds(clause, field, value)) return [clause]
      const values = valuesIn(clause.filter)?.values.filter((each) => each !== value) ?? []
      return values.length === 0 ? [] : [{ ...clause, filter: valuesFilter({ field, values }) }]
    })
  }

  #clause(filter: Filter, owner: string | undefined): Clause {
    return { id: `clause-${this.#nextId++}`, filter, ...(owner !== undefined && { owner }) }
  }

  #change(id: string, change: (clause: Clause) => Clause): void {
    this.#setClauses(this.clauses.map((clause) => (clause.id === id ? change(clause) : clause)))
  }

  #setClauses(clauses: readonly Clause[]): void {
    this.#choose({ clauses })
  }

  #choose(change: Partial<Choice>, sameStep = false): void {
    const next = { ...this.#choice, ...change }
    if (JSON.stringify(next) === JSON.stringify(this.#choice)) return
    if (!sameStep) this.#past = [...this.#past.slice(-199), this.#choice]
    this.#future = []
    this.#choice = next
    this.#lastTyped = false
  }

  #restore(choice: Choice): void {
    this.#choice = choice
    this.#draft = choice.text
    this.problem = null
    this.#lastTyped = false
  }
}

const holds = (clause: Clause, field: AnyField, value: Value | null): boolean => {
  const held = valuesIn(clause.filter)
  return held !== null && held.field === field && held.values.includes(value)
}
