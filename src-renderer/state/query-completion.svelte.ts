import { type AnyField, isField, type RecordField, type Value } from '../../src-main/contract/event'
import { everything, type Filter } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import { type Completion, complete, printFilter } from '../../src-main/contract/query-text'
import { tagged } from '../../src-main/contract/query-text-mark'
import type { Engine } from '../../src-main/contract/rpc'
import type { RecordPathCounts, ValueCount } from '../../src-main/contract/values'
import { count } from './format'
import { listFilter, listText, type PastedList } from './pasted-list'
import { newTicket } from './ticket'
import { fieldTitle } from './value-text'

/** What could stand at the caret, as a list line. */
export interface Offer {
  readonly text: string
  readonly label: string
  readonly about: string
  readonly kind: Completion['kind'] | 'recent' | 'list'
  /** What becomes a chip instead of text: a list too long to read. */
  readonly chip?: Filter
}

const mostValues = 12
const mostPaths = 50
/** Longer lists become a chip. */
const longestInText = 20

/** What the query box offers while one types: fields, the values of this case with their counts, what its records have, times, and texts run before. */
export class QueryCompletion {
  #engine: Engine
  #recent: () => readonly string[]
  #asked = 0
  #ticket = ''
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
    const asked = this.#begin()
    if (text.trim() === '') {
      this.#show(0, text.length, this.#recent().slice(0, 8).map(recentOffer))
      return
    }
    const { from, to, options, value, path, tag } = complete(text, caret)
    // What is known by heart stands until the case has answered.
    this.#show(from, to, options.slice(0, mostPaths))
    const more = value
      ? await this.#values(value.field, value.text)
      : tag !== undefined
        ? await this.#tags(tag).catch(() => [])
        : path !== undefined && path.length > 2
          ? await this.#paths(path)
          : []
    if (asked !== this.#asked || more.length === 0) return
    const told = new Set(more.map(({ text }) => text))
    const rest = options.filter((option) => !told.has(option.text))
    this.#show(from, to, value ? [...more, ...rest] : [...rest.slice(0, mostPaths), ...more])
  }

  /** What a pasted list may mean, the fields that have most of it first. */
  async offerList({ values, called, fields }: PastedList, caret: number, field?: AnyField): Promise<void> {
    const asked = this.#begin()
    const tried = [...new Set([...(field ? [field] : []), ...fields])]
    const offer = (one: AnyField, events?: number): Offer => {
      const long = values.length > longestInText
      const found = events === undefined ? '' : `${count(events)} ${events === 1 ? 'event' : 'events'}`
      return {
        kind: 'list',
        label: `${fieldTitle(one)} is one of these ${count(values.length)} ${called}`,
        about: found,
        text: long ? '' : listText(one, values),
        ...(long && { chip: listFilter(one, values) })
      }
    }
    const asIs: Offer = { kind: 'list', label: 'As text, all of these words', about: '', text: values.join(' ') }
    this.#show(caret, caret, [...tried.map((one) => offer(one)), ...(values.length > longestInText ? [] : [asIs])])
    this.active = 0
    const counts = await Promise.all(tried.map((one) => this.#events(listFilter(one, values))))
    if (asked !== this.#asked) return
    const best = tried
      .map((one, at) => ({ one, events: counts[at] ?? 0 }))
      .sort((a, b) => Number(b.one === field) - Number(a.one === field) || b.events - a.events)
    this.#show(caret, caret, [
      ...best.map(({ one, events }) => offer(one, events)),
      ...(values.length > longestInText ? [] : [asIs])
    ])
    this.active = 0
  }

  move(by: 1 | -1): void {
    const size = this.offers.length
    if (size > 0) this.active = (this.active + by + size + (this.active < 0 && by < 0 ? 1 : 0)) % size
  }

  /** What a line puts in the place of what; the caret goes behind it. */
  take(text: string, offer: Offer): { readonly from: number; readonly to: number; readonly text: string } {
    const goesOn = offer.kind === 'field' || offer.chip || text.slice(this.#to).startsWith(' ')
    return { from: this.#from, to: this.#to, text: goesOn ? offer.text : `${offer.text} ` }
  }

  close(): void {
    this.#begin()
    this.offers = []
  }

  #begin(): number {
    if (this.#ticket) void this.#engine.cancel(this.#ticket).catch(() => {})
    this.#ticket = ''
    this.active = -1
    return ++this.#asked
  }

  #show(from: number, to: number, offers: readonly Offer[]): void {
    this.active = -1
    this.#from = from
    this.#to = to
    this.offers = offers
  }

  async #values(field: AnyField, text: string): Promise<Offer[]> {
    if (!isField(field)) {
      const { values, looked } = await this.#engine
        .recordValues(field as RecordField, text, mostValues)
        .catch(() => ({ values: [], looked: 0 }))
      return values.map((each) => valueOffer(field, each.value, `${count(each.count)} of ${count(looked)} looked at`))
    }
    this.#ticket = newTicket()
    const found: readonly ValueCount[] = await this.#engine
      .values(field, text, mostValues, this.#ticket)
      .catch(() => [])
    return found.map((each) => valueOffer(field, each.value, count(each.count)))
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

  async #paths(typed: string): Promise<Offer[]> {
    const nothing: RecordPathCounts = { looked: 0, paths: [] }
    const { paths } = await this.#engine.recordPaths(typed, mostPaths).catch(() => nothing)
    return paths.map(({ field, examples }) => ({
      text: `${field}:`,
      label: field,
      about: examples.join(', ').slice(0, 80),
      kind: 'field'
    }))
  }

  async #events(filter: Filter): Promise<number> {
    const answer = await this.#engine.ask({ select: 'count', filter }).catch(() => null)
    return answer && 'count' in answer ? answer.count : 0
  }
}

const recentOffer = (text: string): Offer => ({ text, label: text, about: 'Searched before', kind: 'recent' })

function valueOffer(field: AnyField, value: Value, about: string): Offer {
  const written = printFilter({ kind: 'is', field, values: [value] }).slice(field.length + 1)
  return { text: written, label: String(value), about, kind: 'value' }
}
