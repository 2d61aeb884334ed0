import { type AnyField, type EventRow, fieldNames } from '../../../src-main/contract/event'
import type { AnswerTo } from '../../../src-main/contract/query'
import type { App } from '../../state/app.svelte'
import { count } from '../../state/format'
import type { EventPages } from './event-pages.svelte'

/** So many rows go to the clipboard at most. */
export const mostCopied = 20_000
const atOnce = 2_000

/** The rows picked together, with these fields, in the order they are listed. */
export async function pickedRows(
  app: Pick<App, 'engine' | 'picked'>,
  pages: EventPages,
  fields: readonly AnyField[],
  most = mostCopied
): Promise<readonly EventRow[]> {
  const { listing } = pages
  if (!listing) return []
  const rows: EventRow[] = []
  for (const { from, to } of app.picked.runs)
    for (let offset = from; offset < to && rows.length < most; offset += atOnce) {
      const limit = Math.min(atOnce, to - offset, most - rows.length)
      const query = { select: 'rows', filter: listing.filter, sort: listing.sort, fields, limit, offset } as const
      rows.push(...((await app.engine.ask(query)) as AnswerTo<typeof query>).rows)
    }
  return rows
}

/** One event with these fields, whether it is listed or not. */
export async function eventRow({ engine }: Pick<App, 'engine'>, id: string, fields: readonly AnyField[]) {
  if (fields === allFields) return (await engine.show(id, true)).event
  const query = { select: 'rows', filter: { kind: 'events', ids: [id] }, fields, limit: 1 } as const
  const { rows } = (await engine.ask(query)) as AnswerTo<typeof query>
  // What another event tells too is not listed, and can be read all the same.
  return rows[0] ?? (await engine.show(id, true)).event
}

/** Every field there is, for who copies events and not what the table shows of them. */
export const allFields: readonly AnyField[] = fieldNames

/** What is said of a copy that is not all that was picked. */
export const cutNote = (picked: number): string | null =>
  picked > mostCopied ? `Of ${count(picked)} rows the first ${count(mostCopied)}: a clipboard holds no more.` : null
