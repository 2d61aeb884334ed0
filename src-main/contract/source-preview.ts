import type { EventValue, Field } from './event'
import type { RecordStatus } from './evidence'

export interface SourceInfo {
  readonly id: string
  readonly title: string
  readonly vendor: string
  readonly reads: string
  readonly fields: readonly Field[]
  readonly retention?: string
  /** How many days the product keeps, by plan or kind of event. */
  readonly keeps?: Readonly<Record<string, number>>
  /** Comes with the application, is the analyst's own, or is the analyst's own in the place of one that comes with it. */
  readonly origin: 'shipped' | 'own' | 'replaces'
  /** The file it stands in. */
  readonly file: string
  /** Why it cannot be used, with file and line: nothing can be imported until it is mended or taken away. */
  readonly fault?: string
}

/** Records to try a definition on: those of a file, or of evidence in the open case by its SHA-256. */
export type SourceFile = { readonly path: string } | { readonly evidence: string }

export interface NewSource {
  readonly yaml: string
  /** What it rests on: "time ← ts, user.name ← who". */
  readonly said: string
}

export interface PreviewRequest {
  readonly yaml: string
  readonly on: SourceFile | 'samples'
  /** How many records; 20 unless told. */
  readonly limit?: number
}

/** One thing wrong with a definition, where it stands in its text (from 1) and in what it says. */
export interface SourceFault {
  readonly line: number
  readonly column: number
  readonly at: readonly (string | number)[]
  readonly sentence: string
  readonly suggestion?: string
}

export type PreviewField = Field | `labels.${string}`

/** What a definition makes of records; nothing but its faults while it has any. */
export interface SourcePreview {
  readonly faults: readonly SourceFault[]
  /** What it maps, in its order, then what follows from that. */
  readonly fields: readonly PreviewField[]
  readonly rows: readonly PreviewRow[]
  /** What the records hold, in their order: paths to map, each with a value that stands there. */
  readonly paths: readonly { readonly path: string; readonly example: string; readonly present: number }[]
  /** Other definitions that fit some of these records: a file goes to the one that demands more of a record. */
  readonly rivals: readonly {
    readonly id: string
    readonly title: string
    readonly demands: 'more' | 'same' | 'less'
  }[]
}

export interface PreviewRow {
  readonly text: string
  readonly status: RecordStatus
  /** Why it is no event. */
  readonly why?: string
  /** Whether the definition would know it for one of its own. */
  readonly recognised: boolean
  readonly cells: { readonly [F in PreviewField]?: PreviewCell }
}

/** One field of one record tried. */
export interface PreviewCell {
  readonly value?: EventValue
  /** What the log has there, where the value says it otherwise. */
  readonly logged?: string
  /** Why no value came of what the log has there. */
  readonly unconverted?: string
  /** What the definition's own sample says should stand there, where it does not; null where nothing should. */
  readonly expected?: unknown
}
