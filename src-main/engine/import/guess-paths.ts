import { pathText, type Step } from '../normalise/path'

/** One path of the documents a guess looks at: what its name says, and the values that stand there. */
export interface Seen {
  readonly path: string
  readonly steps: readonly Step[]
  /** Values present: no null, no empty text, no dash. */
  readonly values: unknown[]
  /** A dash, as web servers write it, stood for "nothing". */
  dashes: number
}

const deepest = 6
const most = 500

/** Every path of the documents, with its values; objects are values too, for before and after. Of a list only the first. */
export function seenPaths(documents: readonly unknown[]): Map<string, Seen> {
  const seen = new Map<string, Seen>()
  for (const document of documents.slice(0, 500)) walk(document, [], seen)
  return seen
}

function walk(value: unknown, steps: readonly Step[], seen: Map<string, Seen>): void {
  if (value === null || value === undefined || value === '') return
  if (steps.length) note(value, steps, seen)
  if (typeof value !== 'object' || steps.length >= deepest) return
  if (Array.isArray(value)) walk(value[0], [...steps, 0], seen)
  else for (const [key, inner] of Object.entries(value)) walk(inner, [...steps, key], seen)
}

function note(value: unknown, steps: readonly Step[], seen: Map<string, Seen>): void {
  if (steps[0] === 0) return
  const path = pathText(steps)
  let found = seen.get(path)
  if (!found) {
    if (seen.size >= most) return
    found = { path, steps, values: [], dashes: 0 }
    seen.set(path, found)
  }
  if (value === '-') found.dashes++
  else found.values.push(value)
}

/** The words of a name in lower case: `userAgent`, `user_agent` and `User Agent` are the same two. */
const words = (name: string) =>
  name
    .normalize('NFC')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** A path's keys run together in lower case; a flat name with dots is taken as a path. */
export const keysOf = ({ steps }: Seen): string[] =>
  steps
    .filter((step) => typeof step === 'string')
    .flatMap((key) => key.split('.'))
    .map((key) => words(key).join(''))

/** A path's names without separators, from the last key alone to the whole path. */
export function namesOf(seen: Seen): string[] {
  const run = keysOf(seen)
  return run.map((_, index) => run.slice(run.length - 1 - index).join(''))
}
