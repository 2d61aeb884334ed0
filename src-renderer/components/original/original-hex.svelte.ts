import type { EvidenceBytes } from '../../../src-main/contract/evidence'
import type { Engine } from '../../../src-main/contract/rpc'
import { bytesOf } from './original-text.svelte'

const chunk = 64 << 10
/** Chunks kept: what is scrolled past further than this is fetched again. */
const kept = 24
export const perRow = 16

/** The bytes of a file by sixteen, fetched where they are looked at. */
export class OriginalHex {
  #engine: Pick<Engine, 'evidenceBytes'>
  #evidence: string
  #asked = new Set<number>()
  #chunks = $state.raw<ReadonlyMap<number, Uint8Array>>(new Map())
  /** As much of the file as is known to be there. */
  length = $state(0)
  total = $state<number | null>(null)
  error = $state.raw<Error | null>(null)

  constructor(engine: Pick<Engine, 'evidenceBytes'>, evidence: string, length: number) {
    this.#engine = engine
    this.#evidence = evidence
    this.length = length
  }

  get rows(): number {
    return Math.ceil(this.length / perRow)
  }

  /** The bytes of a row; undefined while they are fetched. */
  row(index: number): Uint8Array | undefined {
    const offset = index * perRow
    const from = offset % chunk
    return this.#chunks.get(Math.floor(offset / chunk))?.subarray(from, from + perRow)
  }

  /** Fetches what these rows need. */
  look(first: number, last: number): void {
    for (let at = Math.floor((first * perRow) / chunk); at * chunk <= last * perRow; at++) void this.#fetch(at)
  }

  async #fetch(index: number): Promise<void> {
    if (this.#asked.has(index)) return
    this.#asked.add(index)
    try {
      const at = { offset: index * chunk }
      this.#take(index, await this.#engine.evidenceBytes({ evidence: this.#evidence, at, length: chunk }))
      this.error = null
    } catch (error) {
      this.#asked.delete(index)
      this.error = error instanceof Error ? error : new Error(String(error))
    }
  }

  #take(index: number, seen: EvidenceBytes): void {
    const bytes = bytesOf(seen)
    const chunks = [...this.#chunks, [index, bytes] as const].slice(-kept)
    for (const known of this.#asked) if (!chunks.some(([at]) => at === known)) this.#asked.delete(known)
    this.#chunks = new Map(chunks)
    this.total = seen.total
    // Of a compressed file the end comes in sight only when it is reached: until then there is more.
    this.length = seen.total ?? Math.max(this.length, seen.offset + bytes.length + 1)
  }
}
