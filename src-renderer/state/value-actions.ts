import { type AnyField, canGroup, type Value } from '../../src-main/contract/event'
import type { Filter } from '../../src-main/contract/filter'
import { printFilter } from '../../src-main/contract/query-text'
import type { App } from './app.svelte'
import { entityFilter } from './entity'
import { valuesFilter } from './field-values'
import { absentText } from './format'
import { matches } from './keys.svelte'
import type { MenuItem } from './menu-item'
import { isMenuKey, type ValuePlace } from './value-menu.svelte'
import { fieldTitle, valueText } from './value-text'

type Action = Exclude<MenuItem, 'line' | { heading: string }>

const aroundMinutes = 5

/** What can be done with a value, the same wherever it is shown. */
export function valueActions(app: App, place: ValuePlace): readonly MenuItem[] {
  const { field, value, event } = place
  const { selection } = app
  const shown = value === null ? absentText : valueText(field, value, app.zone)
  const items: MenuItem[] = [
    { heading: `${fieldTitle(field)}  ${shown.slice(0, 60)}` },
    { title: 'Only events with this', keys: '+', run: () => selection.include(field, value) },
    { title: 'Only events without this', keys: '-', run: () => selection.exclude(field, value) }
  ]
  if (value !== null) {
    items.push(
      { title: `Any ${fieldTitle(field).toLowerCase()}`, run: () => selection.add({ kind: 'present', field }) },
      { title: 'Look for it in all fields', run: () => selection.add(words(value)) },
      'line',
      { title: 'New search for this', keys: 'n', run: () => startOver(app, oneFilter(place)) },
      { title: 'Narrow down in a new tab', keys: 'shift+n', run: () => inNewTab(app, place) },
      ...entityActions(app, place)
    )
  }
  if (canGroup(field))
    items.push('line', {
      title: `Count by ${fieldTitle(field).toLowerCase()}`,
      keys: 'shift+f',
      run: () => countBy(app, field)
    })
  const moment = event?.['@timestamp'] ?? (field === '@timestamp' ? value : undefined)
  if (typeof moment === 'string') items.push('line', ...timeActions(app, moment))
  items.push(
    'line',
    { title: 'Copy', keys: 'c', disabled: value === null, run: () => copyText(app, String(value)) },
    { title: 'Copy as query', keys: 'q', run: () => copyText(app, printFilter(oneFilter(place))) }
  )
  return items
}

/** What can be asked of a field whatever it holds. */
export const presenceActions = ({ selection }: App, field: AnyField): readonly MenuItem[] => [
  { title: 'Only events that have it', run: () => selection.add({ kind: 'present', field }) },
  { title: 'Only events without it', run: () => selection.include(field, null) }
]

/** Obeys a key on a focused value, or in its open menu; whether it was one of its keys. */
export function obeyValueKey(app: App, event: KeyboardEvent, place: ValuePlace): boolean {
  if (isMenuKey(event)) {
    app.valueMenu.show(event, place)
    return true
  }
  const action = valueActions(app, place).find(
    (item): item is Action =>
      item !== 'line' && 'run' in item && !item.disabled && !!item.keys && matches(item.keys, event)
  )
  if (!action) return false
  event.preventDefault()
  action.run()
  return true
}

const words = (value: Value): Filter => ({ kind: 'words', text: String(value) })

/** Narrows this search down to the value in a tab of its own: what a middle click on it does. */
export function inNewTab(app: App, { field, value }: ValuePlace): void {
  if (app.tabs.duplicate()) app.selection.include(field, value)
  else app.notices.done('No more tabs', 'Close one first.')
}

/** Events that have just this value. */
const oneFilter = ({ field, value }: ValuePlace): Filter => valuesFilter({ field, values: [value] })

/** Another search, from every event; undo leads back. */
function startOver({ selection }: App, filter: Filter): void {
  selection.clear()
  selection.add(filter)
}

function entityActions(app: App, { field, value }: ValuePlace): MenuItem[] {
  const filter = value === null ? null : entityFilter(field, value)
  return filter ? [{ title: 'Everything about this', note: 'in any role', run: () => startOver(app, filter) }] : []
}

/** The table in groups, each value with its count. */
function countBy(app: App, field: AnyField): void {
  app.page = 'explore'
  app.layout.set({ group: field })
}

function timeActions({ selection }: App, moment: string): MenuItem[] {
  const before = selection.range.kind === 'between' ? selection.range : { kind: 'between' as const }
  const ms = Date.parse(moment)
  const shifted = (minutes: number) => new Date(ms + minutes * 60_000).toISOString()
  return [
    { title: 'From this time on', keys: '[', run: () => selection.setRange({ ...before, from: moment }) },
    // To the next millisecond, so that the event itself stays in.
    {
      title: 'Up to this time',
      keys: ']',
      run: () => selection.setRange({ ...before, to: new Date(ms + 1).toISOString() })
    },
    {
      title: `${aroundMinutes} minutes before and after`,
      run: () => selection.setRange({ kind: 'between', from: shifted(-aroundMinutes), to: shifted(aroundMinutes) })
    }
  ]
}

/** Copies, and says so. */
export async function copyText(app: App, text: string): Promise<void> {
  const { copy } = await import('./copy')
  try {
    await copy(text)
    app.notices.done('Copied')
  } catch (error) {
    app.notices.failed('Nothing was copied', error)
  }
}
