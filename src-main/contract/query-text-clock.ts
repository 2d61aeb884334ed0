import { AppError } from './errors'
import { knownField } from './query-text-field'

const form = /^(\S+?)\s*[:=<>]\s*[<>=]*(\d{4}-\d\d-\d\d)(\s+)(\d{1,2}:\d\d(?::\d\d)?\S*)$/

/** That `@timestamp:2026-03-09 09:41`, which would look for the text 09:41, joins date and time by a T; undefined for any other text. */
export function spacedTime(text: string, from: number, to: number): AppError | undefined {
  const [, field = '', day = '', gap = '', time = ''] = form.exec(text.slice(from, to)) ?? []
  if (knownField(field) !== '@timestamp') return undefined
  return new AppError('query_syntax', 'Between a date and its time stands a T, or both stand in quotes.', {
    from: to - day.length - gap.length - time.length,
    to,
    suggestion: `${day}T${time.padStart(time.length + (time[1] === ':' ? 1 : 0), '0')}`
  })
}
