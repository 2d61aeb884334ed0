import { parseQuery } from '../../../src-main/contract/query-text'
import type { App } from '../../state/app.svelte'
import type { ColourRule } from '../../state/colour-rules'

/** The rules that colour rows now: those switched on whose query can be read. */
export class TableRules {
  readonly #inForce

  constructor(app: Pick<App, 'layout' | 'zone'>) {
    const inForce = $derived(
      app.layout.now.rules.flatMap((rule) => {
        const { filter } = rule.off ? {} : parseQuery(rule.query, { zone: app.zone })
        return filter && rule.query.trim() !== '' ? [{ rule, filter }] : []
      })
    )
    this.#inForce = () => inForce
  }

  get filters() {
    return this.#inForce().map(({ filter }) => filter)
  }

  /** The rule of a row, by the place the engine tells. */
  at(place: number | null): ColourRule | null {
    return place === null ? null : (this.#inForce()[place]?.rule ?? null)
  }
}
