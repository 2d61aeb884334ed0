import type {
  Connection,
  ConnectionDraft,
  ConnectorInfo,
  Diagnosis,
  PullProgress,
  PullReport,
  PullRequest,
  VaultState
} from './connect'
import type { EventRow, EventValue, Field, RecordField, Value } from './event'
import type { Filter } from './filter'
import type { EventMarks, MarkRequest, MarkResult } from './marks'
import type { IdAsked, IdCount, NameOf } from './names'
import type { Answer, Early, Query } from './query'
import type { Times } from './source'
import type { NewSavedQuery, SavedQuery, Search } from './workspace'

/** What the renderer, the command line and the tests ask of the engine. One method a call; every argument and answer is plain data. */
export interface Engine {
  about(): Promise<About>
  /** The case that is open, if one is. */
  openCase(folder: string): Promise<CaseState>
  /** Makes `<name>.spoor` in the cases folder, or at `folder` when given, and opens it. A taken name gets a number. */
  createCase(request: { readonly name?: string; readonly folder?: string }): Promise<CaseState>
  /** The sample case, one incident across six products: the one opened before if it is there and whole, else a fresh one. */
  openSample(): Promise<CaseState>
  closeCase(): Promise<void>
  /** Closes the case and forgets it; if it was just made and nothing ever went into it, its folder goes too. */
  discardCase(): Promise<void>
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
  /** Reads evidence of the open case once more with the definitions as they are now: its events are replaced, its bytes stay. */
  readAgain(request: {
    readonly evidence: string
    readonly source?: string
    readonly times?: Times
  }): Promise<ImportResult>
  /** Files that were refused with a question are no longer wanted: a host that keeps copies of them drops those. */
  releasePaths(paths: readonly string[]): Promise<void>

  /** What can be read: the definitions that come with the application, and the analyst's own. */
  sources(): Promise<readonly SourceInfo[]>
  /** A definition as it is written. */
  sourceText(id: string): Promise<string>
  /** A definition to begin with, guessed from the first records of a file. */
  newSource(on: SourceFile): Promise<NewSource>
  /** What a definition makes of the first records of a file, or of its own samples. `ticket` names it, so that it can be cancelled. */
  previewSource(request: PreviewRequest, ticket?: string): Promise<SourcePreview>
  /** Keeps a definition in the analyst's own folder, under its id; from then on imports use it. */
  saveSource(yaml: string): Promise<SourceInfo>
  /** Takes an own definition away; one of the application's with the same id is used again. */
  removeSource(id: string): Promise<void>

  /**
   * Answers a query. `ticket` names it, so that a superseded one can be cancelled. `early`: where its words have to be looked for in many
   * records, with what has been found so far (`searched` tells how far); asked again, it answers when there is more.
   */
  ask(query: Query, ticket?: string, early?: Early): Promise<Answer>
  cancel(ticket: string): Promise<void>
  /** One event. `quick` leaves out what takes a moment: where its fields come from, what did not convert, what differs. */
  show(id: string, quick?: true): Promise<EventDetail>
  /** All states of the object that an event is about. */
  objectHistory(event: string): Promise<ObjectHistory>
  /** What differs between the states of an object after two of its events. */
  compareStates(before: string, after: string): Promise<Change>
  /** Bytes of an evidence file as they lie in it, decompressed where it is compressed: a window of at most 256 KiB. */
  evidenceBytes(request: EvidenceWindow): Promise<EvidenceBytes>
  /** Whether an event passes each of these filters. */
  passes(id: string, filters: readonly Filter[]): Promise<readonly boolean[]>
  /** Read-only SQL on `event` and `record`. */
  sql(statement: string, limit: number, ticket?: string): Promise<SqlResult>
  /** Values of a field beginning with or holding the text, with their counts: completion. */
  values(field: Field, text: string, limit: number, ticket?: string): Promise<readonly ValueCount[]>
  /** Paths of records that hold the text, as seen in some records of each file: what could be asked for. */
  recordPaths(text: string, limit: number): Promise<RecordPathCounts>
  /** Values at a path of records that hold the text, as seen in some records of each file. */
  recordValues(field: RecordField, text: string, limit: number): Promise<RecordValueCounts>
  /** Uses this geo-IP database (.mmdb) instead of the embedded one, from now on and for what is in the case; null goes back. */
  useGeoDatabase(path: string | null): Promise<GeoInfo>

  /** What directory files call these ids; for each an empty list where none does. */
  namesOf(ids: readonly IdAsked[]): Promise<readonly (readonly NameOf[])[]>
  /** The ids that the case's events hold: those a directory names, or those none does; most frequent first. */
  ids(request: { readonly named: boolean; readonly limit: number; readonly offset?: number }): Promise<IdCounts>

