import { allOf, type Filter, not, oneOf } from '../../src-main/contract/filter'
import { parseQuery, printFilter } from '../../src-main/contract/query-text'
import { type Clause, clauseFilter } from './clauses'
import { allTime, rangeFilter, readRange, type TimeRange } from './time-range'

/** Everything the analyst chose, as one value: what undo goes back to, and what the history of searches keeps. */
export interface Choice {
  readonly clauses: readonly Clause[]
  /** Always valid: what is not stays in the box alone. */
  readonly text: string
  readonly range: TimeRange
  readonly userActionsOnly: boolean
}

export const nothingChosen: Choice = {
  clauses: [],
  text: '',
  range: allTime,
  userActionsOnly: false
}

/** Without what the log shows to be automation. What does not tell stays: an administrator's change without a name is no machine's. */
export const userActions: Filter = not(oneOf('event.user_action', false))

/** The filter of a choice, with what its text means; of the chips those that a view's own clauses are not among. */
export function choiceFilter(choice: Choice, text: Filter, without?: string): Filter {
  const { range, userActionsOnly, clauses } = choice
  return allOf(
    rangeFilter(range),
    userActionsOnly ? userActions : undefined,
    text,
    ...clauses.filter((clause) => without === undefined || clause.owner !== without).map(clauseFilter)
  )
}

/** A choice as query text, whose times are in UTC; `zone`: the one its own text is meant in. */
export const choiceText = (choice: Choice, zone: string): string =>
  printFilter(choiceFilter(choice, parseQuery(choice.text, { zone }).filter ?? allOf()))

/** Whether they ask the same, however their chips came about. */
export const isSameChoice = (one: Choice, other: Choice): boolean => asked(one) === asked(other)

const asked = (choice: Choice) => JSON.stringify(choice, (name, value) => (name === 'id' ? undefined : value))

/** A choice from what was kept of one; nothing chosen where it cannot be read. */
export function readChoice(kept: unknown): Choice {
  if (typeof kept !== 'object' || kept === null) return nothingChosen
  const { clauses, text, range, userActionsOnly } = kept as Partial<Choice>
  const choice: Choice = {
    clauses: Array.isArray(clauses) ? clauses : [],
    text: typeof text === 'string' ? text : '',
    range: readRange(range),
    userActionsOnly: userActionsOnly === true
  }
  try {
    choiceText(choice, 'UTC')
    return choice
  } catch {
    // A filter of another version, or from another hand.
    return nothingChosen
  }
}

/**
 * A choice as it was kept, with the query text it was then. Where its own text would mean another filter by now, for its times were meant
 * in another zone, the filter stands as a chip.
 */
export function asKept(kept: unknown, query: string, zone: string): Choice {
  const choice = readChoice(kept)
  if (choiceText(choice, zone) === query) return choice
  const { filter } = parseQuery(query)
  return filter ? { ...nothingChosen, clauses: [{ id: `kept-${query}`, filter }] } : nothingChosen
}
