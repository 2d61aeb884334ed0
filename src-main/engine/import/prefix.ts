import { isObject, parse } from './parse'

const iso = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?`
const bsd = String.raw`[A-Z][a-z]{2} [ \d]\d(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?`

/** What programs write in front of a record when they pass it on, and the key under which it is kept; a dash stands for nothing. */
const headers: readonly (readonly [key: string, form: RegExp])[] = [
  [
    'syslog',
    /^(?:<(?<priority>\d{1,3})>)?1 (?<time>\S+) (?<host>\S+) (?<app>\S+) (?<process>\S+) (?<message_id>\S+) (?:-|(?<data>\[.*\]))\s*(?<text>.*)$/s
  ],
  ['container', new RegExp(`^(?<time>${iso}) (?<stream>stdout|stderr) [FP] (?<text>.*)$`, 's')],
  [
    'container',
    new RegExp(String.raw`^\[pod/(?<pod>[^/\]]+)/(?<name>[^\]]+)\] (?:(?<time>${iso}) )?(?<text>.*)$`, 's')
  ],
  ['container', new RegExp(String.raw`^(?<name>[\w.-]+)\s+\| (?:(?<time>${iso}) )?(?<text>.*)$`, 's')],
  [
    'syslog',
    new RegExp(
      String.raw`^(?:<(?<priority>\d{1,3})>)?(?<time>${bsd}|${iso}) (?<host>[^\s{]+) (?:(?<app>[^\s:[|{]+)(?:\[(?<process>[^\]]*)\])?:(?=\s|$))?\s*(?<text>.*)$`,
      's'
    )
  ],
  ['syslog', new RegExp(`^<(?<priority>\\d{1,3})>(?:(?<time>${bsd}|${iso}) )?(?<text>.*)$`, 's')],
  ['header', new RegExp(`^(?<time>${iso})\\s*(?<text>.*)$`, 's')]
]

const mostTried = 4

/**
 * The JSON object that stands at the end of a line behind a header, as text, with what the header says put into it; undefined where the line
 * is not so made.
 */
export function behindPrefix(line: string): string | undefined {
  const text = line.trimEnd()
  // What begins with a quote or a bracket is a line of JSON itself.
  if (!text.endsWith('}') || /^\s*(?:["{}\]]|\[(?!pod\/))/.test(text)) return undefined
  for (let at = text.indexOf('{'), tried = 0; at > 0 && tried < mostTried; at = text.indexOf('{', at + 1), tried++) {
    const record = parse(text.slice(at))
    if (!isObject(record)) continue
    const [key, said] = headerOf(text.slice(0, at))
    const name = Object.hasOwn(record, key) ? `${key}_header` : key
    const rest = text.slice(at + 1)
    return `{${JSON.stringify(name)}:${JSON.stringify(said)}${Object.keys(record).length ? ',' : ''}${rest}`
  }
  return undefined
}

function headerOf(text: string): readonly [key: string, said: object] {
  for (const [key, form] of headers) {
    const groups = form.exec(text)?.groups
    if (!groups) continue
    const { priority, ...others } = groups
    const level = priority === undefined ? {} : { facility: Number(priority) >> 3, severity: Number(priority) & 7 }
    const said = Object.entries(others).flatMap(([name, value]) => {
      const written = value?.trim() ?? ''
      return written === '' || written === '-' ? [] : [[name, written] as const]
    })
    return [key, { ...level, ...Object.fromEntries(said) }]
  }
  return ['header', { text: text.trim() }]
}
