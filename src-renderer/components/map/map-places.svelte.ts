import { allOf, type Filter } from '../../../src-main/contract/filter'
import type { Cluster, Places, Query } from '../../../src-main/contract/query'
import type { App } from '../../state/app.svelte'
import { LiveQuery } from '../../state/live-query.svelte'
import { afterClick, isChosen, partsOf } from '../charts/choice'
import { askedBox, type Box, cellAt, holds, nearZoom, type View } from './grid'

const owner = 'Map'

type PlacesQuery = Extract<Query, { select: 'places' }>
const places = (filter: Filter, cell: number): PlacesQuery => ({ select: 'places', filter, cell })

/** What the map shows of the filtered events, and what was chosen on it. It is not filtered by its own choice. */
export class MapPlaces {
  #app: App
  view = $state.raw<View | null>(null)

  readonly #others = $derived.by(() => this.#app.selection.filterFor(owner))
  readonly #asked = $derived(this.view && askedBox(this.view))
  readonly #cell = $derived(this.view && cellAt(this.view.zoom))
  readonly #wholeCell = $derived(this.#cell && Math.max(this.#cell, cellAt(nearZoom - 1)))

  // The whole set, on the grid of the whole world; from near, the window again on a finer one.
  readonly #whole: LiveQuery<PlacesQuery>
  readonly #close: LiveQuery<PlacesQuery>
  readonly #named: LiveQuery<Extract<Query, { select: 'groups' }>>
  // What of each circle is chosen is counted by the engine, whatever the choice was made by.
  readonly #chosen: LiveQuery<PlacesQuery>

  constructor(app: App) {
    this.#app = app
    this.#whole = new LiveQuery(app, () => (this.#wholeCell ? places(this.#others, this.#wholeCell) : null))
    this.#close = new LiveQuery(app, () =>
      this.#cell && this.#asked ? places(allOf(this.#others, this.#asked), this.#cell) : null
    )
    this.#named = new LiveQuery(app, () => ({
      select: 'groups',
      filter: allOf(this.#others, { kind: 'present', field: 'source.geo.country_name' }),
      by: ['source.geo.country_name', 'source.geo.city_name'],
      limit: 200
    }))
    this.#chosen = new LiveQuery(app, () => {
      const cell = this.#asked ? this.#cell : this.#wholeCell
      return this.own && cell ? places(allOf(app.selection.filter, this.#asked ?? undefined), cell) : null
    })
  }

  readonly own = $derived.by(() => this.#app.selection.clauses.find((each) => each.owner === owner && !each.disabled))
  readonly #parts = $derived(this.own ? partsOf(this.own.filter) : [])
  readonly boxes = $derived(this.#parts.filter((part): part is Box => part.kind === 'box'))

  /** Of the whole filtered set, wherever the map is. */
  get everywhere(): Places | null {
    return this.#whole.answer
  }
  get named() {
    return this.#named.answer
  }
  get clusters(): readonly Cluster[] {
    return ((this.#asked && this.#close.answer) || this.#whole.answer)?.clusters ?? []
  }
  /** Events that have a place. */
  readonly located = $derived.by(() => this.everywhere?.clusters.reduce((sum, { count }) => sum + count, 0) ?? 0)
  readonly total = $derived.by(() => {
    const without = this.everywhere?.without
    return without && this.located + without.private + without.unknown + without.notAnAddress + without.absent
  })

  /** Tells whether a circle is chosen, or part of it; null while nothing is. */
  readonly isChosen = $derived.by(() => {
    const chosen = this.own && this.#chosen.answer?.clusters
    return chosen ? (cluster: Cluster) => chosen.some((part) => holds(cluster, part)) : null
  })
  isPicked = (clause: Filter): boolean =>
    this.#parts.length > 0 && isChosen(this.#parts, clause) !== Boolean(this.own?.negated)

  pick = (clause: Filter, adding: boolean): void =>
    this.#app.selection.replace(owner, afterClick(this.#parts, clause, adding))

  clear(): void {
    this.#app.selection.replace(owner, null)
  }

  /** Where the events of this choice are, each place by itself as far as a degree tells. */
  async clustersOf(clause: Filter): Promise<readonly Cluster[]> {
    const answer = (await this.#app.engine.ask(places(allOf(this.#others, clause), 1))) as Places
    return answer.clusters
  }

  /** Moving the map asks anew as well, but what is seen meanwhile is as true as before. */
  readonly outdated = $derived.by(
    () =>
      this.#whole.answer !== null && JSON.stringify(this.#whole.answeredQuery?.filter) !== JSON.stringify(this.#others)
  )
  get listOutdated(): boolean {
    return this.#named.stale
  }
  get slow(): boolean {
    return this.#whole.slow || this.#close.slow
  }
  get error(): Error | null {
    return this.#whole.error ?? this.#close.error ?? this.#named.error
  }
  retry = (): void => {
    for (const query of [this.#whole, this.#close, this.#named]) if (query.error) query.retry()
  }
}
