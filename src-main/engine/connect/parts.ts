import type { PullReport } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { recordSteps } from '../../contract/record-path'
import type { Connected } from './connected'
import type { PartLine, PartRead } from './journal-lines'

type RefusedPart = PullReport['refused'][number]

/** How the parts of a connection's streams are read. */
export const readsOf = ({ streams }: Pick<Connected, 'streams'>): Readonly<Record<string, PartRead>> =>
  Object.fromEntries(Object.entries(streams).map(([name, stream]) => [name, readOf(stream)]))

function readOf({ source, list = '' }: Stream): PartRead {
  const steps = list === '' ? [] : recordSteps(list)
  const keys = steps?.every((step) => typeof step === 'string') ? { list: steps as readonly string[] } : {}
  return { ...keys, ...(source === undefined ? {} : { source }) }
}

/** Parts of a pull on their way into the case, one after another while the pull goes on. */
export class Parts {
  readonly #take: (part: PartLine, read: PartRead) => Promise<RefusedPart | null>
  readonly #reads: Readonly<Record<string, PartRead>>
  readonly #refused: RefusedPart[] = []
  #taken: Promise<void> = Promise.resolve()
  #events = 0
  #waiting = 0
  onTaken: () => void = () => {}

  constructor(
    take: (part: PartLine, read: PartRead) => Promise<RefusedPart | null>,
    reads: Readonly<Record<string, PartRead>>
  ) {
    this.#take = take
    this.#reads = reads
  }

  /** Events that are in the case. */
  get events(): number {
    return this.#events
  }

  /** Whether some are not in yet. */
  get isTaking(): boolean {
    return this.#waiting > 0
  }

  get refused(): readonly RefusedPart[] {
    return this.#refused
  }

  /** All that were given so far are in, or refused. */
  get taken(): Promise<void> {
    return this.#taken
  }

  take(part: PartLine): void {
    this.#waiting++
    const taken = this.#taken.then(async () => {
      const read = this.#reads[part.stream] ?? {}
      // One that fails, in whatever way, stands in the way of none that follow.
      const failed = (error: unknown): RefusedPart => ({ path: part.name, message: (error as Error).message })
      const refused = await this.#take(part, read).catch(failed)
      if (refused) this.#refused.push(refused)
      else this.#events += part.events
      this.#waiting--
      this.onTaken()
    })
    // Whoever waits for all of them hears of it.
    taken.catch(() => {})
    this.#taken = taken
  }
}
