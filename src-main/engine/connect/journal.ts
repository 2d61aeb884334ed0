import { mkdirSync } from 'node:fs'
import { chmod, type FileHandle, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { diskFault } from './disk-fault'
import { cutUnfinished, type JournalLine, type PartLine, type RequestLine, readJournal } from './journal-lines'
import { OpenPart } from './open-part'

/** Parts end here, so that what is in them can be imported while the pull goes on. */
export interface PartLimits {
  readonly bytes: number
  /** Seconds after which the first one ends; each may then take twice as long as the one before, up to five minutes. */
  readonly seconds: number
}

const usualLimits: PartLimits = { bytes: 64 << 20, seconds: 10 }
const longestSeconds = 300
/** What may wait to be written. */
const most = { bytes: 32 << 20, entries: 4096 }

export interface JournalOptions {
  readonly folder: string
  /** What a part is called, by its stream and its number. */
  readonly partName: (stream: string, number: string) => string
  readonly now: () => number
  readonly limits?: PartLimits
  /** A part is whole: it will not change any more. */
  readonly partEnded: (part: PartLine) => void
}

interface Entry {
  readonly line: JournalLine
  readonly body?: Buffer
  /** Whose part holds the body. */
  readonly stream?: string
}

/**
 * Writes answers down as they came, and what is known of each. The bytes are on the disk before the line that tells of them: what a line
 * tells is there, whenever the process ends. Several that wait are written together, while the next is already asked for.
 */
export class Journal {
  readonly #options: JournalOptions
  readonly #limits: PartLimits
  #lines: FileHandle | undefined
  #part: OpenPart | undefined
  #parts = 0
  #queue: Entry[] = []
  #queuedBytes = 0
  #writing: Promise<void> | undefined
  #fault: unknown

  private constructor(options: JournalOptions) {
    this.#options = options
    this.#limits = options.limits ?? usualLimits
  }

  static readonly file = 'requests.jsonl'

  /** Begins the journal of a folder, or goes on where it ends. */
  static async open(
    options: JournalOptions
  ): Promise<{ readonly journal: Journal; readonly lines: readonly JournalLine[] }> {
    mkdirSync(options.folder, { recursive: true })
    const path = join(options.folder, Journal.file)
    cutUnfinished(path)
    const { lines, damaged } = readJournal(path)
    if (damaged !== undefined) {
      const sentence = `${path} was changed: line ${damaged} cannot be read. Begin a new pull.`
      throw new AppError('evidence_damaged', sentence, { file: path })
    }
    const journal = new Journal(options)
    if (lines.length) await chmod(path, 0o600)
    await journal.#goOn(lines)
    journal.#lines = await open(path, 'a', 0o600)
    return { journal, lines }
  }

  /** Adds a line; with the answer it tells of, where that holds events. */
  add(line: JournalLine, body?: Buffer, stream?: string): void {
    // Nothing would take it from the queue any more.
    if (this.#fault) return
    this.#queue.push({ line, ...(body ? { body } : {}), ...(stream ? { stream } : {}) })
    this.#queuedBytes += body?.length ?? 0
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
  }

  /** Resolves when there is room for more, and rejects where nothing more can be written. */
  async room(): Promise<void> {
    while (this.#writing && (this.#queuedBytes > most.bytes || this.#queue.length > most.entries)) await this.#writing
    if (this.#fault) throw this.#fault
  }

  /** All that was added is on the disk. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing
    if (this.#fault) throw this.#fault
  }

  /** Ends the part at hand, if there is one. */
  async endPart(): Promise<void> {
    await this.flush()
    try {
      await this.#endPart()
    } catch (error) {
      this.#fault = diskFault(error, this.#options.folder)
      throw this.#fault
    }
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#part?.close()
    await this.#lines?.close()
    this.#part = undefined
    this.#lines = undefined
  }

  async #write(): Promise<void> {
    // What else is added in this moment is written together.
    await Promise.resolve()
    while (this.#queue.length && !this.#fault) {
      const batch = this.#batch()
      try {
        await this.#writeBatch(batch)
      } catch (error) {
        this.#fault = diskFault(error, this.#options.folder)
      }
      this.#queuedBytes = this.#queue.reduce((sum, { body }) => sum + (body?.length ?? 0), 0)
    }
  }

  /** What waits for one and the same part, as far as there is room in it. */
  #batch(): readonly Entry[] {
    const of = this.#queue.find(({ stream }) => stream)?.stream
    let room = this.#limits.bytes - (this.#part?.stream === of ? (this.#part?.bytes ?? 0) : 0)
    const end = this.#queue.findIndex(({ stream, body }) => {
      const isOver = room <= 0 || (stream !== undefined && stream !== of)
      room -= body?.length ?? 0
      return isOver
    })
    return this.#queue.splice(0, end < 0 ? this.#queue.length : Math.max(1, end))
  }

  async #writeBatch(batch: readonly Entry[]): Promise<void> {
    const stream = batch.find((one) => one.stream)?.stream
    const part = stream && (await this.#partFor(stream))
    const told: string[] = []
    const answers: { readonly body: Buffer; readonly events: number }[] = []
    let offset = part ? part.bytes : 0
    for (const { line, body } of batch) {
      if (!body || !part || !('request' in line)) {
        told.push(`${JSON.stringify(line)}\n`)
        continue
      }
      const request: RequestLine = { ...line.request, part: part.name, offset }
      told.push(`${JSON.stringify({ request })}\n`)
      answers.push({ body, events: request.events ?? 0 })
      offset += body.length + 1
    }
    if (part && answers.length) await part.append(answers)
    await this.#append(told.join(''))
    if (part && this.#isFull(part)) await this.#endPart()
  }

  async #append(text: string): Promise<void> {
    await this.#lines?.appendFile(text)
    await this.#lines?.datasync()
  }

  #isFull({ bytes, begun }: OpenPart): boolean {
    const seconds = Math.min(longestSeconds, this.#limits.seconds * 2 ** Math.max(0, this.#parts - 1))
    return bytes >= this.#limits.bytes || this.#options.now() - begun >= seconds * 1000
  }

  async #partFor(stream: string): Promise<OpenPart> {
    if (this.#part && this.#part.stream !== stream) await this.#endPart()
    if (this.#part) return this.#part
    const name = this.#options.partName(stream, String(++this.#parts).padStart(4, '0'))
    this.#part = await OpenPart.begin(join(this.#options.folder, name), stream, this.#options.now())
    return this.#part
  }

  async #endPart(): Promise<void> {
    const part = this.#part
    if (!part) return
    this.#part = undefined
    const line = await part.end()
    await this.#append(`${JSON.stringify({ part: line })}\n`)
    this.#options.partEnded(line)
  }

  /** Goes on with the part that was open. */
  async #goOn(lines: readonly JournalLine[]): Promise<void> {
    const requests = lines.flatMap((line) => ('request' in line && line.request.part ? [line.request] : []))
    const ended = new Set(lines.flatMap((line) => ('part' in line ? [line.part.name] : [])))
    this.#parts = new Set(requests.map(({ part }) => part)).size
    const name = requests.at(-1)?.part
    if (name !== undefined && !ended.has(name)) {
      const own = requests.filter(({ part }) => part === name)
      this.#part = await OpenPart.goOn(this.#options.folder, name, own, this.#options.now())
    }
    await this.#removeUntold()
  }

  /** A part of which no line tells holds nothing that is known. */
  async #removeUntold(): Promise<void> {
    const name = /-(\d{4,})\.json$/
    for (const file of await readdir(this.#options.folder)) {
      const number = Number(name.exec(file)?.[1] ?? 0)
      if (number > this.#parts) await rm(join(this.#options.folder, file))
    }
  }
}
