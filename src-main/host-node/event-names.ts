import type { EventRow } from '../contract/event'
import type { IdAsked, IdField } from '../contract/names'
import type { Engine } from '../contract/rpc'

/** What directories call the ids in one event, field by field. */
export type EventNames = { readonly [F in IdField]?: readonly string[] }

/** What directories call the ids of these events in these fields, event by event. */
export async function namesIn(
  engine: Engine,
  rows: readonly EventRow[],
  fields: readonly IdField[]
): Promise<readonly EventNames[]> {
  const asked = rows.flatMap((row, at) => fields.flatMap((field) => askedIn(row, field, at)))
  const found = asked.length ? await engine.namesOf(asked.map(({ one }) => one)) : []
  const names: Record<string, readonly string[]>[] = rows.map(() => ({}))
  for (const [index, { at, one }] of asked.entries()) {
    const said = [...new Set((found[index] ?? []).map(({ name }) => name))]
    if (said.length) Object.assign(names[at] as object, { [one.field]: said })
  }
  return names
}

function askedIn(row: EventRow, field: IdField, at: number): { at: number; one: IdAsked }[] {
  const [id, type] = [row[field], row['resource.type']]
  if (typeof id !== 'string') return []
  return [{ at, one: { field, id, ...(typeof type === 'string' ? { type } : {}) } }]
}

/** `0c1f… (alice)`: the name stands beside the id, never in its place. */
export const withName = (text: string, names: readonly string[] | undefined): string =>
  names?.length ? `${text} (${names.join(' / ')})` : text
