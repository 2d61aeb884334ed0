import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import type { ContextEvent } from './context-event.svelte'

/** The keys of the context; those that move in it only while it has the focus. */
export function contextShortcuts(app: App, context: ContextEvent, list: () => HTMLElement | undefined): Shortcut[] {
  const here = () => app.page === 'explore' && app.selection.selectedId !== null
  const inside = () => here() && list()?.contains(document.activeElement) === true
  const key = (title: string, keys: readonly string[], run: () => void, when = inside): Shortcut => ({
    scope: 'Around the event',
    title,
    keys,
    when,
    run
  })
  const rows = () => context.rows.length
  return [
    key('Wider', ['>'], () => context.widen(1), here),
    key('Narrower', ['<'], () => context.widen(-1), here),
    key('Go to the events around it', ['g'], () => list()?.focus(), here),
    key('Search this range instead', [], () => context.searchIt(), here),
    key('Next event around it', ['j', 'ArrowDown'], () => context.chooseBy(1)),
    key('Previous event around it', ['k', 'ArrowUp'], () => context.chooseBy(-1)),
    key('A page down', ['PageDown'], () => context.chooseBy(8)),
    key('A page up', ['PageUp'], () => context.chooseBy(-8)),
    key('First event around it', ['Home'], () => context.chooseBy(-rows())),
    key('Last event around it', ['End'], () => context.chooseBy(rows())),
    key('Look around the event shown', ['Enter'], () => {
      const { selectedId } = app.selection
      if (selectedId !== null) context.centre(selectedId)
    })
  ]
}
