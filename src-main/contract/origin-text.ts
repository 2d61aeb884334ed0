import type { Field } from './event'
import type { Origin } from './event-detail'

const short = (text: string, most: number) => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}
const quoted = (text: string, most: number) => `“${short(text, most)}”`

/** Where a value comes from, on one line: the path with what was done on the way, or the rule. */
export function originLine({ path, sql, as, logged, parts, note }: Origin, most = 160): string {
  if (parts) {
    const each = Object.entries(parts).map(([name, part]) => `${name} ← ${originLine(part, most)}`)
    return each.join('; ')
  }
  const from = path ?? (sql === undefined ? 'the reader' : short(sql, most))
  return [
    from,
    ...(as === undefined ? [] : [`as ${as}`]),
    ...(logged === undefined ? [] : [`logged ${quoted(logged, most)}`]),
    ...(note === undefined ? [] : [note])
  ].join(', ')
}

/** The definition a rule stands in: `keycloak.admin (keycloak.admin.yaml, line 21)`. */
export const ruleText = ({ source, file, line, guessed }: Origin): string =>
  `${source}${file === undefined ? '' : ` (${file}, line ${line})`}${guessed ? ', which was guessed' : ''}`

/** Everything about where a value comes from, a line each. */
export function originLines(field: Field | `labels.${string}`, origin: Origin): readonly string[] {
  const { parts, read = [], lacking = [] } = origin
  if (parts) return Object.entries(parts).flatMap(([name, part]) => originLines(`labels.${name}`, part))
  const seen = read.map(({ path, logged }) => `${path} ${logged === undefined ? 'not logged' : quoted(logged, 80)}`)
  return [
    `${field} ← ${originLine(origin, 400)}`,
    ...(lacking.length ? [`before it would come ${lacking.join(', ')}: not in the record`] : []),
    ...(seen.length ? [`reads ${seen.join('; ')}`] : []),
    `rule of ${ruleText(origin)}`
  ]
}