  /** Stars, tags or comments on events, or takes that off them. The evidence is not touched. */
  mark(request: MarkRequest): Promise<MarkResult>
  /** Gives up the marking that is under way: nothing of it stays. */
  cancelMarking(): Promise<void>
  /** Takes a change of marks back; the answer names that change, so that it can be taken back in turn. */
  undoMark(change: number): Promise<MarkResult>
  /** What is on these events, in their order. */
  marksOf(events: readonly string[]): Promise<readonly EventMarks[]>

  /** The searches made in the case, oldest first. */
  searches(): Promise<readonly Search[]>
  /** Keeps a search in the history of the case, and in its chain of custody; one kept before stands from now on as it is now. */
  keepSearch(search: Search): Promise<void>
  savedQueries(): Promise<readonly SavedQuery[]>
  saveQuery(query: NewSavedQuery): Promise<SavedQuery>
  removeSavedQuery(id: string): Promise<void>
  /** What the window last said of how it looks at the case, for the next time it is opened; null where it never did. */
  session(): Promise<unknown>
  keepSession(session: unknown): Promise<void>

  /** Products whose audit log can be pulled. */
  connectors(): Promise<readonly ConnectorInfo[]>
  /** Those that the analyst connected. */
  connections(): Promise<readonly Connection[]>
  saveConnection(draft: ConnectionDraft): Promise<Connection>
  /** Forgets a connection and its secrets; what was pulled stays. */
  removeConnection(id: string): Promise<void>
  /** Says what is in the way of a pull, of a connection there is or of a draft; `ticket` names it, so that it can be canceled. */
  testConnection(on: string | ConnectionDraft, ticket?: string): Promise<Diagnosis>
  vault(): Promise<VaultState>
  /** Opens the vault; the first passphrase given is the one it has from then on. */
  unlockVault(passphrase: string): Promise<VaultState>
  /** Keeps the secrets under another passphrase from now on. */
  changePassphrase(passphrase: string, next: string): Promise<VaultState>
  /** Drops a passphrase that nobody knows any more, and all secrets that are kept under it. */
  forgetPassphrase(): Promise<VaultState>
  /** Pulls into the open case; answers when that is over, for good or not. Progress arrives as it goes. */
  pull(request: PullRequest): Promise<PullReport>
  /** Asks for nothing more until it is resumed. */
  pausePull(id: string): Promise<void>
  /** Goes on with a pull that is paused, or that was interrupted; answers when that is over. */
  resumePull(id: string): Promise<PullReport>
  /** Ends a pull. What came so far stays evidence; what did not is told. */
  cancelPull(id: string): Promise<void>
  /** The pulls of the open case, oldest first, with those that are running or were interrupted. */
  pulls(): Promise<readonly PullReport[]>
}

export interface IdCounts {
  /** How many ids there are in all. */
  readonly total: number
  readonly ids: readonly IdCount[]
}

/** What the engine tells without being asked. */
export interface EngineEvents {
  importProgress(progress: ImportProgress): void
  caseChanged(state: CaseState | null): void
  /** Marks or saved queries of the open case are others now. */
  workChanged(what: 'marks' | 'saved'): void
  pullProgress(progress: PullProgress): void
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
  /** A file of which only a part has come so far: how many of the events are of it. More come, or none of them stays. */
  readonly coming?: { readonly name: string; readonly events: number }
  /** Grows with every change to the events: answers with an older number are stale. */
  readonly revision: number
  readonly geo: GeoInfo
  /** How many names directory files of the case give to ids. */
  readonly names: number
  /** What opening checked, in words: "5 evidence files present, sizes match". */
  readonly checked: string
}

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

/** The books of one evidence file: records = events + undated + unreadable + blank. */
export interface LedgerLine {
  /** A file that names ids instead of telling events: then records = names + unreadable + blank. */
  readonly kind?: 'directory'
  /** Of a directory: records that gave a name. */
  readonly names?: number
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
  /** Where times leave something open: the zone that those without one were read in, the order of dates, and whether the analyst said so. */
  readonly times?: Times & { readonly asked?: true }
  /** The keys that lead to the list of its records, where a connector brought it and knew. */
  readonly list?: readonly string[]
  readonly notes: readonly string[]
  /** When it was last read once more, and as which sources it was read before. */
  readonly again?: { readonly at: string; readonly before: string }
  /**
   * The archive it is a member of, which is the evidence that is kept. `member` is its number among all entries from 0; where it lies in
   * an archive within the archive, the number of that one comes before.
   */
  readonly archive?: {
    readonly name: string
    readonly sha256: string
    readonly bytes: number
    readonly member: readonly number[]
  }
  /** These very bytes were in the case already, so nothing was added: the line is the one of then. */
  readonly already?: true
}

/** `name`: of a directory, a record that gives one. */
export type RecordStatus = 'event' | 'undated' | 'unreadable' | 'blank' | 'name'

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

