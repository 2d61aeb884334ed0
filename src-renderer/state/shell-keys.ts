import type { App } from './app.svelte'
import { chooseDefinition, chooseFiles } from './choose-files'
import type { Shortcut } from './keys.svelte'
import { pages } from './pages'
import { searchCommand } from './search-command'
import { quickRanges } from './time-range'
import { copyText } from './value-actions'
import { goToPart } from './window-parts'

/** What works on every page: getting about, the filter, the view, the case. */
export function shellKeys(app: App, find: () => void): readonly Shortcut[] {
  const { selection, preferences } = app
  const withCase = () => app.case !== null
  const go = pages.map((page, at) => ({
    scope: 'Go to',
    keys: [`alt+${at + 1}`],
    title: page.title,
    inFields: true as const,
    when: withCase,
    run: () => {
      app.page = page.id
    }
  }))
  const ranges = quickRanges.map(({ title, range }) => ({
    scope: 'Time',
    keys: [],
    title,
    when: withCase,
    run: () => selection.setRange(range)
  }))
  const themes = (['dark', 'light', 'system'] as const).map((theme) => ({
    scope: 'View',
    keys: [],
    title: theme === 'system' ? 'Theme of the system' : `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
    run: () => preferences.set({ theme })
  }))
  const densities = (['compact', 'normal', 'comfortable'] as const).map((density) => ({
    scope: 'View',
    keys: [],
    title: `${density[0]?.toUpperCase()}${density.slice(1)} rows`,
    when: withCase,
    run: () => preferences.set({ density })
  }))
  const zones = (['UTC', 'local'] as const).map((zone) => ({
    scope: 'Time',
    keys: [],
    title: zone === 'UTC' ? 'Show times in UTC' : 'Show times in the local zone',
    run: () => preferences.setZone(zone)
  }))
  return [
    {
      scope: 'Everywhere',
      keys: ['mod+k'],
      title: 'Commands',
      inFields: true,
      inPalette: false,
      run: () => toggle(app, 'palette')
    },
    { scope: 'Everywhere', keys: ['?', 'F1'], title: 'Keys', inFields: true, run: () => toggle(app, 'keys') },
    {
      scope: 'Everywhere',
      keys: ['F6'],
      title: 'Next part of the window',
      inFields: true,
      inPalette: false,
      run: () => goToPart(1)
    },
    {
      scope: 'Everywhere',
      keys: ['shift+F6'],
      title: 'Part of the window before',
      inFields: true,
      inPalette: false,
      run: () => goToPart(-1)
    },
    { scope: 'Everywhere', keys: [], title: 'About Spoor', run: () => toggle(app, 'about') },
    ...go,
    { scope: 'Filter', keys: ['/', 'mod+f'], title: 'Search events', inFields: true, when: withCase, run: find },
    {
      scope: 'Filter',
      keys: ['shift+u'],
      title: 'User actions only',
      when: withCase,
      run: () => selection.setUserActionsOnly(!selection.userActionsOnly)
    },
    {
      scope: 'Filter',
      keys: ['mod+z'],
      title: 'Undo the last filter change',
      when: () => selection.canUndo,
      run: () => selection.undo()
    },
    {
      scope: 'Filter',
      keys: ['mod+shift+z', 'mod+y'],
      title: 'Redo',
      when: () => selection.canRedo,
      run: () => selection.redo()
    },
    {
      scope: 'Filter',
      keys: ['q'],
      title: 'Copy the filter as query text',
      when: () => !app.selection.isEmpty,
      run: () => void copyText(app, app.selection.asText)
    },
    {
      scope: 'Filter',
      keys: [],
      title: 'Copy the filter as a spoor command',
      when: withCase,
      run: () => void copyText(app, searchCommand(app.selection.asText, app.case?.folder ?? ''))
    },
    {
      scope: 'Filter',
      keys: ['mod+/'],
      title: 'How to write a query',
      inFields: true,
      when: withCase,
      run: () => document.querySelector<HTMLElement>('#query-help')?.click()
    },
    {
      scope: 'Filter',
      keys: ['shift+x'],
      title: 'Clear the filter',
      when: () => !selection.isEmpty,
      run: () => selection.clear()
    },
    {
      scope: 'Time',
      keys: ['t'],
      title: 'Choose a time range',
      when: withCase,
      run: () => document.querySelector<HTMLElement>('#time-range')?.click()
    },
    ...ranges,
    ...zones,
    ...themes,
    ...densities,
    { scope: 'Case', keys: ['mod+o'], title: 'Import logs', inFields: true, run: () => chooseFiles(app) },
    { scope: 'Case', keys: [], title: 'Connect a product', run: () => app.connecting.choose() },
    { scope: 'Case', keys: [], title: 'Add a source', run: () => chooseDefinition(app) },
    { scope: 'Case', keys: [], title: 'Import a directory of names', run: () => chooseFiles(app, { as: 'directory' }) },
    { scope: 'Case', keys: [], title: 'Open the sample case', run: () => app.openSample() },
    {
      scope: 'Case',
      keys: [],
      title: 'Open a case',
      when: () => app.host.chooseCase !== null,
      run: () => app.chooseCase()
    },
    { scope: 'Case', keys: [], title: 'Close the case', when: withCase, run: () => app.closeCase() },
    ...app.recent.slice(0, 9).map((recent) => ({
      scope: 'Recent cases',
      keys: [],
      title: recent.name,
      when: () => app.case?.folder !== recent.folder,
      run: () => void app.openCase(recent.folder)
    }))
  ]
}

function toggle(app: App, overlay: 'palette' | 'keys' | 'about'): void {
  app.overlay = app.overlay === overlay ? null : overlay
}
