import { type ChangeKind, changeKinds } from '../../src-main/contract/compare'
import { type Other, readOther } from './compared-sets'

const orders = ['change', 'a', 'b'] as const

/** A comparison as it is kept with its tab. */
export interface KeptComparing {
  readonly other: Other | null
  readonly only: ChangeKind | null
  readonly order: (typeof orders)[number]
}

/** How a tab compares: with what, and what of it is listed in which order. */
export class Comparing {
  /** null: what is usual for the filter. */
  other = $state.raw<Other | null>(null)
  only = $state<ChangeKind | null>(null)
  order = $state<KeptComparing['order']>('change')

  get kept(): KeptComparing {
    return { other: this.other, only: this.only, order: this.order }
  }

  /** Puts it as it was kept; what of that cannot be read is as usual. */
  restore(kept: unknown): void {
    const { other, only, order } = (kept ?? {}) as Partial<KeptComparing>
    this.other = readOther(other)
    this.only = changeKinds.find((kind) => kind === only) ?? null
    this.order = orders.find((each) => each === order) ?? 'change'
  }
}
