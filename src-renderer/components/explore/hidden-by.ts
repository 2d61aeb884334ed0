import { everything, type Filter, not } from '../../../src-main/contract/filter'
import { userActions } from '../../state/choice'
import type { Clause } from '../../state/clauses'
import { valuesIn } from '../../state/field-values'
import type { Selection } from '../../state/selection.svelte'
import { rangeFilter } from '../../state/time-range'
import { fieldTitle } from '../../state/value-text'

/** One part of the filter, and the filter without it. */
export interface Part {
  readonly title: string
  readonly filter: Filter
  readonly without: Filter
  readonly clear: () => void
}

type Parts = Pick<
  Selection,
  'filter' | 'range' | 'userActionsOnly' | 'clauses' | 'text' | 'setRange' | 'setUserActionsOnly' | 'remove' | 'setText'
>

/** The parts of the filter that can be taken away one by one, to see which of them hides everything. */
export function filterParts(selection: Parts): Part[] {
  const parts: Part[] = []
  let rest = selection.filter
  const add = (title: string, filter: Filter, clear: () => void) => {
    const without = leaveOut(selection.filter, filter)
    rest = leaveOut(rest, filter)
    if (without !== selection.filter) parts.push({ title, filter, without, clear })
  }
  if (selection.range.kind !== 'all')
    add('The time range', rangeFilter(selection.range), () => selection.setRange({ kind: 'all' }))
  if (selection.userActionsOnly) add('“User actions only”', userActions, () => selection.setUserActionsOnly(false))
  for (const clause of selection.clauses.filter((each) => !each.disabled))
    add(`The filter ${clauseTitle(clause)}`, clause.negated ? not(clause.filter) : clause.filter, () =>
      selection.remove(clause.id)
    )
  if (selection.text.trim() !== '') add('The search text', rest, () => selection.setText(''))
  return parts
}

/** A filter without some of its parts; the very same where it has none of them. */
function leaveOut(filter: Filter, part: Filter): Filter {
  const gone = new Set(partsOf(part).map((each) => JSON.stringify(each)))
  const kept = partsOf(filter).filter((each) => !gone.has(JSON.stringify(each)))
  if (kept.length === partsOf(filter).length) return filter
  return kept.length === 0 ? everything : { kind: 'and', of: kept }
}

const partsOf = (filter: Filter): readonly Filter[] => (filter.kind === 'and' ? filter.of : [filter])

function clauseTitle({ filter, negated }: Clause): string {
  const held = valuesIn(filter)
  if (!held) return negated ? '(negated)' : ''
  const values = held.values.map((value) => (value === null ? 'absent' : String(value).slice(0, 40)))
  return `“${negated ? 'not ' : ''}${fieldTitle(held.field).toLowerCase()}: ${values.slice(0, 3).join(', ')}”`
}
