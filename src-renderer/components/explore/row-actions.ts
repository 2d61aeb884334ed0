import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { mostEvents } from '../../../src-main/contract/event-ids'
import { printFilter } from '../../../src-main/contract/query-text'
import type { App } from '../../state/app.svelte'
import { eventLink } from '../../state/case-link'
import { copy } from '../../state/copy'
import { counted } from '../../state/format'
import { askForTag, toggleStar } from '../../state/marking'
import type { MenuItem } from '../../state/menu-item'
import type { CellPlace } from './cell-place'
import type { Column } from './columns'
import { type RowForm, rowsAsJson, rowsAsMarkdown, rowsAsTsv } from './copy-rows'
import type { EventPages } from './event-pages.svelte'
import { allFields, cutNote, eventRow, pickedRows } from './picked-rows'

/** Opens the menu of a value in a line of the table, with what can be done with its row; of a group that of the value it is of. */
export function openRowMenu(
  app: App,
  pages: EventPages,
  columns: readonly Column[],
  event: MouseEvent | KeyboardEvent,
  index: number,
  place: CellPlace | null
): void {
  const line = pages.line(index)
  const group = pages.listing?.group
  if (line?.kind === 'group' && group) app.valueMenu.show(event, { field: group, value: line.group.key[0] ?? null })
  if (!place) return
  // What is picked together is acted upon together; a click beside it is about that row.
  if (!app.picked.has(index)) app.picked.clear()
  app.valueMenu.show(event, place, rowActions(app, pages, columns, place.event))
}

/** What can be done with the row under the pointer, or with all that are picked together. */
function rowActions(app: App, pages: EventPages, columns: readonly Column[], row: EventRow): readonly MenuItem[] {
  const several = app.picked.count > 1
  const what = several ? counted(app.picked.count, 'row') : 'row'
  const as = (form: RowForm) => () => void copyRows(app, pages, columns, form, row._id)
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
    {
      title: several ? 'Query that finds them' : 'Query that finds it',
      run: () => void copyQuery(app, pages, row._id)
    },
    ...(several ? [] : [{ title: 'Link to the event', keys: 'l', run: () => void copyLink(app, row._id) }])
  ]
}

/** Copies what is picked, else this one event, and says how much that was. */
export async function copyRows(
  app: App,
  pages: EventPages,
  columns: readonly Column[],
  form: RowForm,
  event: string | null
): Promise<void> {
  const picked = app.picked.count
  if (picked === 0) return event === null ? undefined : copyEvent(app, columns, form, event)
  await said(app, async () => {
    const rows = await pickedRows(app, pages, fieldsFor(form, columns))
    if (rows.length === 0) return null
    await copy(asText(app, columns, form, rows, picked > 1))
    return [`Copied ${counted(rows.length, 'row')}`, cutNote(picked)]
  })
}

/** Copies one event, as a row with these columns or whole; `head`: with their names above. */
export async function copyEvent(
  app: App,
  columns: readonly Column[],
  form: RowForm,
  event: string,
  head = false
): Promise<void> {
  await said(app, async () => {
    await copy(asText(app, columns, form, [await eventRow(app, event, fieldsFor(form, columns))], head))
    return [`Copied ${counted(1, 'row')}`, null]
  })
}

const fieldsFor = (form: RowForm, columns: readonly Column[]): readonly AnyField[] =>
  form === 'json' ? allFields : columns.flatMap((column) => column.shows.flat())

function asText(
  { zone }: App,
  columns: readonly Column[],
  form: RowForm,
  rows: readonly EventRow[],
  head: boolean
): string {
  switch (form) {
    case 'json':
      return rowsAsJson(rows)
    case 'markdown':
      return rowsAsMarkdown(rows, columns, zone)
    case 'tsv':
      return rowsAsTsv(rows, columns, zone, head)
  }
}

/** Copies query text that finds exactly what is picked, else this one event, in this case or another with the same evidence. */
export async function copyQuery(app: App, pages: EventPages, event: string | null): Promise<void> {
  const picked = app.picked.count
  await said(app, async () => {
    const rows = picked > 0 ? await pickedRows(app, pages, [], mostEvents) : []
    const ids = picked > 0 ? rows.map(({ _id }) => _id) : event === null ? [] : [event]
    if (ids.length === 0) return null
    await copy(printFilter({ kind: 'events', ids }))
    return [`Copied a query for ${counted(ids.length, 'event')}`, picked > ids.length ? 'A query holds no more.' : null]
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
