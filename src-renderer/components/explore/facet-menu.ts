import type { AnyField } from '../../../src-main/contract/event'
import type { App } from '../../state/app.svelte'
import { valuesFilter } from '../../state/field-values'
import type { MenuItem } from '../../state/menu-item'
import { copyText } from '../../state/value-actions'
import { fieldTitle } from '../../state/value-text'
import type { ExploreTaste } from './explore-taste.svelte'
import { moveFacet, pinFacet, removeFacet, shownFacets } from './facet-order'
import type { FacetRow } from './facet-rows'

interface Shown {
  readonly search: (() => void) | null
  readonly rows: readonly FacetRow[]
  readonly total: number
}

/** What can be done with a facet, beside choosing its values. */
export function facetMenu(app: App, taste: ExploreTaste, field: AnyField, shown: Shown): readonly MenuItem[] {
  const title = fieldTitle(field)
  const pinned = taste.now.pinned.includes(field)
  const kind = pinned ? taste.now.pinned : taste.now.facets
  const without = valuesFilter({ field, values: [null] })
  return [
    { heading: `${title}  ${field}` },
    { title: 'Only events that have it', run: () => app.selection.replace(field, without, 'negated') },
    { title: 'Only events without it', run: () => app.selection.replace(field, without) },
    'line',
    ...(shown.search ? [{ title: 'Search its values', run: shown.search }] : []),
    {
      title: 'Copy values with counts',
      disabled: shown.rows.length === 0,
      run: () => void copyText(app, rowsText(field, shown))
    },
    'line',
    {
      title: pinned ? 'Do not keep at the top' : 'Keep at the top',
      keys: 'alt+p',
      run: () => taste.set(pinFacet(taste.now, field))
    },
    {
      title: 'Move up',
      keys: 'alt+ArrowUp',
      disabled: kind[0] === field,
      run: () => taste.set(moveFacet(taste.now, field, -1))
    },
    {
      title: 'Move down',
      keys: 'alt+ArrowDown',
      disabled: kind.at(-1) === field,
      run: () => taste.set(moveFacet(taste.now, field, 1))
    },
    {
      title: 'Take away',
      keys: 'Delete',
      disabled: shownFacets(taste.now).length === 1,
      run: () => taste.set(removeFacet(taste.now, field))
    }
  ]
}

/** As tab-separated lines, for a spreadsheet; an absent value is an empty cell. */
const rowsText = (field: AnyField, { rows, total }: Shown): string =>
  [
    [field, 'events', 'share'],
    ...rows.map(({ value, count }) => [
      String(value ?? '').replace(/[\t\r\n]+/g, ' '),
      String(count),
      total === 0 ? '' : `${Number(((100 * count) / total).toFixed(2))}%`
    ])
  ]
    .map((line) => line.join('\t'))
    .join('\n')
