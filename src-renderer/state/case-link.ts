import { parseQuery } from '../../src-main/contract/query-text'
import type { App } from './app.svelte'
import { asKept, choiceText, nothingChosen } from './choice'

/** What a link leads to: an event of a case, and what was looked at around it. */
export interface CaseLink {
  /** The folder of the case. */
  readonly case: string
  readonly event?: string
  /** Query text, times in UTC. */
  readonly query: string
}

/** What stands before a link that no browser opens, but which can be pasted into the window. */
const scheme = 'spoor:'

/** The address of an event as it is looked at now: opened in a browser, or pasted into the window, it leads back here. */
export function eventLink({ case: state, selection, zone, host }: App, event: string): string {
  const query = choiceText(selection.choice, zone)
  const parts = new URLSearchParams({ case: state?.folder ?? '', event, ...(query !== '' && { query }) })
  const base = host.kind === 'browser' ? `${location.origin}/` : scheme
  return `${base}#${parts}`
}

/** What a text links to, if it is a link of this application. */
export function readLink(text: string): CaseLink | null {
  const [, parts] = /^(?:spoor:|https?:\/\/127\.0\.0\.1:\d+\/)?#(\S+)$/.exec(text.trim()) ?? []
  const named = new URLSearchParams(parts ?? '')
  const [folder, event, query] = [named.get('case'), named.get('event'), named.get('query') ?? '']
  if (!folder || (event !== null && !/^[0-9a-f]{4,64}-\d+$/.test(event)) || parseQuery(query).errors) return null
  return { case: folder, query, ...(event !== null && { event }) }
}

/** Shows what a link leads to, in a tab of its own where something else is being looked at. */
export async function openLink(app: App, link: CaseLink): Promise<void> {
  if (app.case?.folder !== link.case) {
    // A link comes from anywhere: it opens no folder that the analyst has not opened before.
    if (!app.recent.some(({ folder }) => folder === link.case)) {
      app.notices.failed('The link leads to another case', new Error(`Open ${link.case} first, then the link.`))
      return
    }
    await app.openCase(link.case)
    if (app.case?.folder !== link.case) return
  }
  const choice = asKept({ ...nothingChosen, text: link.query }, link.query, app.zone)
  if (app.selection.isEmpty || !app.tabs.open({ layout: app.layout.now, choice })) app.selection.choose(choice)
  app.page = 'explore'
  app.selection.selectedId = link.event ?? null
}

/** Follows the address the window was opened with, and those it is given later. */
export function followAddress(app: App): () => void {
  const follow = () => {
    const link = readLink(location.hash)
    if (!link) return
    // Once followed it is not followed again: reloading shows what was looked at last.
    history.replaceState(null, '', location.pathname)
    void openLink(app, link)
  }
  follow()
  addEventListener('hashchange', follow)
  return () => removeEventListener('hashchange', follow)
}

/** A link that is pasted is followed, wherever it is pasted. */
export function pasteLink(app: App, event: ClipboardEvent): void {
  const link = readLink(event.clipboardData?.getData('text') ?? '')
  if (!link) return
  event.preventDefault()
  event.stopPropagation()
  void openLink(app, link)
}
