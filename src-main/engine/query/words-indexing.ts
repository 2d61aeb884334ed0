import { Worker } from 'node:worker_threads'
import { DuckDBBlobValue, type DuckDBConnection, type DuckDBInstance } from '@duckdb/node-api'
import type { Field } from '../../contract/event'
import { identifier } from '../store/sql'
import { workerFile } from '../store/worker-file'
import { blockRows, type Extent, segmentBlocks, segmentRows, type WordsIndex } from './words-index'
import type { ToWordsWorker } from './words-worker'

/** A case that has just been opened or filled has better to do at first (ms). */
const startAfter = 2000
/** While questions are answered, it is seen again after this long (ms) whether they still are. */
const restFor = 200

/** Makes the index of words while nothing else is to be done, one segment of records after the other. */
export class WordsIndexing {
  readonly #instance: DuckDBInstance
  readonly #index: WordsIndex
  readonly #busy: () => boolean
  #stopped = true
  #running: Promise<void> | undefined

  /** `busy`: something is being asked of the case, which goes before. */
  constructor(instance: DuckDBInstance, index: WordsIndex, busy: () => boolean) {
    this.#instance = instance
    this.#index = index
    this.#busy = busy
  }

  /** From now on until told otherwise, indexes what is not indexed of this evidence, with these fields besides its records. */
  async start(evidence: readonly Extent[], fields: readonly Field[]): Promise<void> {
    await this.stop()
    this.#stopped = false
    // What goes wrong here costs speed, not truth: words are then looked for in every record.
    this.#running = this.#run(evidence, fields).catch(() => {})
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  /** All that can be indexed is. */
  async done(): Promise<void> {
    await this.#running
  }

  async #run(evidence: readonly Extent[], fields: readonly Field[]): Promise<void> {
    const rows = Math.max(0, ...evidence.map(({ first, records }) => first + records))
    const missing = Array.from({ length: Math.floor(rows / segmentRows) }, (_, segment) => segment).filter(
      (segment) => !this.#index.stands(segment, evidence, fields)
    )
    if (missing.length === 0) return
    await this.#rest(startAfter)
    if (this.#stopped) return
    const connection = await this.#instance.connect()
    const worker = new Worker(workerFile('words-worker'))
    try {
      // The newest records come last into a case, and are looked at first.
      for (const segment of missing.reverse()) {
        const copied = await copiedIn(segment, connection, fields)
        const made = fields.filter((field) => !copied.includes(field))
        await this.#segment(segment, connection, worker, made)
        if (this.#stopped) return
        this.#index.add(segment, evidence, fields, copied)
      }
    } finally {
      connection.closeSync()
      await worker.terminate()
    }
  }

  async #segment(
    segment: number,
    connection: DuckDBConnection,
    worker: Worker,
    fields: readonly Field[]
  ): Promise<void> {
    let taken: Promise<unknown> = Promise.resolve()
    for (let block = 0; block < segmentBlocks; block++) {
      while (this.#busy() && !this.#stopped) await this.#rest(restFor)
      if (this.#stopped) return
      const text = await textOf(segment * segmentRows + block * blockRows, connection, fields)
      await taken
      taken = tell(worker, { block, text })
    }
    await taken
    await tell(worker, { file: this.#index.file(segment) })
  }

  async #rest(ms: number): Promise<void> {
    const end = performance.now() + ms
    while (!this.#stopped && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function tell(worker: Worker, message: ToWordsWorker): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    worker.removeAllListeners()
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
  worker.postMessage(message, 'text' in message ? [message.text.buffer as ArrayBuffer] : [])
  return done
}

/** The fields that stand, as they are, in every record of a segment that has them. */
async function copiedIn(
  segment: number,
  connection: DuckDBConnection,
  fields: readonly Field[]
): Promise<readonly Field[]> {
  if (fields.length === 0) return []
  const first = segment * segmentRows
  const copied = fields.map((field) => `bool_and(contains(raw, ${identifier(field)}))`)
  const reader = await connection.runAndReadAll(
    `SELECT ${copied.join(', ')} FROM entry WHERE rowid BETWEEN ${first} AND ${first + segmentRows - 1}`
  )
  // NULL where no record has the field.
  const [found = []] = reader.getRows()
  return fields.filter((_, at) => found[at] !== false)
}

/** All that words are looked for in, of the rows of a block, as bytes. */
async function textOf(first: number, connection: DuckDBConnection, fields: readonly Field[]): Promise<Uint8Array> {
  const made = fields.map((field) => `lower(${identifier(field)})`)
  const reader = await connection.runAndReadAll(
    `SELECT encode(string_agg(concat_ws(chr(10), raw, ${made.join(', ') || 'NULL'}), chr(10))) FROM entry
    WHERE rowid BETWEEN ${first} AND ${first + blockRows - 1}`
  )
  const value = reader.getRows()[0]?.[0]
  if (!(value instanceof DuckDBBlobValue)) return new Uint8Array()
  const bytes = Buffer.from(value.bytes.buffer, value.bytes.byteOffset, value.bytes.byteLength)
  // The two letters outside ASCII that are an ASCII letter but for their case (Unicode's CaseFolding.txt): long s, Kelvin sign.
  return bytes.includes('ſ') || bytes.includes('K')
    ? Buffer.from(bytes.toString().replaceAll('ſ', 's').replaceAll('K', 'k'))
    : bytes
}
