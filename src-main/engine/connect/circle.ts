import type { Paging } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import type { Page, PageCount } from './page'
import type { At } from './paging'

/** Pages of events that all came before, one after the other, before a server is taken to go in a circle. */
const mostRepeated = 100
/** Places behind each other at which the very same page stands, before it is taken for the last. */
const mostSame = 3

export interface Looked {
  readonly page: Page
  readonly count: PageCount
  readonly next: At | null
  /** Pages of the stretch at hand that brought something new. */
  readonly turned: number
  /** Events that came so far, and how many there are by the server's count. */
  readonly events: number
  readonly said?: number | undefined
}

/** Where to go on: null at the end, or where a fault says why not. A note says what cannot be known for sure. */
interface Onward {
  readonly next: At | null
  readonly note?: string
  readonly fault?: AppError
}

/** Looks whether a server still leads on, or gives for ever what came before. */
export class Circle {
  readonly #title: string
  /** Whether the end is where no more comes, and nothing else says so. */
  readonly #isCounted: boolean
  readonly #most: number
  #repeated = 0
  #same = { list: '', places: 0 }

  /**
   * `before`: pages that came before it was resumed, which may all come again where new events push them on. What is followed is asked
   * for again and again: that a page came before says nothing of the end then.
   */
  constructor(title: string, paging: Paging, before: number, isFollowed = false) {
    this.#title = title
    const isCounted = paging.kind === 'offset' || (paging.kind === 'page' && paging.next === undefined)
    this.#isCounted = isCounted && !isFollowed
    this.#most = mostRepeated + before
  }

  onward(looked: Looked): Onward {
    const { next, count, events, said } = looked
    if (count.fresh > 0 || count.events === 0) {
      this.#repeated = 0
      this.#same = { list: '', places: 0 }
      return { next }
    }
    // A page that is asked for once more is the same page.
    if (!next?.again) this.#repeated++
    const isAll = said !== undefined && events >= said
    if (next === null) return isAll || !this.#isFirstAgain(looked) ? { next } : { next, note: this.#onePage(events) }
    if (this.#isCounted && this.#isSame(looked) && (said === undefined || isAll)) {
      if (looked.turned < 2) return this.#refused('for every page. Check how its pages are asked for')
      return isAll ? { next: null } : { next: null, note: this.#lastPage(events) }
    }
    return this.#repeated > this.#most ? this.#refused('again and again') : { next }
  }

  /** Whether there was one page, and the next one was that once more. */
  #isFirstAgain = ({ turned, count, events }: Looked): boolean =>
    this.#isCounted && turned === 1 && count.events === events

  /** Whether another place had the same page as those before. */
  #isSame({ page, next }: Looked): boolean {
    if (next?.again) return false
    const list = JSON.stringify(page.list)
    this.#same = { list, places: list === this.#same.list ? this.#same.places + 1 : 1 }
    return this.#same.places >= mostSame
  }

  #onePage = (events: number): string =>
    `${this.#title}: the second page held the same ${events} events as the first, which were taken for all there are. If there are more, the server knows the page by another name than it is asked for by.`

  #lastPage = (events: number): string =>
    `${this.#title}: behind ${events} events the server gives the same page wherever it is asked, which was taken for the last. It does not say how many events there are.`

  #refused(how: string): Onward {
    const fault = new AppError('answer_refused', `${this.#title}: the server gives the same events ${how}.`)
    return { next: null, fault }
  }
}
