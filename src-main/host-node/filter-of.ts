import { AppError } from '../contract/errors'
import type { Filter } from '../contract/filter'
import { filterOf as filterOfText } from '../contract/query-text'

/** The filter of the words typed; a mistake is shown under the very place. */
export function filterOf(words: readonly string[]): Filter {
  const text = words.join(' ')
  try {
    return filterOfText(text)
  } catch (error) {
    if (!(error instanceof AppError) || error.detail.from === undefined) throw error
    const { from, to = from + 1, suggestion } = error.detail
    const marks = ' '.repeat(from) + '^'.repeat(Math.max(1, to - from))
    const hint = suggestion && !error.message.includes(suggestion) ? `\n  ${suggestion}` : ''
    throw new AppError(error.code, `${error.message}\n  ${text}\n  ${marks}${hint}`, error.detail)
  }
}
