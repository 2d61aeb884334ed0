import { recordSteps } from '../../contract/record-path'

const known = new Map<string, readonly (string | number)[]>()

function stepsOf(path: string): readonly (string | number)[] {
  const held = known.get(path)
  if (held) return held
  const steps = (recordSteps(path) ?? [path]).filter((step) => typeof step !== 'object')
  known.set(path, steps)
  return steps
}

/** What stands at a path of an answer; undefined where there is nothing. */
export function atPath(document: unknown, path: string): unknown {
  let at = document
  for (const step of stepsOf(path)) {
    if (typeof step === 'number') at = Array.isArray(at) ? at[step] : undefined
    else if (at === null || typeof at !== 'object' || !Object.hasOwn(at, step)) return undefined
    else at = (at as Record<string, unknown>)[step]
  }
  return at
}
