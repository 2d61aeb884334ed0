import type { Filter } from '../../src-main/contract/filter'
import type { Marking } from '../../src-main/contract/marks'
import type { App } from './app.svelte'
import type { Shortcut } from './keys.svelte'
import { allMatching, askForTag, put, toggleStar, undo } from './marking'
import { isFiltered } from './pages'

/** Marking events, one or many, and finding those that are. */
export function markKeys(app: App): readonly Shortcut[] {
  const withCase = () => app.case !== null
  const filtered = () => withCase() && isFiltered(app.page)
  const onEvents = () =>
    withCase() &&
    app.page === 'explore' &&
    (app.selection.selectedId !== null || app.picked.count > 0 || app.tabs.current.cursor !== null)
  const all = async (marking: Marking) => {
    try {
      await put(app, await allMatching(app), marking)
    } catch (error) {
      app.notices.failed('Nothing was marked', error)
    }
  }
  const { last } = app.marks
  const key = (title: string, keys: readonly string[], when: () => boolean, run: () => void): Shortcut => ({
    scope: 'Marks',
    title,
    keys,
    when,
    run
  })
  const show = (filter: Filter) => () => {
    app.selection.replace('marks', filter)
    if (!filtered()) app.page = 'explore'
  }
  return [
    key('Star, or take the star off', ['m'], onEvents, () => void toggleStar(app)),
    key('Tag or comment', ['shift+m'], filtered, () => askForTag(app)),
    key('Star all that match', [], filtered, () => void all({ mark: 'star' })),
    key('Take the star off all that match', [], filtered, () => void all({ mark: 'star', off: true })),
    key('Take all marks off all that match', [], filtered, () => void all({ mark: 'all', off: true })),
    ...(last?.folder === app.case?.folder && last
      ? [key(`Undo: ${last.what}`, [], withCase, () => void undo(app, last))]
      : []),
    key('Starred events only', [], withCase, show({ kind: 'marked', mark: 'star' })),
    key('Marked events only', [], withCase, show({ kind: 'marked', mark: 'any' }))
  ]
}
