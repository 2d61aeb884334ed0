import { type Field, isField } from '../../../src-main/contract/event'

const key = 'spoor.explore'

/** How the analyst likes the Explore page, kept by the browser. */
export interface Kept {
  readonly openFacets: readonly Field[]
  readonly splitBy: 'event.category' | 'event.outcome'
  readonly record: 'tree' | 'text'
  readonly pretty: boolean
  readonly wrap: boolean
}

const kept: Kept = {
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

  toggleFacet(field: Field): void {
    const { openFacets } = this.#now
    this.set({
      openFacets: openFacets.includes(field) ? openFacets.filter((each) => each !== field) : [...openFacets, field]
    })
  }
}

function read(storage: Pick<Storage, 'getItem'> | null): Partial<Kept> {
  try {
    const { openFacets, splitBy, record, pretty, wrap } = JSON.parse(storage?.getItem(key) ?? '{}') as Partial<Kept>
    return {
      ...(Array.isArray(openFacets) && { openFacets: openFacets.filter((each) => isField(each)) }),
      ...(splitBy === 'event.outcome' && { splitBy }),
      ...(record === 'text' && { record }),
      ...(typeof pretty === 'boolean' && { pretty }),
      ...(typeof wrap === 'boolean' && { wrap })
    }
  } catch {
    return {}
  }
}
