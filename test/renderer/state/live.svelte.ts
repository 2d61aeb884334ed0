/** Reactive values that a test sets as the window would. */
export class Live<T extends object> {
  readonly value: T
  constructor(initial: T) {
    const values = $state(initial)
    this.value = values as T
  }
  set<K extends keyof T>(name: K, value: T[K]): void {
    this.value[name] = value
  }
}

/** Runs as a component would; the answer takes it off the page. */
export const inRoot = (run: () => void): (() => void) => $effect.root(run)

/** Runs whenever what it reads changes, as in a component. */
export function effect(run: () => undefined | (() => void)): void {
  $effect(run)
}
