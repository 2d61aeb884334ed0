/**
 * A root of its own for an editor that makes style sheets as it runs: there they are constructed, and the page's policy,
 * which allows no style that is written into it, stays as it is.
 */
export function editorRoot(host: HTMLElement): { readonly root: ShadowRoot; readonly parent: HTMLElement } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
  const parent = document.createElement('div')
  parent.style.height = '100%'
  root.replaceChildren(parent)
  return { root, parent }
}
