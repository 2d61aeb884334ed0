import type { Filter } from '../../../src-main/contract/filter'
import { valuesFilter, valuesIn } from '../../state/field-values'

/** What a chart's clause chose: the clauses of its bars, cells or slices. */
export function partsOf(clause: Filter): readonly Filter[] {
  const held = valuesIn(clause)
  if (held) return held.values.map((value) => valuesFilter({ field: held.field, values: [value] }))
  return clause.kind === 'or' ? clause.of.flatMap(partsOf) : [clause]
}

/** One clause for all of these; values of one field become one list. */
function joined(parts: readonly Filter[]): Filter | null {
  const [first, ...others] = parts
  if (!first || others.length === 0) return first ?? null
  const held = parts.map(valuesIn)
  const field = held[0]?.field
  if (field !== undefined && held.every((each) => each?.field === field))
    return valuesFilter({ field, values: held.flatMap((each) => each?.values ?? []) })
  return { kind: 'or', of: parts }
}

/** Whether the two are the same filter, however it was written. */
const same = (a: Filter, b: Filter): boolean => canonical(a) === canonical(b)

const canonical = (filter: Filter): string => {
  const held = valuesIn(filter)
  return JSON.stringify(held ? valuesFilter(held) : filter)
}

/** Whether all that the clause asks for is among what was chosen. */
export const isChosen = (chosen: readonly Filter[], clause: Filter): boolean =>
  partsOf(clause).every((part) => chosen.some((each) => same(each, part)))

/**
 * The clause after a click on a bar: it alone, or nothing if it was alone already. With `adding`, it joins or leaves what is
 * chosen.
 */
export function afterClick(chosen: readonly Filter[], clicked: Filter, adding: boolean): Filter | null {
  const parts = partsOf(clicked)
  const was = isChosen(chosen, clicked)
  if (!adding) return was && chosen.length === parts.length ? null : clicked
  const others = chosen.filter((each) => !parts.some((part) => same(each, part)))
  return joined(was ? others : [...others, ...parts])
}
