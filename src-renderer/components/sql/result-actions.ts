import { isField, type Value } from '../../../src-main/contract/event'
import type { SqlResult } from '../../../src-main/contract/sql-result'
import type { App } from '../../state/app.svelte'
import { counted } from '../../state/format'
import type { MenuItem } from '../../state/menu-item'
import { copyText } from '../../state/value-actions'
import { type Block, blockText, type CopyForm, wholeOf } from './copy-result'
import type { ResultCursor } from './result-cursor.svelte'
import { filterOffers } from './result-filter'

const forms: readonly (readonly [CopyForm, string])[] = [
  ['tsv', 'Tab-separated'],
  ['json', 'JSON'],
  ['markdown', 'Markdown']
]

/** What can be copied of a result: what is marked of it, or all that is there. */
export function copyItems(app: App, result: SqlResult, cursor: ResultCursor): readonly MenuItem[] {
  const block = cursor.many ? cursor.block : wholeOf(result)
  const rows = counted(block.rows[1] - block.rows[0] + 1, 'row')
  return [
    { heading: cursor.many ? `${rows}, as marked` : rows },
    ...forms.map(([form, title]) => ({
      title,
      ...(form === 'tsv' && cursor.many && { keys: 'c' }),
      run: () => void copyText(app, blockText(result, block, form))
    })),
    'line',
    { title: 'Save as CSV', run: () => void app.host.saveText('result.csv', blockText(result, block, 'csv')) }
  ]
}

/** What a result can be as a filter: the events that it names, the values it holds. */
export function filterItems(app: App, result: SqlResult, cursor: ResultCursor): readonly MenuItem[] {
  const offers = filterOffers(result, cursor.many ? cursor.block : wholeOf(result))
  if (offers.length === 0)
    return [{ heading: 'No column of it is one of an event. Select _id, or a field under its own name.' }]
  return offers.map(({ title, note, filter }) => ({
    title,
    ...(note !== undefined && { note }),
    disabled: filter === undefined,
    run: () => {
      if (!filter) return
      app.selection.add(filter)
      app.page = 'explore'
    }
  }))
}

/** The menu of the cell under the cursor: what can be done with any value, and with what is marked. */
export function cellMenu(
  app: App,
  event: MouseEvent | KeyboardEvent,
  result: SqlResult,
  cursor: ResultCursor,
  open: () => void
): void {
  const name = result.columns[cursor.column]?.name ?? ''
  const { value } = cursor
  const single = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  const field = !cursor.many && single && isField(name) ? { field: name, value: value as Value | null } : null
  const block: Block = cursor.block
  app.valueMenu.show(event, field, [
    ...(field ? (['line'] as const) : []),
    {
      title: name === '_id' ? 'Show the event' : 'Show the whole value',
      keys: 'Enter',
      disabled: cursor.many,
      run: open
    },
    ...(field ? [] : [{ title: 'Copy', keys: 'c', run: () => void copyText(app, blockText(result, block, 'tsv')) }]),
    ...forms.slice(1).map(([form, title]) => ({
      title: `Copy as ${title}`,
      run: () => void copyText(app, blockText(result, block, form))
    })),
    ...(cursor.many || !field ? (['line', ...filterItems(app, result, cursor)] as const) : [])
  ])
}
