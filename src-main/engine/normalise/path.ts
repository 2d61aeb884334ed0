import { AppError } from '../../contract/errors'

export type Step = string | number

// A step is a bare key, a key in double quotes (with \" and \\ inside), or a list index in brackets.
const step = /(?:(?:^|(?<!^)\.)(?:"((?:[^"\\]|\\["\\])*)"|([^."[\]]+))|\[(\d+)\])/y

/** The steps of a path as a source definition writes it: `a.b`, `"log.logger"`, `resources[0].id`. */
export function parsePath(path: string): Step[] {
  const steps: Step[] = []
  step.lastIndex = 0
  while (step.lastIndex < path.length || path === '') {
    const found = step.exec(path)
    if (!found) throw new AppError('source_invalid', `not a path: ${path}`)
    const [, quoted, bare, index] = found
    steps.push(index === undefined ? (quoted?.replaceAll(/\\(["\\])/g, '$1') ?? (bare as string)) : Number(index))
  }
  return steps
}

/** A path as a source definition writes it, from its steps. */
export function pathText(steps: readonly Step[]): string {
  const written = steps.map((one) => {
    if (typeof one === 'number') return `[${one}]`
    return /^[^."[\]\\]+$/.test(one) ? `.${one}` : `."${one.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return written.join('').replace(/^\./, '')
}

/** What stands at a path of a document; undefined where there is nothing. */
export function valueAt(document: unknown, path: readonly Step[]): unknown {
  let at = document
  for (const one of path) {
    if (typeof one === 'number') at = Array.isArray(at) ? at[one] : undefined
    else if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, one)) return undefined
    else at = (at as Record<string, unknown>)[one]
  }
  return at
}
