import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import { copyText } from '../../state/value-actions'
import { blockText } from './copy-result'
import type { ResultCursor } from './result-cursor.svelte'

interface Editor {
  marked(): { readonly text: string; readonly from: number } | undefined
  focus(): void
}

/** The keys of the page. */
export function sqlShortcuts(app: App, editor: () => Editor, cursor: () => ResultCursor | null): Shortcut[] {
  const desk = app.sql
  const here = () => app.page === 'sql'
  const scope = 'SQL'
  const inFields = true
  return [
    {
      scope,
      inFields,
      keys: ['mod+Enter'],
      title: 'Run the statement, or what is marked of it',
      when: here,
      run: () => void desk.run(editor().marked())
    },
    {
      scope,
      inFields,
      keys: ['mod+shift+Enter'],
      title: 'Run it, and show what each step took',
      when: here,
      run: () => void desk.explain(editor().marked())
    },
    {
      scope,
      inFields,
      keys: ['Escape'],
      title: 'Cancel what runs',
      when: () => here() && desk.running !== null,
      run: () => desk.cancel()
    },
    { scope, keys: ['e'], title: 'Write in the statement', when: here, run: () => editor().focus() },
    {
      scope,
      keys: ['s'],
      title: 'Saved and recent statements',
      when: here,
      run: () => document.querySelector<HTMLElement>('#sql-statements')?.click()
    },
    {
      scope,
      keys: ['c', 'mod+c'],
      title: 'Copy what is marked of the result',
      when: () => here() && cursor() !== null && getSelection()?.isCollapsed !== false,
      run: copy
    }
  ]

  function copy(): void {
    const at = cursor()
    if (at && desk.result && !desk.plan) void copyText(app, blockText(desk.result, at.block, 'tsv'))
  }
}
