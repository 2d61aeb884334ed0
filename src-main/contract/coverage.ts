/** What the evidence of the case covers in time, duplicates included, and where it is silent though it should not be. */
export interface CoverageQuery {
  readonly select: 'coverage'
  /** The stretch of time to draw, ISO 8601 in UTC; all that the case covers unless told. */
  readonly from?: string
  readonly to?: string
  /** In how many parts of equal width. */
  readonly bins: number
}

export interface Coverage {
  /** The first and the last time of the case; absent where no event has one. */
  readonly first?: string
  readonly last?: string
  /** What is drawn, epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly sources: readonly SourceCoverage[]
}

/** What a source or one of its files covers. */
export interface Covered {
  /** Events, with a time and without. */
  readonly events: number
  readonly undated: number
  /** Of them: kept but not shown, because another one tells the same. */
  readonly hidden: number
  readonly first?: string
  readonly last?: string
  /** Events in each part of what is drawn. */
  readonly counts: readonly number[]
}

export interface SourceCoverage extends Covered {
  readonly source: string
  readonly files: readonly FileCoverage[]
  /** What its silences are compared with; null where it covers too little to tell what is usual. */
  readonly rhythm: Rhythm | null
  readonly gaps: readonly Silence[]
  /** It says nothing up to the end of the case, for longer than is usual for it. */
  readonly quiet?: Silence
}

/** Silences are compared with the same quarters of an hour of the weeks around, or of the days around where there are too few weeks. */
export type Rhythm = 'week' | 'day'

/** Whole quarters of an hour without events in which, by its rhythm, a source would have logged some. */
export interface Silence {
  /** From inclusive, to exclusive, ISO 8601 in UTC. */
  readonly from: string
  readonly to: string
  /** How many events are usual in such a stretch. */
  readonly expected: number
}

export interface FileCoverage extends Covered {
  readonly sha256: string
  readonly name: string
  /** When the file was last written, as its file system said: what happened later cannot be in it. */
  readonly modifiedAt: string
  /** It is still being imported: what it covers is only what has come so far. */
  readonly coming?: true
}
