import type { About, CaseState, GeoInfo, RecentCase } from './case'
import type { Change, ObjectHistory } from './change'
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
import type { Field, RecordField } from './event'
import type { EventDetail } from './event-detail'
import type { EvidenceBytes, EvidenceWindow, LedgerLine, RecordRow, RecordStatus, VerifyResult } from './evidence'
import type { Filter } from './filter'
import type { ImportProgress, ImportRequest, ImportResult } from './import'
import type { EventMarks, MarkRequest, MarkResult } from './marks'
import type { IdAsked, IdCounts, NameOf } from './names'
import type { Answer, Early, Query } from './query'
import type { Times } from './source'
import type { NewSource, PreviewRequest, SourceFile, SourceInfo, SourcePreview } from './source-preview'
import type { SqlResult } from './sql-result'
import type { RecordPathCounts, RecordValueCounts, ValueCount } from './values'
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

/** What the engine tells without being asked. */
export interface EngineEvents {
  importProgress(progress: ImportProgress): void
  caseChanged(state: CaseState | null): void
  /** Marks or saved queries of the open case are others now. */
  workChanged(what: 'marks' | 'saved'): void
  pullProgress(progress: PullProgress): void
}
