import { type AnyField, isField } from '../../../src-main/contract/event'
import { recordSteps } from '../../../src-main/contract/record-path'
import { type FacetOrder, usualFacets } from './facet-order'

const key = 'spoor.explore'

/** How the analyst likes the Explore page, kept by the browser. */
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

export class ExploreTaste {
  #storage: Pick<Storage, 'getItem' | 'setItem'> | null
  #now = $state.raw(kept)

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.#storage = storage
    this.#now = { ...kept, ...read(storage) }
  }

  get now(): Kept {
    return this.#now
  }

  set(change: Partial<Kept>): void {
    this.#now = { ...this.#now, ...change }
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#now))
    } catch {
      // A full or forbidden storage costs the memory of it, not the choice.
    }
  }

  toggleFacet(field: AnyField): void {
    const { openFacets } = this.#now
    this.set({
      openFacets: openFacets.includes(field) ? openFacets.filter((each) => each !== field) : [...openFacets, field]
    })
  }
}

const isAnyField = (name: unknown): name is AnyField =>
  typeof name === 'string' &&
  (isField(name) || (name.startsWith('record.') && recordSteps(name.slice('record.'.length)) !== undefined))
const fieldsIn = (list: readonly unknown[]): AnyField[] => [...new Set(list.filter(isAnyField))]

function read(storage: Pick<Storage, 'getItem'> | null): Partial<Kept> {
  try {
    const { openFacets, pinned, facets, splitBy, record, pretty, wrap } = JSON.parse(
      storage?.getItem(key) ?? '{}'
    ) as Partial<Kept>
    const first = Array.isArray(pinned) ? fieldsIn(pinned) : []
    return {
      ...(Array.isArray(openFacets) && { openFacets: fieldsIn(openFacets) }),
      ...(Array.isArray(facets) && { pinned: first, facets: fieldsIn(facets).filter((each) => !first.includes(each)) }),
      ...(splitBy === 'event.outcome' && { splitBy }),
      ...(record === 'text' && { record }),
      ...(typeof pretty === 'boolean' && { pretty }),
      ...(typeof wrap === 'boolean' && { wrap })
    }
  } catch {
    return {}
  }
}
