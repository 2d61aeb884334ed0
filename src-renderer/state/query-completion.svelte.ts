import { type AnyField, isField, type Value } from '../../src-main/contract/event'
import { type Completion, complete, printFilter } from '../../src-main/contract/query-text'
import type { Engine } from '../../src-main/contract/rpc'
import { count } from './format'

/** What could stand at the caret, as a list line. */
export interface Offer {
  readonly text: string
  readonly label: string
  readonly about: string
  readonly kind: Completion['kind'] | 'recent'
}

const mostValues = 12

/** What the query box offers while one types: fields, the values of this case with their counts, ranges, and texts run before. */
export class QueryCompletion {
  #engine: Engine
  #recent: () => readonly string[]
  #asked = 0
  #from = 0
  #to = 0
  offers = $state.raw<readonly Offer[]>([])
  /** The line that Enter would take; -1: none. */
  active = $state(-1)

  constructor(engine: Engine, recent: () => readonly string[]) {
    this.#engine = engine
    this.#recent = recent
  }

  get open(): boolean {
    return this.offers.length > 0
  }

  async look(text: string, caret: number): Promise<void> {
    const asked = ++this.#asked
    this.active = -1
    if (text.trim() === '') {
      this.#show(0, text.length, this.#recent().slice(0, 8).map(recentOffer))
      return
    }
    const { from, to, options, value } = complete(text, caret)
    this.#show(from, to, options.slice(0, 50))
    if (!value || !isField(value.field)) return
    // The values come from the case; what is known by heart stays until they are there.
    const found = await this.#engine.values(value.field, value.text, mostValues).catch(() => [])
    if (asked !== this.#asked || found.length === 0) return
    this.active = -1
    this.#show(
      from,
      to,
      found.map((each) => valueOffer(value.field, each.value, each.count))
    )
  }

  move(by: 1 | -1): void {
    const size = this.offers.length
    if (size > 0) this.active = (this.active + by + size + (this.active < 0 && by < 0 ? 1 : 0)) % size
  }

  /** The text and caret once a line is taken. */
  take(text: string, offer: Offer): { readonly text: string; readonly caret: number } {
    const done = offer.kind === 'field' || text.slice(this.#to).startsWith(' ') ? offer.text : `${offer.text} `
    return { text: text.slice(0, this.#from) + done + text.slice(this.#to), caret: this.#from + done.length }
  }

  close(): void {
    this.#asked++
    this.offers = []
    this.active = -1
  }

  #show(from: number, to: number, offers: readonly Offer[]): void {
    this.#from = from
    this.#to = to
    this.offers = offers
  }
}

const recentOffer = (text: string): Offer => ({ text, label: text, about: 'Searched before', kind: 'recent' })

function valueOffer(field: AnyField, value: Value, events: number): Offer {
  const written = printFilter({ kind: 'is', field, values: [value] }).slice(field.length + 1)
  return { text: written, label: String(value), about: count(events), kind: 'value' }
}
