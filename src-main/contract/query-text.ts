import type { AppError } from './errors'
import type { Filter } from './filter'
import { syntaxFault } from './query-text-fault'
import { normalFilter } from './query-text-normal'
import type { TextOptions } from './query-text-print'
import { FilterReader } from './query-text-read'
import { queryTree } from './query-tree'

export { type Completions, complete } from './query-text-complete'
export { describeFilter } from './query-text-describe'
export type { Completion } from './query-text-fields'
export { type Highlight, highlight } from './query-text-highlight'
export { normalFilter } from './query-text-normal'
export { printFilter, type TextOptions } from './query-text-print'

export type Parsed =
  | { readonly filter: Filter; readonly errors?: undefined }
  | { readonly filter?: undefined; readonly errors: readonly [AppError, ...AppError[]] }

/** What a query text means, or what is wrong with it and where. An empty text is every event. */
export function parseQuery(text: string, { zone = 'UTC', now = Date.now() }: TextOptions = {}): Parsed {
  const tree = queryTree(text)
  const fault = syntaxFault(text, tree)
  if (fault) return { errors: [fault] }
  const reader = new FilterReader(text, { zone, now })
  const filter = reader.read(tree.topNode)
  const [first, ...more] = reader.errors
  return first ? { errors: [first, ...more] } : { filter: normalFilter(filter) }
}

/** The filter of a query text; throws what is wrong with it. */
export function filterOf(text: string, options: TextOptions = {}): Filter {
  const parsed = parseQuery(text, options)
  if (parsed.errors) throw parsed.errors[0]
  return parsed.filter
}
