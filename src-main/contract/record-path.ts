/** A key of an object or an index of a list. */
export type Step = string | number

const bareKey = /[^."[\]\\]+/y
const quotedKey = /"((?:[^"\\]|\\["\\])*)"/y
const index = /\[(\d+)\]/y

/** The steps of a path into a record, `a.b`, `"odd.key"`, `items[0].id`; undefined where it is none. */
export function recordSteps(path: string): Step[] | undefined {
  const steps: Step[] = []
  let at = 0
  const next = (token: RegExp) => {
    token.lastIndex = at
    const found = token.exec(path)
    if (found) at = token.lastIndex
    return found
  }
  while (at < path.length) {
    const position = steps.length > 0 ? next(index) : null
    if (position) {
      steps.push(Number(position[1]))
      continue
    }
    if (steps.length > 0) {
      if (path[at] !== '.') return undefined
      at++
    }
    const quoted = next(quotedKey)
    const key = quoted ? quoted[1]?.replaceAll(/\\(["\\])/g, '$1') : next(bareKey)?.[0]
    if (key === undefined) return undefined
    steps.push(key)
  }
  return steps.length > 0 ? steps : undefined
}

// What the query language takes as part of a field's name without quotes.
const plainKey = /^[\p{L}\p{N}_$#@-]+$/u

/** A path into a record from its steps, as a query writes it after `record.`. */
export function recordPath(steps: readonly Step[]): string {
  const written = steps.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return plainKey.test(step) ? `.${step}` : `."${step.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return written.join('').replace(/^\./, '')
}
