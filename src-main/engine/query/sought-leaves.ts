import type { Filter } from '../../contract/filter'

/** More values than this are looked up in a list of their own, in one pass. */
const most = 50

/** Whether this part of a filter is on something within records: to tell takes reading all of them. */
const inRecords = (leaf: Filter): boolean =>
  'field' in leaf && leaf.field?.startsWith('record.') === true && !(leaf.kind === 'is' && leaf.values.length > most)

const isSought = (leaf: Filter): boolean => (leaf.kind === 'words' ? leaf.text !== '' : inRecords(leaf))

/** The parts of a filter that have to be looked for in records: words, and what stands at a path. */
export function soughtIn(filter: Filter): Filter[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.flatMap(soughtIn)
  if (filter.kind === 'not') return soughtIn(filter.of)
  return isSought(filter) ? [filter] : []
}

/** The filter with those parts seen to. */
export function withSought(filter: Filter, as: (leaf: Filter, negated: boolean) => Filter, negated = false): Filter {
  if (filter.kind === 'and' || filter.kind === 'or')
    return { ...filter, of: filter.of.map((one) => withSought(one, as, negated)) }
  if (filter.kind === 'not') return { ...filter, of: withSought(filter.of, as, !negated) }
  return isSought(filter) ? as(filter, negated) : filter
}

const never: Filter = { kind: 'or', of: [] }
const always: Filter = { kind: 'and', of: [] }

/** A filter that passes all that the given one passes, whatever is found in records. */
export const whateverFound = (filter: Filter): Filter => withSought(filter, (_, negated) => (negated ? never : always))
