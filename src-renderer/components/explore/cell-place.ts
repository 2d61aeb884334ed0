import type { AnyField, EventRow, Value } from '../../../src-main/contract/event'
import type { ValuePlace } from '../../state/value-menu.svelte'
import { fieldValue, firstPresent } from './columns'

/** A value of the table under the pointer, and the cell it stands in. */
export interface CellPlace extends ValuePlace {
  readonly event: EventRow
  readonly cell: HTMLElement
}

/** The value an event of the page happened on; beside the text of a cell it is the one the cell is about. */
export function cellPlace(
  target: EventTarget | null,
  rowAt: (index: number) => EventRow | undefined
): CellPlace | null {
  if (!(target instanceof Element)) return null
  const cell = target.closest<HTMLElement>('[role=gridcell]')
  const index = target.closest<HTMLElement>('[data-index]')?.dataset['index']
  const event = index === undefined ? undefined : rowAt(Number(index))
  const element =
    target.closest<HTMLElement>('[data-field]') ??
    cell?.querySelector<HTMLElement>('bdi[data-field]') ??
    cell?.querySelector<HTMLElement>('[data-field]')
  const field = element?.dataset['field'] as AnyField | undefined
  if (!cell || !event || !field) return null
  const one = element?.dataset['at']
  const held = fieldValue(event, field)
  const value =
    one !== undefined && Array.isArray(held) ? (held[Number(one)] as Value) : firstPresent(event, [field])?.value
  return { field, value: value ?? null, event, cell }
}
