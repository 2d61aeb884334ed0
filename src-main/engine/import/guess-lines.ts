import type { Read } from '../../contract/source'
import { pairs } from './pairs'

// How lines of text begin: with the time, after a bracket perhaps, then perhaps a host or a level.
const beginnings: readonly (readonly [line: RegExp, pattern: string])[] = [
  [
    /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
    '^\\[?(?<time>\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,]+(?:Z| ?[+-]\\d\\d:?\\d\\d)?)\\]?\\s+'
  ],
  [/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/, '^(?<time>\\d{4}/\\d\\d/\\d\\d [\\d:]+)\\s+'],
  [
    /^<?\d*>?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d /,
    '^(?:<\\d+>)?(?<time>[A-Z][a-z]{2} +\\d{1,2} [\\d:]+) (?<host>\\S+) '
  ],
  [/^\d\d\.\d\d\.\d{4} \d\d:\d\d/, '^(?<time>\\d\\d\\.\\d\\d\\.\\d{4} [\\d:]+)\\s+']
]
const hasPairs = (line: string) => Object.keys(pairs(line) ?? {}).length > 1

/** How lines of text may be read, to begin with: the time they begin with, then their pairs if there are any, else the rest as prose. */
export function linesRead(head: string): Extract<Read, { as: 'lines' }> {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 200)
  const most = (fits: (line: string) => boolean) => lines.filter(fits).length > lines.length / 2
  const begins = beginnings.find(([line]) => most((one) => line.test(one)))?.[1]
  const rest = most(hasPairs) ? '(?<pairs>.*)$' : '(?<message>.*)$'
  return { as: 'lines', pattern: `${begins ?? '^'}${rest}` }
}

/** Whether text is lines of a log, though it may look like a table: its first line begins with a time, where a table has its header. */
export function isLines(head: string): boolean {
  const [first = ''] = head.trimStart().split(/\r\n|\n|\r/)
  return linesRead(head).pattern.includes('(?<time>') && beginnings.some(([line]) => line.test(first))
}
