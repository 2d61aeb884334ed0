import type { Filter } from '../../src-main/contract/filter'
import { printFilter } from '../../src-main/contract/query-text'

// Within single quotes a shell takes everything as it stands, but for the quote itself.
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The command that lists what is on screen. */
export const searchCommand = (text: string, folder: string): string =>
  `spoor search ${quoted(text)} --case ${quoted(folder)}`

/** The command that compares two sets of events in these fields. */
export const compareCommand = (a: Filter, b: Filter, folder: string, fields: readonly string[]): string =>
  `spoor compare ${quoted(printFilter(a))} ${quoted(printFilter(b))} --case ${quoted(folder)} --by ${quoted(fields.join(','))}`
