import type { Source } from '../../contract/source'
import { parsePath, valueAt } from './path'

const written = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Whether a record is of the source these rules describe. */
export function matches(recognise: Source['recognise'], document: unknown): boolean {
  const at = (path: string) => valueAt(document, parsePath(path)) ?? undefined
  const present = (path: string) => at(path) !== undefined
  const { all, any, none = [], equals = {} } = recognise
  if (!all.every(present) || none.some(present)) return false
  if (any && !any.some(present)) return false
  return Object.entries(equals).every(([path, texts]) => present(path) && [texts].flat().includes(written(at(path))))
}
