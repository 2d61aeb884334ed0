import { canGroup } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import type { EventCursor } from './event-cursor.svelte'
import type { EventPages } from './event-pages.svelte'
import { copyLink, copyRows } from './row-actions'
import type { TableColumns } from './table-columns.svelte'

/** The keys of the table. */
export function rowShortcuts(app: App, pages: EventPages, cursor: EventCursor, columns: TableColumns): Shortcut[] {
  const { selection, picked, layout } = app
  const here = () => app.page === 'explore' && pages.lines > 0
  const onRow = () => here() && cursor.row !== undefined
  const single = () => here() && pages.groups === null
  const inGroups = () => here() && pages.groups !== null
  const copyable = () => onRow() || (here() && picked.count > 0)
  const key = (title: string, keys: readonly string[], run: () => void, when = here): Shortcut => ({
    scope: 'Events',
    title,
    keys,
    when,
    run
  })
  const copy = (form: 'tsv' | 'json' | 'markdown') => () => void copyRows(app, pages, columns.listed, form, cursor.row)
  const open = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.click()
  return [
    key('Next event', ['j', 'ArrowDown'], () => cursor.by(1)),
    key('Previous event', ['k', 'ArrowUp'], () => cursor.by(-1)),
    key('A page down', ['PageDown'], () => cursor.byPages(1)),
    key('A page up', ['PageUp'], () => cursor.byPages(-1)),
    key('First event', ['Home'], () => cursor.to(0)),
    key('Last event', ['End'], () => cursor.to(pages.lines - 1)),
    key('Go to a time', ['shift+g'], open('#go-to-time')),
    key('Pick the next event too', ['shift+j', 'shift+ArrowDown'], () => cursor.pickBy(1), single),
    key('Pick the event before too', ['shift+k', 'shift+ArrowUp'], () => cursor.pickBy(-1), single),
    key('Pick up to the first event', ['shift+Home'], () => cursor.pickTo(0), single),
    key('Pick up to the last event', ['shift+End'], () => cursor.pickTo(pages.lines - 1), single),
    key(
      'Pick the event, or no longer',
      [' '],
      () => cursor.pick(),
      () => single() && onRow()
    ),
    key('Pick all events', ['mod+a'], () => picked.all(pages.lines), single),
    key('Open the group', ['ArrowRight'], () => cursor.fold(true), inGroups),
    key('Close the group', ['ArrowLeft'], () => cursor.fold(false), inGroups),
    key('Each event by itself', ['shift+f'], () => layout.set({ group: null }), inGroups),
    key(
      'Group events, with counts',
      ['shift+f'],
      () => {
        if (canGroup(layout.now.sort.field)) layout.set({ group: layout.now.sort.field })
        else open('#group-by')()
      },
      single
    ),
    key(
      'Show the event',
      ['Enter'],
      () => cursor.open(),
      () => here() && cursor.index !== null && (selection.selectedId === null || cursor.row === undefined)
    ),
    key(
      'Close the event',
      ['Escape'],
      () => {
        selection.selectedId = null
      },
      () => app.page === 'explore' && selection.selectedId !== null
    ),
    key(
      'Pick none',
      ['Escape'],
      () => picked.clear(),
      () => app.page === 'explore' && picked.count > 0
    ),
    key('Copy the row, tab-separated', ['c'], copy('tsv'), copyable),
    // Marked text is what Ctrl-C copies, as everywhere.
    key('Copy the row', ['mod+c'], copy('tsv'), () => copyable() && getSelection()?.isCollapsed !== false),
    key('Copy the event as JSON', ['shift+c'], copy('json'), copyable),
    key('Copy the row as a Markdown table', [], copy('markdown'), copyable),
    key(
      'Copy a link to the event',
      ['l'],
      () => {
        const id = selection.selectedId ?? cursor.row?._id
        if (id !== undefined) void copyLink(app, id)
      },
      () => onRow() || (app.page === 'explore' && selection.selectedId !== null)
    )
  ]
}
