import { pathText, type Step } from './path'

const chain = /\brecord((?:\s*->>?\s*(?:'[^']*'|\d+))+)/g
const arrow = /->>?\s*(?:'([^']*)'|(\d+))/g

/** The paths of the record that a definition's SQL reads: `record->'a'->>'b'` reads `a.b`. */
export function sqlPaths(sql: string): readonly string[] {
  const paths = [...sql.matchAll(chain)].map(([, arrows = '']) =>
    pathText([...arrows.matchAll(arrow)].map(([, key, index]): Step => key ?? Number(index)))
  )
  return [...new Set(paths)]
}
