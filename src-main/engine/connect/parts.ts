import type { PullReport } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { recordSteps } from '../../contract/record-path'
import type { Connected } from './connected'
import type { PartLine } from './journal-lines'

type RefusedPart = PullReport['refused'][number]

/** How a part is read: as which source, and where in an answer the events are, as far as its connector says. */
export interface PartRead {
  readonly source?: string
  readonly list?: readonly string[]
}

function readOf(stream: Stream | undefined): PartRead {
  if (!stream) return {}
  const { source, list = '' } = stream
  const steps = list === '' ? [] : recordSteps(list)
  const keys = steps?.every((step) => typeof step === 'string') ? { list: steps as readonly string[] } : {}
  return { ...keys, ...(source === undefined ? {} : { source }) }
}

/** Parts of a pull on their way into the case, one after another while the pull goes on. */
export class Parts {
  readonly #take: (part: PartLine, read: PartRead) => Promise<RefusedPart | null>
  readonly #connected: Connected
  readonly #refused: RefusedPart[] = []
  #taken: Promise<void> = Promise.resolve()
  #events = 0
  #waiting = 0
  onTaken: () => void = () => {}

  constructor(take: (part: PartLine, read: PartRead) => Promise<RefusedPart | null>, connected: Connected) {
    this.#take = take
    this.#connected = connected
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
      const read = readOf(this.#connected.streams[part.stream])
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
