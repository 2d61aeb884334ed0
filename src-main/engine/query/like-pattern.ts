import { patternParts } from '../../contract/wildcard'

/** A pattern with `*` and `?` as LIKE takes it, with a backslash before what it would take for more than it is. */
export const likePattern = (pattern: string): string =>
  patternParts(pattern)
    .map((part) => (typeof part === 'string' ? part.replaceAll(/[%_\\]/g, '\\$&') : part.any === '*' ? '%' : '_'))
    .join('')
