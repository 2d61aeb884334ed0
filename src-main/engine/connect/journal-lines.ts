import { existsSync, readFileSync, truncateSync } from 'node:fs'
import type { MissingStretch } from '../../contract/connect'
import type { At } from './paging'

/** A request as the journal tells it: what was asked, what came, where that lies, and where it leads. */
export interface RequestLine {
  readonly n: number
  readonly at: string
  /** A stream, a check, or the sign-in. */
  readonly what: string
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly attempt: number
  readonly milliseconds: number
  readonly status?: number
  readonly error?: string
  /** Who sent it, where it was sent to us. */
  readonly peer?: string
  /** The server's clock as its header Date has it; of a sign-in without, as its token has it. And what it calls the request. */
  readonly date?: string
  readonly issued?: string
  readonly request?: string
  readonly rates?: Readonly<Record<string, string>>
  /** What the answer came compressed with: what is kept is what was packed in it. */
  readonly encoding?: string
  readonly length?: number
  readonly sha256?: string
  /** Where an answer with events lies. */
  readonly part?: string
  readonly offset?: number
  /** An answer without, or one that failed. */
  readonly text?: string
  readonly events?: number
  readonly fresh?: number
  readonly oldest?: number
  readonly newest?: number
  readonly said?: number
  readonly from?: At
  /** Null at the end of the stream. */
  readonly to?: At | null
}

/** A stretch of a stream that is asked for. */
export interface WindowLine {
  readonly stream: string
  readonly order: 'newest' | 'oldest'
  readonly at: string
  readonly from: At
}

/** A stretch is asked for from elsewhere than where the last answer led: the server knows that place no more. */
export interface AnewLine {
  readonly stream: string
  readonly to: At
}

/** A stretch of a stream has come wholly. */
export interface DoneLine {
  readonly stream: string
  readonly at: string
  /** From when on it was asked for; from the beginning where it is left out. */
  readonly since?: number
  /** Up to when all there was has come, by the server's clock: epoch milliseconds. */
  readonly reached: number
  /** Where the server goes on. */
  readonly cursor?: string | number
}

export interface PartLine {
  readonly name: string
  readonly stream: string
  readonly bytes: number
  readonly sha256: string
  readonly events: number
}

/** How a part is read: as which source, and where in an answer the events are, as far as its connector says. */
export interface PartRead {
  readonly source?: string
  readonly list?: readonly string[]
}

export interface BeginLine {
  readonly id: string
  readonly connection: string
  readonly name: string
  readonly connector: string
  readonly hosts: readonly string[]
  readonly at: string
  readonly by: string
  readonly version: string
  /** Tells the settings it was pulled with from others. */
  readonly settings: string
  /** By stream, so that its parts can be read whatever becomes of the connection. */
  readonly reads?: Readonly<Record<string, PartRead>>
  readonly asked: {
    readonly streams: readonly string[]
    readonly since?: string
    readonly until?: string
    readonly follow?: number
    /** Where it is asked for what came since last time: up to when earlier pulls had come, by stream. */
    readonly held?: Readonly<Record<string, string>>
  }
}

/** A pull is over. */
export interface EndLine {
  readonly at: string
  readonly state: 'complete' | 'canceled' | 'failed'
  readonly fault?: string
}

/** One line of `requests.jsonl`. */
export type JournalLine =
  | { readonly begin: BeginLine }
  | { readonly window: WindowLine }
  | { readonly anew: AnewLine }
  | { readonly request: RequestLine }
  | { readonly part: PartLine }
  | { readonly missing: MissingStretch & { readonly stream: string } }
  | { readonly note: string }
  /** A stream that has nothing to give. */
  | { readonly stopped: { readonly stream: string; readonly why: string } }
  | { readonly done: DoneLine }
  /** Requests up to this one stand in the chain of custody. */
  | { readonly told: number }
  | { readonly resumed: { readonly at: string; readonly by: string } }
  | { readonly end: EndLine }

/** The lines of a journal. One that is not finished may just be being written. */
export const journalLines = (file: string): readonly JournalLine[] => readJournal(file).lines

/** The same, and the number of the line that was damaged, if one was: what follows it hangs in the air. */
export function readJournal(file: string): { readonly lines: readonly JournalLine[]; readonly damaged?: number } {
  if (!existsSync(file)) return { lines: [] }
  const bytes = readFileSync(file)
  const lines: JournalLine[] = []
  const texts = bytes.subarray(0, endOfLines(bytes)).toString('utf8').split('\n')
  for (const [at, text] of texts.entries()) {
    if (text === '') continue
    const read = parsed(text)
    if (!read) return { lines, damaged: at + 1 }
    lines.push(read)
  }
  return { lines }
}

/** Takes away a line that nobody will finish any more. */
export function cutUnfinished(file: string): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  if (endOfLines(bytes) < bytes.length) truncateSync(file, endOfLines(bytes))
}

const endOfLines = (bytes: Buffer): number => bytes.lastIndexOf(0x0a) + 1

const withoutDetail: ReadonlySet<string> = new Set(['note', 'told'])

function isLine(value: unknown): value is JournalLine {
  if (value === null || typeof value !== 'object') return false
  const [key = '', detail] = Object.entries(value)[0] ?? []
  return withoutDetail.has(key) || (detail !== null && typeof detail === 'object')
}

function parsed(line: string): JournalLine | null {
  try {
    const value: unknown = JSON.parse(line)
    return isLine(value) ? value : null
  } catch {
    return null
  }
}
