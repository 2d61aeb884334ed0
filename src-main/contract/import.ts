import type { LedgerLine } from './evidence'
import type { Times } from './source'

export interface ImportRequest {
  readonly paths: readonly string[]
  /** A source id, when the analyst knows better than recognition. */
  readonly source?: string
  /** What the files are, when the analyst knows better: a directory of names for ids, or logs although they look like one. */
  readonly as?: 'directory' | 'log'
  /** Ids of definitions left out of recognition: the answer where two fitted the same records. */
  readonly without?: readonly string[]
  /** Files whose bytes are in the case already are read once more with the definitions as they are now. */
  readonly again?: true
  /** How the times of these files are read where they leave something open. */
  readonly times?: Times
}

export interface ImportResult {
  readonly evidence: readonly LedgerLine[]
  /** Files that gave nothing, each with a sentence. */
  readonly refused: readonly Refused[]
  readonly events: number
  readonly seconds: number
  readonly canceled?: true
}

/** A file that gave nothing, and why. */
export interface Refused {
  readonly path: string
  readonly code: string
  readonly message: string
  /** Ids of the definitions that fit its records equally well, for the analyst to choose from (`source_ambiguous`). */
  readonly sources?: readonly string[]
}

export interface ImportProgress {
  /** The file at hand. */
  readonly path: string
  readonly file: number
  readonly files: number
  readonly phase: 'recognising' | 'importing' | 'places' | 'changes' | 'done'
  readonly bytes: number
  readonly totalBytes: number
  readonly records: number
  readonly bytesPerSecond: number
  readonly source?: string
}
