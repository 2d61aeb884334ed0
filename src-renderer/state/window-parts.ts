/** The parts of the window, in the order in which F6 goes through them. */
const parts = [
  '[aria-label="Pages"]',
  '#query',
  '[aria-label="Filter"]',
  'main aside',
  'main [role=grid], main [role=region][tabindex="0"], main section[tabindex="0"]',
  '[aria-label="Event"]',
  'main',
  'footer'
]

const focusable = 'a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]'

const seen = (element: Element): boolean => element.getClientRects().length > 0

/** Moves the focus to the next part of the window, or the one before. */
export function goToPart(step: 1 | -1): void {
  const there = parts.flatMap((selector) =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter(seen).slice(0, 1)
  )
  const at = document.activeElement
  // The innermost part that holds the focus: the whole page holds all of them.
  const held = there.filter((part) => part.contains(at))
  const current = held.find((part) => part.tagName !== 'MAIN') ?? held[0]
  const from = current ? there.indexOf(current) : step > 0 ? -1 : 0
  for (let turn = 1; turn <= there.length; turn++) {
    const part = there[(from + step * turn + there.length * 2) % there.length]
    const target = part && (part.matches(focusable) ? part : part.querySelector<HTMLElement>(focusable))
    if (target && !target.closest('[aria-hidden=true]')) {
      target.focus()
      if (document.activeElement === target) return
    }
  }
}

/** Leaves a field for what the page shows: its table, or the page itself. */
export function goToContent(): void {
  const content = document.querySelector<HTMLElement>('main [role=grid]') ?? document.querySelector<HTMLElement>('main')
  content?.focus()
}
