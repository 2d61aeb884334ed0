/** What a key does, and where. */
export interface Shortcut {
  /** The part of the window the key belongs to; 'Everywhere' is active on every page. */
  readonly scope: string
  /** `mod+k` (Ctrl, or Command on a Mac), `?`, `j`, `shift+f`, `ArrowDown`. Empty: in the command palette only. */
  readonly keys: readonly string[]
  readonly title: string
  /** False: moving about in a view, which no one would look for as a command. */
  readonly inPalette?: false
  /** Also while typing in a field, as far as the key types nothing itself. */
  readonly inFields?: true
  /** Not now: neither run nor offered. */
  readonly when?: () => boolean
  readonly run: (event?: KeyboardEvent) => void
}

const isMac = () => typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

/** How a shortcut is printed on the keys of this machine: `⌘K`, `Ctrl K`. */
export function keyLabel(keys: string, mac = isMac()): string {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    shift: mac ? '⇧' : 'Shift',
    alt: mac ? '⌥' : 'Alt',
    ArrowDown: '↓',
    ArrowUp: '↑',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    Enter: '↵',
    ' ': 'Space'
  }
  const parts = keys === '+' ? ['+'] : keys.split('+')
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(mac ? '' : ' ')
}

/** Every shortcut there is, for the window to obey, and for the palette and the help to list. */
export class Keys {
  #shortcuts = $state.raw<readonly Shortcut[]>([])
  /** The same, past the reach of Svelte: when an effect is cleaned up, state reads as before, without what others just added. */
  #latest: readonly Shortcut[] = []

  /** Those that would run now. */
  get active(): readonly Shortcut[] {
    return this.#shortcuts.filter((shortcut) => shortcut.when?.() !== false)
  }
  get all(): readonly Shortcut[] {
    return this.#shortcuts
  }

  /** Adds shortcuts; the answer takes them away again. In a component: `$effect(() => app.keys.add(…))`. */
  add(...shortcuts: readonly Shortcut[]): () => void {
    this.#become([...this.#latest, ...shortcuts])
    return () => this.#become(this.#latest.filter((each) => !shortcuts.includes(each)))
  }

  #become(shortcuts: readonly Shortcut[]): void {
    this.#latest = shortcuts
    this.#shortcuts = shortcuts
  }

  /** Runs what the key means, the latest meaning first. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    // Of an editor in a root of its own the event names only the root.
    const typing = inField(event.composedPath()[0] ?? event.target)
    const found = this.active
      .toReversed()
      .find((shortcut) =>
        shortcut.keys.some((keys) => matches(keys, event) && (!typing || (shortcut.inFields && keys.length > 1)))
      )
    if (!found) return
    event.preventDefault()
    found.run(event)
  }
}

const inField = (target: EventTarget | null): boolean =>
  typeof HTMLElement !== 'undefined' &&
  target instanceof HTMLElement &&
  // A menu or a dialog has letters of its own.
  (target.closest('[role=menu], [role=dialog], [role=listbox]') !== null ||
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))

/** Whether a pressed key is the one named. Shift counts only for letters and named keys: `?` is itself on every keyboard. */
export function matches(
  keys: string,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>
) {
  const parts = keys.length === 1 ? [keys] : keys.split('+')
  const key = parts.at(-1) ?? ''
  if (parts.includes('mod') !== (event.ctrlKey || event.metaKey)) return false
  if (parts.includes('alt') !== event.altKey) return false
  const shiftTells = key.length > 1 || /^[a-z0-9]$/i.test(key)
  if (shiftTells && parts.includes('shift') !== event.shiftKey) return false
  return event.key.toLowerCase() === key.toLowerCase()
}