export interface EventDetail {
  readonly event: EventRow
  /** For each field the event has: the path or the SQL that gave it, and the source definition it stands in. */
  readonly provenance: { readonly [F in Field]?: Origin }
  /** For each field it lacks though the definition has a rule for it and the log something there: what did not convert. */
  readonly unconverted: { readonly [F in Field]?: Origin }
  /** Fields for which the rule, tried again on the record just now, gives something else than the case holds. */
  readonly differing: readonly { readonly field: Field; readonly now: EventValue | null }[]
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

/** Which bytes of an evidence file: from an offset, or from the beginning of a line. */
export interface EvidenceWindow {
  readonly evidence: string
  readonly at: { readonly offset: number } | { readonly line: number }
  readonly length: number
}

export interface EvidenceBytes {
  readonly name: string
  readonly sha256: string
  /** In base64. Fewer than asked for only at the end of the file. */
  readonly bytes: string
  /** Of the first byte, from 0. Beyond the end it is the end. */
  readonly offset: number
  /** The line the first byte stands in, from 1, and whether that line begins with it. */
  readonly line: number
  readonly lineBegins: boolean
  /** How long the file is; null while only a part of a compressed one has been looked at. */
  readonly total: number | null
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  /** What the evidence is compressed with: the bytes are those inside. */
  readonly compression?: string
}

/** Where a field of one event comes from. */
export interface Origin {
  /** The path in the record; of several the first that is present. */
  readonly path?: string
  /** The SQL of the definition, or the rule in words. */
  readonly sql?: string
  /** Id of the source definition; of a place the geo-IP database with its edition. */
  readonly source: string
  /** The paths of the rule that would have come before, and that this record lacks. */
  readonly lacking?: readonly string[]
  /** How the value was brought to its column: the conversion named in the definition, or the one its type asks for. */
  readonly as?: string
  /** What the log has there, where it is written otherwise than the value. */
  readonly logged?: string
  /** What the SQL looked at, and what the log has there; left out where it has nothing. */
  readonly read?: readonly { readonly path: string; readonly logged?: string }[]
  /** What is worth knowing of it, in a sentence. */
  readonly note?: string
  /** The definition was guessed from the file's names and values. */
  readonly guessed?: true
  /** The definition's file, and the line the rule stands in, where the definition is still as it was when the log was read. */
  readonly file?: string
  readonly line?: number
  /** Of `labels`: where each comes from. */
  readonly parts?: Readonly<Record<string, Origin>>
}

export interface Change {
  readonly basis: 'logged' | 'rebuilt' | 'after-only'
  readonly entries: readonly ChangeEntry[]
  /** The event that told the state before, where it was rebuilt; absent where no earlier one did. */
  readonly origin?: StateOrigin
  /** Members of a set that came or went: it is the set known so far, since who was in it before the log began is not known. */
  readonly members?: true
}

/** Where a state that was rebuilt comes from. */
export interface StateOrigin {
  readonly _id: string
  readonly time?: string
  readonly action?: string
  readonly user?: string
  /** How long before, in milliseconds; absent where one of the two has no time. */
  readonly age?: number
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
  /** Before is left out because no record told of it, though of other fields some did. */
  readonly unlogged?: true
}

/** All states of one object that the case knows, oldest first; those without a time come last, file by file. */
export interface ObjectHistory {
  readonly object: {
    readonly type?: string
    readonly id?: string
    readonly name?: string
    readonly organization?: string
  }
  readonly states: readonly ObjectState[]
  /** The place among `states` of the event asked for; -1 where it tells no state of its own. */
  readonly at: number
  /** Where the object's events are found in Explore; absent where no fields of theirs single it out. */
  readonly filter?: Filter
}

/** What one event tells of an object. */
export interface ObjectState {
  readonly _id: string
  readonly time?: string
  readonly user?: string
  readonly action?: string
  readonly outcome?: string
  /** The whole state, some fields of it, that the object is gone, members that came or went; or an attempt that failed and changed nothing. */
  readonly tells: 'whole' | 'partial' | 'gone' | 'came' | 'went' | 'failed'
  readonly basis: Change['basis'] | null
  readonly fields: readonly string[]
}

/** A value, and how many events have it. */
export interface ValueCount {
  readonly value: Value
  readonly count: number
}

/** A path that records have, in how many of those looked at, and some of its values. */
export interface RecordPathCount {
  readonly field: RecordField
  readonly count: number
  readonly examples: readonly string[]
}

export interface RecordPathCounts {
  /** In how many records was looked. */
  readonly looked: number
  readonly paths: readonly RecordPathCount[]
}

export interface RecordValueCounts {
  readonly looked: number
  readonly values: readonly ValueCount[]
}

export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  /** There are more rows than these. */
  readonly more: boolean
  /** The answer ends before the limit: its values are too long to be held at once. */
  readonly cut?: true
  readonly seconds: number
}
