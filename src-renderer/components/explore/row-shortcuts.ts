import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import { copyText } from '../../state/value-actions'
import type { Column } from './columns'
import { rowAsJson, rowsAsTsv } from './copy-rows'
import type { EventCursor } from './event-cursor.svelte'
import type { EventPages } from './event-pages.svelte'

/** The keys of the table. */
export function rowShortcuts(
  app: App,
  pages: EventPages,
  cursor: EventCursor,
  columns: () => readonly Column[]
): Shortcut[] {
  const { selection } = app
  const here = () => app.page === 'explore' && (pages.total ?? 0) > 0
  const onRow = () => here() && cursor.row !== undefined
  const key = (title: string, keys: readonly string[], run: () => void, when = here): Shortcut => ({
    scope: 'Events',
    title,
    keys,
    when,
    run
  })
  const copyTsv = () => cursor.row && copyText(app, rowsAsTsv([cursor.row], columns(), app.zone, false))
  const copyJson = () => cursor.row && copyText(app, rowAsJson(cursor.row))
  return [
    key('Next event', ['j', 'ArrowDown'], () => cursor.by(1)),
    key('Previous event', ['k', 'ArrowUp'], () => cursor.by(-1)),
    key('A page down', ['PageDown'], () => cursor.byPages(1)),
    key('A page up', ['PageUp'], () => cursor.byPages(-1)),
    key('First event', ['Home'], () => cursor.to(0)),
    key('Last event', ['End'], () => cursor.to((pages.total ?? 1) - 1)),
    key(
      'Show the event',
      ['Enter'],
      () => cursor.open(),
      () => onRow() && selection.selectedId === null
    ),
    key(
      'Close the event',
      ['Escape'],
      () => (selection.selectedId = null),
      () => app.page === 'explore' && selection.selectedId !== null
    ),
    key('Copy the row, tab-separated', ['c'], () => void copyTsv(), onRow),
    // Marked text is what Ctrl-C copies, as everywhere.
    key(
      'Copy the row',
      ['mod+c'],
      () => void copyTsv(),
      () => onRow() && getSelection()?.isCollapsed !== false
    ),
    key('Copy the event as JSON', ['shift+c'], () => void copyJson(), onRow)
  ]
}
