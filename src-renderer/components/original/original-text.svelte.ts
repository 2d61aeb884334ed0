import { untrack } from 'svelte'
import type { EvidenceBytes, EvidenceWindow } from '../../../src-main/contract/evidence'
import type { Engine } from '../../../src-main/contract/rpc'
import { cutOff, leftOver, lineEnds, type Stretch } from './original-lines'

const step = 32 << 10
/** What stands before the place that is gone to. */
const before = 6 << 10
const most = 6

/** The file around a place, as text: a few stretches one after another, of which the ends grow as one scrolls. */
export class OriginalText {
  #engine: Pick<Engine, 'evidenceBytes'>
  #evidence: string
  #turn = 0
  stretches = $state.raw<readonly Stretch[]>([])
  /** Of the last answer: how long the file is, what it is written in. */
  info = $state.raw<Omit<EvidenceBytes, 'bytes'> | null>(null)
  error = $state.raw<Error | null>(null)
  loading = $state(false)
  atEnd = $state(false)
  /** Grows with every place gone to, so that the view scrolls there. */
  gone = $state(0)
  target = $state(0)

  constructor(engine: Pick<Engine, 'evidenceBytes'>, evidence: string) {
    this.#engine = engine
    this.#evidence = evidence
  }

  get atBegin(): boolean {
    return (this.stretches[0]?.offset ?? 0) === 0
  }

  /** Shows a byte, or a line, of the file, with what stands before it. */
  async goTo(at: EvidenceWindow['at']): Promise<void> {
    const turn = ++this.#turn
    await this.#ask(turn, async () => {
      const target = 'line' in at ? (await this.#window(at, 1)).offset : at.offset
      const from = Math.max(0, target - before)
      // A place in UTF-16 is even, and so is what lies before it.
      const seen = await this.#window({ offset: from - (from % 2) }, before + step)
      if (turn !== this.#turn) return
      this.stretches = [this.#whole(seen, true)]
      this.atEnd = this.#ends(seen)
      this.target = Math.min(target, seen.offset + Math.max(0, byteLength(seen) - 1))
      this.gone = untrack(() => this.gone) + 1
    })
  }

  async more(side: 'before' | 'after'): Promise<void> {
    const first = this.stretches[0]
    const last = this.stretches.at(-1)
    if (this.loading || !first || !last || (side === 'before' ? this.atBegin : this.atEnd)) return
    await this.#ask(this.#turn, async () => {
      const offset = side === 'before' ? Math.max(0, first.offset - step) : last.offset + last.bytes.length
      const seen = await this.#window({ offset }, side === 'before' ? first.offset - offset : step)
      if (this.stretches[0] !== first || this.stretches.at(-1) !== last) return
      if (side === 'before') {
        this.stretches = [this.#whole(seen, false), ...this.stretches].slice(0, most)
        this.atEnd = false
      } else {
        this.atEnd = this.#ends(seen)
        if (byteLength(seen) > 0) this.stretches = [...this.stretches, this.#whole(seen, true)].slice(-most)
      }
    })
  }

  async #window(at: EvidenceWindow['at'], length: number): Promise<EvidenceBytes> {
    const seen = await this.#engine.evidenceBytes({ evidence: this.#evidence, at, length })
    const { bytes: _, ...info } = seen
    this.info = info
    return seen
  }

  #ends = (seen: EvidenceBytes) => seen.total !== null && seen.offset + byteLength(seen) >= seen.total

  /** From the first line that begins in it, to the end of the last; of a line longer than it, whole characters. */
  #whole(seen: EvidenceBytes, cutEnd: boolean): Stretch {
    const { encoding, offset } = seen
    const all = bytesOf(seen)
    const ends = lineEnds(all, encoding)
    const [firstEnd] = ends
    const begins = seen.lineBegins || offset === 0
    const skip = begins ? 0 : firstEnd !== undefined && firstEnd < all.length ? firstEnd : leftOver(all, encoding)
    const lastEnd = ends.at(-1)
    const cut =
      !cutEnd || this.#ends(seen)
        ? all.length
        : lastEnd !== undefined && lastEnd > skip
          ? lastEnd
          : all.length - cutOff(all, encoding)
    const lineSkipped = !begins && skip === firstEnd
    return {
      bytes: all.subarray(skip, cut),
      offset: offset + skip,
      line: seen.line + (lineSkipped ? 1 : 0),
      lineBegins: begins || lineSkipped
    }
  }

  async #ask(turn: number, work: () => Promise<void>): Promise<void> {
    this.loading = true
    try {
      await work()
      if (turn === this.#turn) this.error = null
    } catch (error) {
      if (turn === this.#turn) this.error = error instanceof Error ? error : new Error(String(error))
    } finally {
      if (turn === this.#turn) this.loading = false
    }
  }
}

export const bytesOf = ({ bytes }: EvidenceBytes): Uint8Array =>
  Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))
const byteLength = ({ bytes }: EvidenceBytes) => (bytes.length / 4) * 3 - (/=*$/.exec(bytes)?.[0].length ?? 0)
