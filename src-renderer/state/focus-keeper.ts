const focusable = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true], [role=grid]'

const canFocus = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled, [inert] *') && element.getClientRects().length > 0

const focusableIn = (element: Element): HTMLElement[] => {
  const within = [...element.querySelectorAll<HTMLElement>(focusable)]
  return (element instanceof HTMLElement && element.matches(focusable) ? [element, ...within] : within).filter(canFocus)
}

/**
 * Keeps the keyboard's place in the window: where what has the focus goes away (a chip that is removed, a panel that is closed, a page that
 * is left), the focus goes to what stands nearest, not to the beginning of the window.
 */
export function keepFocus(root: Element): () => void {
  /** What had the focus last and what it stood in, each with its place among its siblings, from the inside out. */
  let path: readonly { readonly element: Element; readonly at: number }[] = []
  let waiting: ReturnType<typeof setTimeout> | undefined

  function remember(event: Event): void {
    const steps = []
    for (let element = event.target as Element | null; element && element !== root; element = element.parentElement)
      steps.push({ element, at: [...(element.parentElement?.children ?? [])].indexOf(element) })
    path = steps
  }

  function look(): void {
    const lost = path[0] && !path[0].element.isConnected
    if (!lost || (document.activeElement && document.activeElement !== document.body)) return
    clearTimeout(waiting)
    // A dialog that closes hands the focus back by itself, a view that changes may place it: those come first.
    waiting = setTimeout(() => {
      if (document.activeElement && document.activeElement !== document.body) return
      nearest()?.focus({ preventScroll: true })
    }, 60)
  }

  function nearest(): HTMLElement | undefined {
    const kept = path.findIndex(({ element }) => element.isConnected)
    const [from, left] = [path[kept], path[kept - 1]]
    if (!from || !left) return root.querySelector<HTMLElement>('main') ?? undefined
    // A page that went as a whole, the welcome page for that of a case, leaves the other to be gone into from its beginning.
    if (left.element.matches('main')) return root.querySelector<HTMLElement>('main') ?? undefined
    const siblings = [...from.element.children]
    const after = siblings.slice(left.at).flatMap(focusableIn)
    const before = siblings.slice(0, left.at).flatMap(focusableIn)
    // A table that stood beside what went is where one came from.
    const grid = [...before, ...after].find((element) => element.matches('[role=grid]'))
    // A page that was left leaves the next one to be gone into from its beginning.
    if (!grid && from.element instanceof HTMLElement && from.element.matches('main')) return from.element
    const near = grid ?? after[0] ?? before.at(-1)
    if (near) return near
    path = path.slice(kept + 1)
    const [outer] = path
    return outer ? nearestIn(outer.element) : undefined
  }

  /** Of what stands further out, the page itself: its own focus is not seen, but the next Tab goes on from there. */
  const nearestIn = (element: Element): HTMLElement | undefined =>
    element.closest<HTMLElement>('main') ??
    focusableIn(element)[0] ??
    root.querySelector<HTMLElement>('main') ??
    undefined

  const observer = new MutationObserver(look)
  observer.observe(root, { childList: true, subtree: true })
  root.addEventListener('focusin', remember)
  return () => {
    clearTimeout(waiting)
    observer.disconnect()
    root.removeEventListener('focusin', remember)
  }
}
