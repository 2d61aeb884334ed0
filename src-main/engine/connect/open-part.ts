import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, lstat, open, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors'
import type { PartLine, RequestLine } from './journal-lines'

/** A part that grows: answers of one stream, one after another, with a line end behind each. */
export class OpenPart {
  readonly name: string
  readonly stream: string
  /** When it was begun here, epoch milliseconds. */
  readonly begun: number
  readonly #handle: FileHandle
  readonly #hash: Hash
  #bytes: number
  #events: number

  private constructor(
    { name, stream, begun }: Pick<OpenPart, 'name' | 'stream' | 'begun'>,
    { handle, hash, bytes, events }: { handle: FileHandle; hash: Hash; bytes: number; events: number }
  ) {
    this.name = name
    this.stream = stream
    this.begun = begun
    this.#handle = handle
    this.#hash = hash
    this.#bytes = bytes
    this.#events = events
  }

  static async begin(path: string, stream: string, begun: number): Promise<OpenPart> {
    const handle = await open(path, 'ax', 0o600)
    const name = basename(path)
    return new OpenPart({ name, stream, begun }, { handle, hash: createHash('sha256'), bytes: 0, events: 0 })
  }

  /** Goes on with a part of which these requests tell: what came after them was never told of, and is asked for again. */
  static async goOn(folder: string, name: string, requests: readonly RequestLine[], begun: number): Promise<OpenPart> {
    // A case may come from anyone: a name that leads out of it, or to a file elsewhere, is none.
    const path = join(folder, basename(name))
    const last = requests.at(-1)
    const bytes = last ? (last.offset ?? 0) + (last.length ?? 0) + 1 : 0
    const found = await lstat(path).catch(() => null)
    const size = found?.isFile() ? found.size : 0
    if (size < bytes) {
      const sentence = `${path} has ${size} bytes, but its journal tells of ${bytes}: it was changed. Begin a new pull.`
      throw new AppError('evidence_damaged', sentence, { file: path })
    }
    const handle = await open(path, 'a', 0o600)
    await handle.truncate(bytes)
    const hash = createHash('sha256').update(await readFile(path))
    const events = requests.reduce((sum, { events: own = 0 }) => sum + own, 0)
    return new OpenPart({ name: basename(name), stream: last?.what ?? '', begun }, { handle, hash, bytes, events })
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Puts answers behind those it has, and on the disk. */
  async append(answers: readonly { readonly body: Buffer; readonly events: number }[]): Promise<void> {
    const all = Buffer.concat(answers.flatMap(({ body }) => [body, lineEnd]))
    this.#hash.update(all)
    this.#bytes += all.length
    this.#events += answers.reduce((sum, { events }) => sum + events, 0)
    await this.#handle.appendFile(all)
    await this.#handle.datasync()
  }

  /** It is whole, and what it holds is known. */
  async end(): Promise<PartLine> {
    await this.#handle.close()
    const { name, stream } = this
    return { name, stream, bytes: this.#bytes, sha256: this.#hash.digest('hex'), events: this.#events }
  }

  close = (): Promise<void> => this.#handle.close()
}

const lineEnd = Buffer.from('\n')
