import type { AnyField, RecordField } from '../../src-main/contract/event'
import type { Filter } from '../../src-main/contract/filter'
import { nearest } from '../../src-main/contract/nearest'
import type { Engine } from '../../src-main/contract/rpc'

/** A path that a query asks for and that no record looked at has: misspelt, or rare. */
export interface UnseenPath {
  readonly field: RecordField
  readonly looked: number
  readonly near?: RecordField
}

/** The paths into records that a filter asks for. */
export function pathsOf(filter: Filter): readonly RecordField[] {
  if (filter.kind === 'and' || filter.kind === 'or') return [...new Set(filter.of.flatMap(pathsOf))]
  if (filter.kind === 'not') return pathsOf(filter.of)
  return 'field' in filter && filter.field && isPath(filter.field) ? [filter.field] : []
}

const isPath = (field: AnyField): field is RecordField => field.startsWith('record.')

/** Which of these paths no record looked at has, with the one that was probably meant. */
export async function unseenPaths(engine: Engine, fields: readonly RecordField[]): Promise<readonly UnseenPath[]> {
  // An open step stands for many keys, and a place in a list for any.
  const plain = fields.filter((field) => !/\.\*|\[/.test(field))
  const answers = await Promise.all(plain.map((field) => engine.recordPaths(field, 5)))
  const lost = plain.flatMap((field, at) => {
    const { looked = 0, paths = [] } = answers[at] ?? {}
    return looked === 0 || paths.some((path) => path.field === field || path.field.startsWith(`${field}.`))
      ? []
      : [{ field, looked }]
  })
  return Promise.all(
    lost.map(async ({ field, looked }) => {
      const cut = Math.max(field.lastIndexOf('.'), field.indexOf('.'))
      const [beside, alike] = await Promise.all([
        engine.recordPaths(`${field.slice(0, cut)}.`, 200),
        engine.recordPaths(field.slice(cut + 1).replaceAll('"', ''), 1)
      ])
      const near =
        alike.paths[0]?.field ??
        nearestPath(
          field,
          beside.paths.map((path) => path.field)
        )
      return { field, looked, ...(near && { near }) }
    })
  )
}

const nearestPath = (field: RecordField, known: readonly RecordField[]): RecordField | undefined =>
  nearest(field, known) as RecordField | undefined
