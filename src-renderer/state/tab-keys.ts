import type { App } from './app.svelte'
import type { Shortcut } from './keys.svelte'
import { isFiltered } from './pages'

/** Tabs and searches, on every page. A browser keeps some keys for tabs of its own: there the second of them does it. */
export function tabKeys(app: App): readonly Shortcut[] {
  const { tabs } = app
  const withCase = () => app.case !== null
  const key = (scope: string, title: string, keys: readonly string[], run: () => void, when = withCase): Shortcut => ({
    scope,
    title,
    keys,
    run,
    when,
    inFields: true
  })
  const room = () => withCase() && tabs.hasRoom
  const several = () => withCase() && tabs.all.length > 1
  const goTo = tabs.all.map((tab, at) => ({
    ...key('Tabs', tab.label, at < 9 ? [`mod+${at + 1}`] : [], () => tabs.go(at), several)
  }))
  return [
    key('Tabs', 'New tab', ['mod+t', 'alt+t'], () => tabs.open(), room),
    key('Tabs', 'The same once more, in a new tab', ['alt+d'], () => tabs.duplicate(), room),
    key('Tabs', 'Close the tab', ['mod+w', 'alt+w'], () => tabs.close(), several),
    key(
      'Tabs',
      'Open the tab closed last',
      ['mod+shift+t', 'alt+shift+t'],
      () => tabs.reopen(),
      () => room() && tabs.canReopen
    ),
    key('Tabs', 'Next tab', ['mod+PageDown', 'alt+PageDown'], () => tabs.by(1), several),
    key('Tabs', 'Tab before', ['mod+PageUp', 'alt+PageUp'], () => tabs.by(-1), several),
    ...goTo,
    key('Searches', 'Saved searches and history', ['alt+s'], () => (app.overlay = 'searches')),
    key(
      'Searches',
      'Save the search',
      ['mod+s'],
      () => (app.overlay = 'save-search'),
      () => withCase() && isFiltered(app.page)
    ),
    ...app.saved.searches.map((saved) => key('Saved searches', saved.name, [], () => app.saved.open(saved)))
  ]
}
