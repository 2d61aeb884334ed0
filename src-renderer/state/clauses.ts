import type { AnyField, Value } from '../../src-main/contract/event'
import { type Filter, not } from '../../src-main/contract/filter'
import { valuesFilter, valuesOf } from './field-values'

/** One chip: a part of the filter that can be negated, switched off and taken away by itself. */
export interface Clause {
  readonly id: string
  /** The view that made it. A view is never filtered by its own clause. */
  readonly owner?: string
  readonly filter: Filter
  readonly negated?: true
  readonly disabled?: true
}

/** A value of a field (null: without the field), as one view offers it. */
export interface Offered {
  readonly field: AnyField
  readonly value: Value | null
  readonly owner: string
}

/** What a chip asks for; undefined while it is switched off. */
export const clauseFilter = ({ filter, negated, disabled }: Clause): Filter | undefined =>
  disabled ? undefined : negated ? not(filter) : filter

const holds = ({ owner, filter }: Clause, offered: Offered): boolean =>
  owner === offered.owner && (valuesOf(filter, offered.field)?.includes(offered.value) ?? false)

/** Whether a view's value is asked for or kept out. */
export function stateIn(clauses: readonly Clause[], offered: Offered): 'included' | 'excluded' | null {
  const clause = clauses.find((each) => !each.disabled && holds(each, offered))
  return clause ? (clause.negated ? 'excluded' : 'included') : null
}

/** The chips with the value asked for, or kept out: the view's chip of the field is widened, or one is made. */
export function withValue(
  clauses: readonly Clause[],
  offered: Offered,
  negated: boolean,
  newId: () => string
): readonly Clause[] {
  const { field, value, owner } = offered
  const others = withoutValue(clauses, offered)
  const at = others.findIndex(
    (each) =>
      each.owner === owner &&
      !each.disabled &&
      Boolean(each.negated) === negated &&
      valuesOf(each.filter, field) !== null
  )
  const before = others[at]
  const filter = valuesFilter({ field, values: [...((before && valuesOf(before.filter, field)) ?? []), value] })
  if (before) return others.with(at, { ...before, filter })
  return [...others, { id: newId(), filter, owner, ...(negated && { negated: true }) }]
}

/** The chips without the value; one that held nothing else is gone. */
export function withoutValue(clauses: readonly Clause[], offered: Offered): readonly Clause[] {
  const { field, value } = offered
  return clauses.flatMap((clause) => {
    if (!holds(clause, offered)) return [clause]
    const values = valuesOf(clause.filter, field)?.filter((each) => each !== value) ?? []
    return values.length === 0 ? [] : [{ ...clause, filter: valuesFilter({ field, values }) }]
  })
}
