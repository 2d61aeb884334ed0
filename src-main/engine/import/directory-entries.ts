import { parsePath, valueAt } from '../normalise/path'
import { type NameKind, type Shape, shapes } from './directory-shapes'
import { isObject } from './parse'

/** One entry of a directory: the ids by which logs may speak of it, and what it is called. */
export interface DirectoryEntry {
  readonly kind: NameKind
  readonly ids: readonly string[]
  readonly name: string
  readonly email?: string
}

/** Reads an entry; undefined where there is no id, or no name beside it. */
export type ReadEntry = (object: unknown, path: string) => (DirectoryEntry & { readonly title: string }) | undefined

/** An entry as one of the products known writes it. */
export const knownEntry: ReadEntry = (object, path) => {
  if (!isObject(object)) return undefined
  const text = textIn(object)
  for (const shape of shapes) {
    if (shape.lists && !shape.lists.test(path)) continue
    if (!shape.has.every((one) => valueAt(object, parsePath(one)) !== undefined)) continue
    if (shape.any && !shape.any.some((one) => valueAt(object, parsePath(one)) !== undefined)) continue
    const entry = entryFrom(shape, text)
    if (entry) return { ...entry, title: shape.title }
  }
  return undefined
}

const textIn = (object: object) => (path: string) => {
  const value = valueAt(object, parsePath(path))
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

/** The entry that stands at these paths, or in these columns. */
export function entryFrom(
  { kind, ids, names, email = [] }: Pick<Shape, 'kind' | 'ids' | 'names' | 'email'>,
  text: (path: string) => string
): DirectoryEntry | undefined {
  const found = [...new Set(ids.map(text).filter((id) => id !== ''))]
  const name = names.map(text).find((one) => one !== '')
  if (!found.length || name === undefined) return undefined
  const address = email.map(text).find((one) => one !== '')
  return { kind, ids: found, name, ...(address === undefined ? {} : { email: address }) }
}
