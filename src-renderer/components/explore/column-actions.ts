import { canGroup, isField } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import type { MenuItem } from '../../state/menu-item'
import { presenceActions } from '../../state/value-actions'
import type { Column } from './columns'
import type { TableColumns } from './table-columns.svelte'

/** What can be done with a column, in the menu of its head. */
export function columnActions(app: App, columns: TableColumns, column: Column): readonly MenuItem[] {
  const { layout } = app
  const { id, title } = column
  const { sort, group } = layout.now
  const at = columns.shown.indexOf(id)
  const isTime = id === '@timestamp'
  const sorted = (descending: boolean) => sort.field === id && sort.descending === descending
  return [
    { heading: isField(id) ? `${title}  ${id}` : id },
    {
      title: isTime ? 'Oldest first' : 'Sort ascending',
      checked: sorted(false),
      run: () => layout.set({ sort: { field: id, descending: false } })
    },
    {
      title: isTime ? 'Newest first' : 'Sort descending',
      checked: sorted(true),
      run: () => layout.set({ sort: { field: id, descending: true } })
    },
    {
      title: group === id ? 'Each event by itself' : 'Group by this, with counts',
      checked: group === id,
      disabled: !canGroup(id),
      run: () => layout.set({ group: group === id ? null : id })
    },
    'line',
    ...presenceActions(app, id),
    'line',
    {
      title: columns.isPinned(id) ? 'Let it scroll' : 'Keep at the left',
      checked: columns.isPinned(id),
      run: () => columns.togglePin(id)
    },
    { title: 'Move left', keys: 'alt+ArrowLeft', disabled: at === 0, run: () => columns.moveBy(id, -1) },
    {
      title: 'Move right',
      keys: 'alt+ArrowRight',
      disabled: at === columns.shown.length - 1,
      run: () => columns.moveBy(id, 1)
    },
    { title: 'Fit to what it holds', run: () => columns.autoFit(column) },
    { title: 'Fit all columns', run: () => columns.autoFitAll() },
    'line',
    { title: 'Hide', keys: 'Delete', disabled: columns.shown.length === 1, run: () => columns.toggle(id) }
  ]
}
