import { canGroup } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import { type CellPlace, cellPlace } from './cell-place'
import type { EventCursor } from './event-cursor.svelte'
import type { EventPages } from './event-pages.svelte'
import { copyLink, copyQuery, copyRows, openRowMenu } from './row-actions'
import type { TableColumns } from './table-columns.svelte'

/** The keys of the table. */
export function rowShortcuts(app: App, pages: EventPages, cursor: EventCursor, columns: TableColumns): Shortcut[] {
  const { selection, picked, layout } = app
  const here = () => app.page === 'explore' && pages.lines > 0
  const onRow = () => here() && cursor.row !== undefined
  const single = () => here() && cursor.mayPick
  const inGroups = () => here() && pages.groups !== null
  const reading = () => app.page === 'explore' && selection.selectedId !== null
  const copyable = () => onRow() || reading() || (here() && picked.count > 0)
  const onLine = () => here() && cursor.index !== null
  const inTable = () => onLine() && document.activeElement?.getAttribute('aria-label') === 'Events'
  const key = (title: string, keys: readonly string[], run: Shortcut['run'], when = here): Shortcut => ({
    scope: 'Events',
    title,
    keys,
    when,
    run
  })
  /** The event being read, else the one under the cursor. */
  const event = () => selection.selectedId ?? cursor.row?._id ?? null
  const copy = (form: 'tsv' | 'json' | 'markdown') => () => void copyRows(app, pages, columns.listed, form, event())
  const open = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.click()
  const last = () => columns.fit.columns.length - 1
  /** The value under the cursor; of a row as a whole its first. */
  const place = (): CellPlace | null => {
    const at = Math.min(cursor.column ?? 0, last())
    const row = document.getElementById(`event-row-${cursor.index}`)
    return cellPlace(row?.querySelector(`[aria-colindex="${at + 2}"]`) ?? null, (index) => pages.row(index))
  }
  const onValue = () => inTable() && cursor.column !== null && onRow()
  return [
    key('Next event', ['j', 'ArrowDown'], () => cursor.by(1)),
    key('Previous event', ['k', 'ArrowUp'], () => cursor.by(-1)),
    key('A page down', ['PageDown'], () => cursor.byPages(1)),
    key('A page up', ['PageUp'], () => cursor.byPages(-1)),
    key('First event', ['Home'], () => cursor.to(0)),
    key('Last event', ['End'], () => cursor.to(pages.lines - 1)),
    key('Go to a time', ['shift+g'], open('#go-to-time')),
    key('Open the group, or go to the next value', ['ArrowRight'], () => cursor.right(last() + 1), onLine),
    key('Close the group, or go to the value before', ['ArrowLeft'], () => cursor.left(), onLine),
    {
      ...key(
        'Menu of the value',
        ['shift+F10', 'ContextMenu'],
        (pressed) => {
          if (pressed && cursor.index !== null) openRowMenu(app, pages, columns.listed, pressed, cursor.index, place())
        },
        inTable
      ),
      inPalette: false
    },
    key(
      'Only events with the value',
      ['+'],
      () => {
        const at = place()
        if (at) selection.include(at.field, at.value)
      },
      onValue
    ),
    key(
      'Only events without the value',
      ['-'],
      () => {
        const at = place()
        if (at) selection.exclude(at.field, at.value)
      },
      onValue
    ),
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
      reading
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
    key('Copy a query that finds the event', [], () => void copyQuery(app, pages, event()), copyable),
    key(
      'Copy a link to the event',
      ['l'],
      () => {
        const id = event()
        if (id !== null) void copyLink(app, id)
      },
      () => onRow() || reading()
    )
  ]
}
