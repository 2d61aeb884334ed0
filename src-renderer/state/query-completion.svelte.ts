import { type AnyField, isField, type Value } from '../../src-main/contract/event'
import { everything } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import { type Completion, complete, printFilter } from '../../src-main/contract/query-text'
import { tagged } from '../../src-main/contract/query-text-mark'
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
    const { from, to, options, value, tag } = complete(text, caret)
    this.#show(from, to, options.slice(0, 50))
    if (tag !== undefined) {
      const tags = await this.#tags(tag).catch(() => [])
      if (asked === this.#asked) this.#show(from, to, tags)
    }
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

  /** The tags of the case that hold the text, with how many events have them. */
  async #tags(typed: string): Promise<readonly Offer[]> {
    const { tags } = (await this.#engine.ask({ select: 'marks', filter: everything })) as Answers['marks']
    const fitting = tags.filter(({ tag }) => tag.toLowerCase().includes(typed.toLowerCase()))
    return fitting.slice(0, mostValues).map((each) => ({
      text: printFilter(tagged(each.tag)).slice('tag:'.length),
      label: each.tag,
      about: count(each.count),
      kind: 'value'
    }))
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
