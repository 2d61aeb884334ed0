import type { App } from '../../state/app.svelte'
import type { MenuItem } from '../../state/menu-item'
import { copyText } from '../../state/value-actions'

/** What can be done with the stretch of time that a bar stands for. */
export function barActions(
  app: App,
  { from, to }: { readonly from: string; readonly to: string },
  title: string
): readonly MenuItem[] {
  const { selection } = app
  const before = selection.range.kind === 'between' ? selection.range : { kind: 'between' as const }
  return [
    { heading: title },
    { title: 'Only this time', run: () => selection.setRange({ kind: 'between', from, to }) },
    { title: 'From here on', run: () => selection.setRange({ ...before, from }) },
    { title: 'Up to here', run: () => selection.setRange({ ...before, to }) },
    {
      title: 'All but this time',
      run: () => selection.add({ kind: 'not', of: { kind: 'range', field: '@timestamp', from, to } })
    },
    'line',
    { title: 'Copy the time', run: () => copyText(app, title) }
  ]
}
