import type { AnyField } from '../../../src-main/contract/event'
import { fieldsIn } from '../../state/kept-fields'
import { type FacetOrder, usualFacets } from './facet-order'

const key = 'spoor.explore'

/** How the analyst likes the Explore page. */
export interface Kept extends FacetOrder {
  readonly openFacets: readonly AnyField[]
  readonly splitBy: 'event.category' | 'event.outcome'
  readonly record: 'tree' | 'text'
  readonly pretty: boolean
  readonly wrap: boolean
}

const kept: Kept = {
  pinned: [],
  facets: usualFacets,
  openFacets: [
    'event.action',
    'event.category',
    'event.outcome',
    'user.name',
    'source.ip',
    'source.geo.country_iso_code'
  ],
  splitBy: 'event.category',
  record: 'tree',
  pretty: true,
  wrap: true
}

/** What a case keeps of it: which facets are there, in which order, is told by what its logs hold. */
interface CaseFacets {
  facets: object | null
}

/** How the Explore page is laid out. A case that has no facets of its own yet begins with those of the one before. */
export class ExploreTaste {
  #storage: Pick<Storage, 'getItem' | 'setItem'> | null
  #case: CaseFacets
  #habits = $state.raw(kept)
  readonly now: Kept = $derived.by(() => ({ ...this.#habits, ...facetsIn(this.#case.facets ?? {}) }))

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null, inCase: CaseFacets) {
    this.#storage = storage
    this.#case = inCase
    this.#habits = { ...kept, ...read(storage) }
  }

  set(change: Partial<Kept>): void {
    const now = { ...this.now, ...change }
    const { pinned, facets, openFacets } = now
    this.#habits = now
    if (change.pinned || change.facets || change.openFacets) this.#case.facets = { pinned, facets, openFacets }
    try {
      this.#storage?.setItem(key, JSON.stringify(now))
    } catch {
      // A full or forbidden storage costs the memory of it, not the choice.
    }
  }

  toggleFacet(field: AnyField): void {
    const { openFacets } = this.now
    this.set({
      openFacets: openFacets.includes(field) ? openFacets.filter((each) => each !== field) : [...openFacets, field]
    })
  }
}

/** The facets that were kept; what is no field is left out. */
function facetsIn({ openFacets, pinned, facets }: Partial<Kept>): Partial<Kept> {
  const [open, first, others] = [fieldsIn(openFacets), fieldsIn(pinned) ?? [], fieldsIn(facets)]
  return {
    ...(open && { openFacets: open }),
    ...(others && { pinned: first, facets: others.filter((each) => !first.includes(each)) })
  }
}

function read(storage: Pick<Storage, 'getItem'> | null): Partial<Kept> {
  try {
    const held = JSON.parse(storage?.getItem(key) ?? '{}') as Partial<Kept>
    const { splitBy, record, pretty, wrap } = held
    return {
      ...facetsIn(held),
      ...(splitBy === 'event.outcome' && { splitBy }),
      ...(record === 'text' && { record }),
      ...(typeof pretty === 'boolean' && { pretty }),
      ...(typeof wrap === 'boolean' && { wrap })
    }
  } catch {
    return {}
  }
}
