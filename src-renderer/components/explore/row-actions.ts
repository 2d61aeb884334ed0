import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { mostEvents } from '../../../src-main/contract/event-ids'
import { printFilter } from '../../../src-main/contract/query-text'
import type { App } from '../../state/app.svelte'
import { eventLink } from '../../state/case-link'
import { copy } from '../../state/copy'
import { counted } from '../../state/format'
import { askForTag, toggleStar } from '../../state/marking'
import type { MenuItem } from '../../state/menu-item'
import type { Column } from './columns'
import { type RowForm, rowsAsJson, rowsAsMarkdown, rowsAsTsv } from './copy-rows'
import type { EventPages } from './event-pages.svelte'
import { allFields, cutNote, mostCopied, pickedRows } from './picked-rows'

/** What can be done with the row under the pointer, or with all that are picked together. */
export function rowActions(
  app: App,
  pages: EventPages,
  columns: readonly Column[],
  row: EventRow
): readonly MenuItem[] {
  const several = app.picked.count > 1
  const what = several ? counted(app.picked.count, 'row') : 'row'
  const as = (form: RowForm) => () => void copyRows(app, pages, columns, form, row)
  const starred = app.marks.of(row._id)?.star !== undefined
  return [
    'line',
    {
      title: several ? `Star ${what}` : starred ? 'Take the star off' : 'Star',
      keys: 'm',
      run: () => void toggleStar(app, several ? undefined : row._id)
    },
    {
      title: several ? `Tag ${what}, or comment` : 'Tag or comment',
      keys: 'shift+m',
      run: () => askForTag(app, several ? null : row._id)
    },
    'line',
    { heading: several ? `Copy ${what}` : 'Copy the row' },
    { title: 'Tab-separated', keys: 'mod+c', run: as('tsv') },
    { title: several ? 'Events as JSON' : 'Event as JSON', keys: 'shift+c', run: as('json') },
    { title: 'Markdown table', run: as('markdown') },
    { title: 'Query that finds it', run: () => void copyQuery(app, pages, row) },
    ...(several ? [] : [{ title: 'Link to the event', keys: 'l', run: () => void copyLink(app, row._id) }])
  ]
}

/** Copies what is picked, or this one row, and says how much that was. */
export async function copyRows(
  app: App,
  pages: EventPages,
  columns: readonly Column[],
  form: RowForm,
  row: EventRow | undefined
): Promise<void> {
  const several = app.picked.count > 1
  const fields: readonly AnyField[] = form === 'json' ? allFields : columns.flatMap((column) => column.shows.flat())
  await said(app, async () => {
    const rows = several ? await pickedRows(app, pages, fields) : await single(app, row, fields)
    if (rows.length === 0) return null
    await copy(
      form === 'json'
        ? rowsAsJson(rows)
        : form === 'markdown'
          ? rowsAsMarkdown(rows, columns, app.zone)
          : rowsAsTsv(rows, columns, app.zone, several)
    )
    return [`Copied ${counted(rows.length, 'row')}`, cutNote(several ? app.picked.count : 1)]
  })
}

/** The event with all its fields, where the table shows but some. */
async function single({ engine }: App, row: EventRow | undefined, fields: readonly AnyField[]) {
  if (!row) return []
  return fields === allFields ? [(await engine.show(row._id, true)).event] : [row]
}

/** Copies query text that finds exactly these events, in this case or another with the same evidence. */
async function copyQuery(app: App, pages: EventPages, row: EventRow): Promise<void> {
  await said(app, async () => {
    const picked = app.picked.count > 1 ? await pickedRows(app, pages, []) : [row]
    const ids = picked.slice(0, mostEvents).map(({ _id }) => _id)
    await copy(printFilter({ kind: 'events', ids }))
    const cut = app.picked.count > Math.min(mostEvents, mostCopied)
    return [`Copied a query for ${counted(ids.length, 'event')}`, cut ? 'A query holds no more.' : null]
  })
}

/** Copies a link that opens the case at this event, with what it is looked at by. */
export async function copyLink(app: App, id: string): Promise<void> {
  await said(app, async () => {
    await copy(eventLink(app, id))
    return ['Copied a link to the event', null]
  })
}

async function said(app: App, work: () => Promise<readonly [string, string | null] | null>): Promise<void> {
  try {
    const done = await work()
    if (done) app.notices.done(done[0], ...(done[1] ? [done[1]] : []))
  } catch (error) {
    app.notices.failed('Nothing was copied', error)
  }
}
