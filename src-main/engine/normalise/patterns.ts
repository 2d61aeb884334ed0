import { text } from '../store/sql'

const special = /[%_\\]/

/** SQL that gives the value of the first pattern (`user.*`, any case) that the lower-cased action `sql` fits. */
export function patternSql(sql: string, patterns: Readonly<Record<string, string>>): string {
  const branches: { value: string; exact: string[]; like: string[] }[] = []
  for (const [pattern, value] of Object.entries(patterns)) {
    // Patterns in a row with one value are one branch: the first match still wins.
    const last = branches.at(-1)
    const branch = last?.value === value ? last : { value, exact: [], like: [] }
    if (branch !== last) branches.push(branch)
    const lower = pattern.toLowerCase()
    if (lower.includes('*')) branch.like.push(like(sql, lower))
    else branch.exact.push(text(lower))
  }
  if (!branches.length) return 'NULL'
  const cases = branches.map(({ value, exact, like: likes }) => {
    const conditions = [...(exact.length ? [`${sql} IN (${exact.join(', ')})`] : []), ...likes]
    return `WHEN ${conditions.join(' OR ')} THEN ${text(value)}`
  })
  return `CASE ${cases.join(' ')} END`
}

function like(sql: string, pattern: string): string {
  if (pattern === '*') return `${sql} IS NOT NULL`
  const inner = pattern.slice(1, -1)
  if (pattern.endsWith('*') && !pattern.slice(0, -1).includes('*'))
    return `starts_with(${sql}, ${text(pattern.slice(0, -1))})`
  if (pattern.startsWith('*') && !pattern.slice(1).includes('*')) return `ends_with(${sql}, ${text(pattern.slice(1))})`
  if (pattern.startsWith('*') && pattern.endsWith('*') && !inner.includes('*'))
    return `contains(${sql}, ${text(inner)})`
  const escaped = [...pattern].map((one) => (one === '*' ? '%' : special.test(one) ? `\\${one}` : one)).join('')
  return `${sql} LIKE ${text(escaped)} ESCAPE '\\'`
}

/** The first pattern that an action fits, as `patternSql` tries them. */
export const patternFor = (patterns: Readonly<Record<string, string>>, action: string): string | undefined =>
  Object.keys(patterns).find((pattern) => wildcard(pattern.toLowerCase()).test(action.toLowerCase()))

const wildcard = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'))
      .join('.*')}$`,
    's'
  )
