import type { ChangeKind } from '../../src-main/contract/compare'
import type { Other } from './compared-sets'
import type { Tab } from './tab.svelte'

/** How a tab compares: with what, and what of it is listed in which order. */
export class Comparing {
  /** null: what is usual for the filter. */
  other = $state.raw<Other | null>(null)
  only = $state<ChangeKind | null>(null)
  order = $state<'change' | 'a' | 'b'>('change')
}

const all = new WeakMap<Tab, Comparing>()

/** The comparison of a tab, as it was left. */
export function comparingOf(tab: Tab): Comparing {
  const known = all.get(tab) ?? new Comparing()
  all.set(tab, known)
  return known
}
