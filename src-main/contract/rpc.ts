import type { EventRow, Field, Value } from './event'
import type { Answer, Query } from './query'

/** What the renderer, the command line and the tests ask of the engine. One method a call; every argument and answer is plain data. */
export interface Engine {
  about(): Promise<About>
  /** The case that is open, if one is. */
  openCase(folder: string): Promise<CaseState>
  /** Makes `<name>.spoor` in the cases folder, or at `folder` when given, and opens it. A taken name gets a number. */
  createCase(request: { readonly name?: string; readonly folder?: string }): Promise<CaseState>
  /** A fresh copy of the sample case: one incident across six products. */
  openSample(): Promise<CaseState>
  closeCase(): Promise<void>
  caseState(): Promise<CaseState | null>
  recentCases(): Promise<readonly RecentCase[]>
  forgetCase(folder: string): Promise<void>

  /** Files and folders into the open case; answers when all are in. Progress arrives as it goes. */
  importPaths(request: ImportRequest): Promise<ImportResult>
  cancelImport(): Promise<void>
  ledger(): Promise<readonly LedgerLine[]>
  /** Records that became no event, or all of them, of one evidence file. */
  records(request: {
    readonly evidence: string
    readonly status?: RecordStatus
    readonly limit: number
    readonly offset?: number
  }): Promise<readonly RecordRow[]>
  verify(): Promise<VerifyResult>
  sources(): Promise<readonly SourceInfo[]>

  /** Answers a query. `ticket` names it, so that a superseded one can be cancelled. */
  ask(query: Query, ticket?: string): Promise<Answer>
  cancel(ticket: string): Promise<void>
  show(id: string): Promise<EventDetail>
  /** Read-only SQL on `event` and `record`. */
  sql(statement: string, limit: number, ticket?: string): Promise<SqlResult>
  /** Values of a field beginning with or holding the text, with their counts: completion. */
  values(
    field: Field,
    text: string,
    limit: number
  ): Promise<readonly { readonly value: Value; readonly count: number }[]>
  /** Uses this geo-IP database (.mmdb) instead of the embedded one, from now on and for what is in the case; null goes back. */
  useGeoDatabase(path: string | null): Promise<GeoInfo>
}

/** What the engine tells without being asked. */
export interface EngineEvents {
  importProgress(progress: ImportProgress): void
  caseChanged(state: CaseState | null): void
}

export interface About {
  readonly version: string
  readonly duckdb: string
  readonly node: string
  readonly geo: GeoInfo
  /** Where cases are made unless told otherwise. */
  readonly casesFolder: string
}

export interface GeoInfo {
  readonly title: string
  /** Build date of the database, ISO date. */
  readonly edition: string
  readonly attribution: string
  readonly precision: 'city' | 'country' | 'none'
  readonly path?: string
}

export interface RecentCase {
  readonly name: string
  readonly folder: string
  readonly openedAt: string
  readonly events: number
  readonly missing?: true
}

export interface CaseState {
  readonly name: string
  readonly folder: string
  readonly events: number
  readonly undated: number
  readonly unreadable: number
  readonly evidence: number
  readonly sources: readonly string[]
  readonly first?: string
  readonly last?: string
  /** Grows with every change to the events: answers with an older number are stale. */
  readonly revision: number
  readonly geo: GeoInfo
  /** What opening checked, in words: "5 evidence files present, sizes match". */
  readonly checked: string
}

export interface ImportRequest {
  readonly paths: readonly string[]
  /** A source id, when the analyst knows better than recognition. */
  readonly source?: string
}

export interface ImportResult {
  readonly evidence: readonly LedgerLine[]
  /** Files that gave nothing, each with a sentence. */
  readonly refused: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  readonly events: number
  readonly seconds: number
  readonly canceled?: true
}

export interface ImportProgress {
  /** The file at hand. */
  readonly path: string
  readonly file: number
  readonly files: number
  readonly phase: 'recognising' | 'importing' | 'places' | 'done'
  readonly bytes: number
  readonly totalBytes: number
  readonly records: number
  readonly bytesPerSecond: number
  readonly source?: string
}

/** The books of one evidence file: records = events + undated + unreadable + blank. */
export interface LedgerLine {
  readonly path: string
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** Source ids, joined with a comma where a file holds several. */
  readonly source: string
  readonly records: number
  readonly events: number
  readonly undated: number
  readonly unreadable: number
  readonly blank: number
  /** Of the events and undated: same id and same content as one already there. Kept, not shown twice. */
  readonly duplicates: number
  /** Same id, different content. Both shown. */
  readonly conflicts: number
  /** Of the events: requests whose response is in the case and tells more. Kept, not shown. */
  readonly paired?: number
  readonly balanced: boolean
  readonly seconds: number
  readonly importedAt: string
  readonly modifiedAt: string
  /** What a guess rested on, for a file no source recognised: "time ← ts, user.name ← who". */
  readonly guessed?: string
  readonly notes: readonly string[]
}

export type RecordStatus = 'event' | 'undated' | 'unreadable' | 'blank'

export interface RecordRow {
  readonly _id: string
  readonly status: RecordStatus
  readonly place: Place
  readonly text: string
  /** Why it is no event. */
  readonly why?: string
}

/** Where a record stands in its evidence. Lines from 1, bytes from 0 of the decompressed file. */
export interface Place {
  readonly evidence: string
  readonly name: string
  readonly record: number
  readonly line: number
  readonly offset: number
  readonly length: number
}

export interface VerifyResult {
  readonly clean: boolean
  readonly checks: readonly { readonly what: string; readonly clean: boolean; readonly found: string }[]
  readonly seconds: number
}

export interface SourceInfo {
  readonly id: string
  readonly title: string
  readonly vendor: string
  readonly reads: string
  readonly fields: readonly Field[]
  readonly retention?: string
}

export interface EventDetail {
  readonly event: EventRow
  /** For each field the path or the SQL that gave it, and the source definition it stands in. */
  readonly provenance: {
    readonly [F in Field]?: { readonly path?: string; readonly sql?: string; readonly source: string }
  }
  readonly change: Change | null
  readonly record: {
    readonly text: string
    readonly evidence: string
    readonly name: string
    readonly line: number
    readonly offset: number
    readonly length: number
    readonly record: number /** Whether the bytes are valid UTF-8; if not, `text` is a lossy reading of them. */
    readonly exact: boolean
  }
  /** The record as a tree, where it is one (CSV rows and key=value lines as objects). */
  readonly document: unknown
  /** The same event elsewhere in the case: duplicates, and conflicting content under one id. */
  readonly alike: readonly { readonly _id: string; readonly why: 'duplicate' | 'conflict' }[]
}

export interface Change {
  readonly basis: 'logged' | 'rebuilt' | 'after-only'
  readonly entries: readonly ChangeEntry[]
}

/** One path that differs. `before` left out: it was not there (`logged`), or not logged (`after-only`). Values are JSON. */
export interface ChangeEntry {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  /** Asterisks in place of a value: never compared. */
  readonly masked?: true
  /** Present on both sides and the same. */
  readonly same?: true
}

export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  /** More rows than the limit. */
  readonly more: boolean
  readonly seconds: number
}
