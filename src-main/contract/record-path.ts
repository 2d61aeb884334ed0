/** A key of an object or an index of a list. */
export type Step = string | number
/** A step that leaves open which: `*`, any key of an object, `[*]`, any element of a list. */
export type AnyStep = typeof anyKey | typeof anyElement
export const anyKey = { any: 'key' } as const
export const anyElement = { any: 'element' } as const

const bareKey = /[^."[\]\\]+/y
const quotedKey = /"((?:[^"\\]|\\["\\])*)"/y
const index = /\[(\d+|\*)\]/y

/** The steps of a path into a record, `a.b`, `"odd.key"`, `items[0].id`, `items[*].id`, `a.*.b`; undefined where it is none. */
export function recordSteps(path: string): (Step | AnyStep)[] | undefined {
  const steps: (Step | AnyStep)[] = []
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
      steps.push(position[1] === '*' ? anyElement : Number(position[1]))
      continue
    }
    if (steps.length > 0) {
      if (path[at] !== '.') return undefined
      at++
    }
    const quoted = next(quotedKey)
    const key = quoted ? quoted[1]?.replaceAll(/\\(["\\])/g, '$1') : next(bareKey)?.[0]
    if (key === undefined) return undefined
    steps.push(!quoted && key === '*' ? anyKey : key)
  }
  return steps.length > 0 ? steps : undefined
}

// What the query language takes as part of a field's name without quotes.
const plainKey = /^[\p{L}\p{N}_$#@-]+$/u

/** A path into a record from its steps, as a query writes it after `record.`. */
export function recordPath(steps: readonly (Step | AnyStep)[]): string {
  const written = steps.map((step) => {
    if (typeof step === 'object') return step.any === 'key' ? '.*' : '[*]'
    if (typeof step === 'number') return `[${step}]`
    return plainKey.test(step) ? `.${step}` : `."${step.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return written.join('').replace(/^\./, '')
}
