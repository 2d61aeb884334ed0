import { basename, join, resolve } from 'node:path'
import { version as duckdbVersion } from '@duckdb/node-api'
import type { CaseState } from '../contract/case'
import type { ConnectionDraft, PullRequest } from '../contract/connect'
import { AppError, unlessBug } from '../contract/errors'
import type { Field, RecordField } from '../contract/event'
import type { Filter } from '../contract/filter'
import type { ImportRequest, ImportResult } from '../contract/import'
import type { MarkRequest, MarkResult } from '../contract/marks'
import type { Engine, EngineEvents } from '../contract/rpc'
import type { PreviewRequest, SourceFile } from '../contract/source-preview'
import type { NewSavedQuery, Search } from '../contract/workspace'
import { CaseImports, importUnderWay } from './case-imports'
import { caseState } from './case-state'
import type { Keychain } from './connect/sealer'
import { Connecting } from './connecting'
import { Definitions } from './definitions'
import { rowOf } from './event-id'
import { directoryRecords } from './evidence/directory-records'
import { logRecords } from './evidence/records'
import { storedFile } from './evidence/stored'
import { freeFolder } from './free-folder'
import { GeoChoice } from './geo-choice'
import { cancelMarking, markEvents, marksOf, undoMarks } from './marking'
import { DefinitionLines } from './normalise/definition-lines'
import { isUnplaced, resolvePlaces } from './normalise/places'
import { rebuildChanges } from './normalise/rebuild'
import { soundDefinitions } from './normalise/sound-definitions'
import { compareStates, objectHistory } from './object-history'
import { OpenedCase } from './opened-case'
import { Pulling } from './pulling'
import { isSample, isWhole, sampleFolders, sampleName } from './sample-case'
import { Settings } from './settings'
import { showEvent } from './show'
import { Case } from './store/case'
import { isUnused, removeUnused } from './store/unused-case'
import { tellSql } from './tell-sql'
import { type TriedFile, Trying } from './trying'
import { user } from './user'
import { verifyAll } from './verify-all'

export interface EngineOptions {
  /** Where cases, settings and the analyst's own source definitions live. */
  readonly home: string
  /** The data the application ships. */
  readonly resources: string
  readonly version: string
  readonly events: EngineEvents
  readonly clock?: () => Date
  /** Where the host keeps secrets, if the operating system has a place for them. */
  readonly keychain?: Keychain
}

/** An engine with no case open. It holds one case at a time; calls may overlap. */
export function createEngine(options: EngineOptions): Engine {
  return new CaseEngine(options)
}

class CaseEngine implements Engine {
  readonly #options: EngineOptions
  readonly #settings: Settings
  #opened: OpenedCase | undefined
  #pulling: Pulling | undefined
  readonly #connecting: Connecting
  /** The folder of the case made last. */
  #made: string | undefined
  readonly #imports: CaseImports
  readonly #geo: GeoChoice
  readonly #sources: Definitions
  readonly #trying: Trying
  readonly #definitions = new DefinitionLines(() => [
    join(this.#options.resources, 'sources'),
    join(this.#options.home, 'sources')
  ])

  constructor(options: EngineOptions) {
    this.#options = options
    this.#settings = new Settings(options.home)
    this.#geo = new GeoChoice(options.home, options.resources, this.#settings)
    this.#sources = new Definitions(options.resources, options.home)
    this.#trying = new Trying(options.home)
    this.#connecting = new Connecting(options, this.#clock)
    this.#imports = new CaseImports({
      events: options.events,
      sources: this.#sources,
      geo: this.#geo,
      clock: this.#clock,
      opened: () => this.#opened,
      open: () => this.#open(),
      state: () => this.#state()
    })
  }

  async about() {
    const { info } = await this.#geo.now()
    return {
      version: this.#options.version,
      duckdb: duckdbVersion(),
      node: process.versions.node,
      geo: info,
      casesFolder: this.#casesFolder
    }
  }

  async openCase(folder: string): Promise<CaseState> {
    await this.#leave()
    const of = await Case.open(resolve(folder), soundDefinitions)
    try {
      // Of an import that was killed between its last file and this.
      await rebuildChanges(of.writer)
      if (await isUnplaced(of.writer)) await resolvePlaces(of.writer, await this.#geo.now())
    } catch (error) {
      of.close()
      throw error
    }
    return this.#enter(of, 'opened')
  }

  async createCase({ name, folder }: { readonly name?: string; readonly folder?: string }): Promise<CaseState> {
    await this.#leave()
    const target = folder === undefined ? await freeFolder(this.#casesFolder, name ?? 'Case') : resolve(folder)
    const state = await this.#enter(await Case.create(target), 'created')
    this.#made = this.#open().of.folder
    return state
  }

  async openSample(): Promise<CaseState> {
    const folders = sampleFolders(this.#options.resources)
    for (const { folder } of this.#settings.recent().filter(isSample)) {
      const state = await this.openCase(folder).catch(unlessBug)
      if (state && isWhole(this.#open().of, folders)) return state
    }
    await this.createCase({ name: sampleName })
    await this.importPaths({ paths: folders })
    return this.#state()
  }

  async closeCase(): Promise<void> {
    await this.#leave()
    this.#options.events.caseChanged(null)
  }

  async discardCase(): Promise<void> {
    const { of } = this.#open()
    const unused = of.folder === this.#made && (await isUnused(of))
    await this.closeCase()
    if (unused) removeUnused(of.folder)
    this.#settings.forget(of.folder)
  }

  async caseState(): Promise<CaseState | null> {
    return this.#opened ? this.#state() : null
  }

  async recentCases() {
    return this.#settings.recent()
  }

  async forgetCase(folder: string): Promise<void> {
    this.#settings.forget(folder)
  }

  async importPaths(request: ImportRequest): Promise<ImportResult> {
    return this.#imports.paths(request)
  }

  async readAgain(request: Parameters<Engine['readAgain']>[0]): Promise<ImportResult> {
    return this.#imports.again(request)
  }

  async cancelImport(): Promise<void> {
    return this.#imports.cancel()
  }

  async ledger() {
    return this.#open().of.evidence.map(({ ledger }) => ledger)
  }

  async records({ evidence: hash, limit, offset = 0, status }: Parameters<Engine['records']>[0]) {
    const opened = this.#open()
    const evidence = opened.evidence(hash)
    const asked = { limit, offset, ...(status === undefined ? {} : { status }) }
    return opened.read((reader) =>
      evidence.ledger.kind === 'directory'
        ? directoryRecords(reader, evidence, asked, (window) => opened.windows.read(reader, window))
        : logRecords(reader, evidence, asked)
    )
  }

  async verify() {
    const opened = this.#open()
    const result = await opened.read((reader) => verifyAll(reader, opened.of))
    const differing = result.checks.filter((one) => !one.clean).map((one) => `${one.what}: ${one.found}`)
    await opened.tell('verified', { clean: result.clean, checks: result.checks.length, differing })
    return result
  }

  async sources() {
    return this.#sources.list()
  }

  async sourceText(id: string) {
    return this.#sources.text(id)
  }

  async newSource(on: SourceFile) {
    return this.#trying.newSource(await this.#fileOf(on))
  }

  async previewSource({ yaml, on, limit = 20 }: PreviewRequest, ticket?: string) {
    // Without a wait where there is nothing to wait for, so that a cancel finds what it cancels.
    const tried = on === 'samples' || 'path' in on ? on : await this.#fileOf(on)
    const named = tried === 'samples' ? tried : { name: basename(tried.path), ...tried }
    return this.#trying.preview({ yaml, on: named, limit, known: () => this.#sources.sound() }, ticket)
  }

  async saveSource(yaml: string) {
    return this.#sources.save(yaml)
  }

  async removeSource(id: string): Promise<void> {
    return this.#sources.remove(id)
  }

  async releasePaths(): Promise<void> {
    // The files are the analyst's own. A host that made copies of them lets go of those.
  }

  async ask(...[query, ticket, early]: Parameters<Engine['ask']>) {
    return this.#open().asking.ask(query, ticket, early)
  }

  async cancel(ticket: string): Promise<void> {
    this.#opened?.asking.cancel(ticket)
    this.#trying.cancel(ticket)
    this.#connecting.cancel(ticket)
  }

  async connectors() {
    return this.#connecting.connectors.list()
  }

  async connections() {
    return this.#connecting.connections.list()
  }

  async saveConnection(draft: ConnectionDraft) {
    return this.#connecting.connections.save(draft)
  }

  async removeConnection(id: string): Promise<void> {
    return this.#connecting.connections.remove(id)
  }

  async testConnection(on: string | ConnectionDraft, ticket?: string) {
    const opened = this.#opened
    return this.#connecting.test(on, ticket, async (tested) => {
      if (opened && opened === this.#opened) await opened.tell('tested', { ...tested })
    })
  }

  async vault() {
    return this.#connecting.vault.state()
  }

  async unlockVault(passphrase: string) {
    return this.#connecting.vault.unlock(passphrase)
  }

  async changePassphrase(passphrase: string, next: string) {
    return this.#connecting.vault.change(passphrase, next)
  }

  async forgetPassphrase() {
    return this.#connecting.vault.forgetPassphrase()
  }

  async pull(request: PullRequest) {
    return this.#pulls().pull(request)
  }

  async pausePull(id: string): Promise<void> {
    this.#pulls().pause(id)
  }

  async resumePull(id: string) {
    return this.#pulls().resume(id)
  }

  async cancelPull(id: string): Promise<void> {
    return this.#pulls().cancel(id)
  }

  async pulls() {
    return this.#pulls().list()
  }

  async show(id: string, quick?: true) {
    const opened = this.#open()
    rowOf(opened.of, id)
    const { info } = await this.#geo.now()
    return opened.read((reader) => showEvent(reader, opened.of, id, info, quick ? null : this.#definitions))
  }

  async evidenceBytes(request: Parameters<Engine['evidenceBytes']>[0]) {
    const opened = this.#open()
    return opened.read((reader) => opened.windows.read(reader, request))
  }

  async objectHistory(event: string) {
    const opened = this.#open()
    return opened.read((reader) => objectHistory(reader, opened.of, event))
  }

  async compareStates(before: string, after: string) {
    const opened = this.#open()
    return opened.read((reader) => compareStates(reader, opened.of, before, after))
  }

  async passes(id: string, filters: readonly Filter[]) {
    const { of, asking } = this.#open()
    return asking.passes(rowOf(of, id).row, filters)
  }

  async sql(statement: string, limit: number, ticket?: string) {
    const opened = this.#open()
    const result = await opened.asking.sql(statement, limit, ticket)
    await tellSql(opened, statement, result)
    return result
  }

  async values(field: Field, beginning: string, limit: number, ticket?: string) {
    return this.#open().asking.values(field, beginning, limit, ticket)
  }

  async recordPaths(text: string, limit: number) {
    return this.#open().asking.recordPaths(text, limit)
  }

  async recordValues(field: RecordField, text: string, limit: number) {
    return this.#open().asking.recordValues(field, text, limit)
  }

  async useGeoDatabase(path: string | null) {
    if (this.#imports.underWay) throw importUnderWay()
    const geo = await this.#geo.choose(path)
    const opened = this.#opened
    if (opened) {
      await resolvePlaces(opened.of.writer, geo, true)
      await this.#revise(opened.of)
      await opened.tell('geo', { title: geo.info.title, edition: geo.info.edition })
      await this.#imports.changed()
    }
    return geo.info
  }

  /** Where the bytes lie that a definition is tried on. */
  async #fileOf(on: SourceFile): Promise<TriedFile> {
    if ('path' in on) return { path: on.path, name: basename(on.path) }
    const { of } = this.#open()
    const evidence = this.#open().evidence(on.evidence)
    return { path: await storedFile(of, evidence), name: evidence.name }
  }

  async namesOf(ids: Parameters<Engine['namesOf']>[0]) {
    return this.#open().asking.namesOf(ids)
  }

  async ids({ named, limit, offset = 0 }: Parameters<Engine['ids']>[0]) {
    return this.#open().asking.ids(named, limit, offset)
  }

  async mark(request: MarkRequest) {
    return this.#marked(await markEvents(this.#open(), request, this.#clock()))
  }

  async cancelMarking(): Promise<void> {
    if (this.#opened) cancelMarking(this.#opened)
  }

  async undoMark(change: number) {
    return this.#marked(await undoMarks(this.#open(), change, this.#clock()))
  }

  #marked(result: MarkResult): MarkResult {
    if (result.events > 0) this.#options.events.workChanged('marks')
    return result
  }

  async marksOf(events: readonly string[]) {
    return marksOf(this.#open(), events)
  }

  async searches() {
    return this.#open().workspace.searches()
  }

  async keepSearch(search: Search): Promise<void> {
    const opened = this.#open()
    const isNew = await opened.workspace.keepSearch(search, user())
    const { query, found } = search
    if (isNew && query !== '') await opened.tell('searched', { query, ...(found === undefined ? {} : { found }) })
  }

  async savedQueries() {
    return this.#open().workspace.savedQueries()
  }

  async saveQuery(query: NewSavedQuery) {
    const saved = await this.#open().workspace.saveQuery(query, user(), this.#clock())
    this.#options.events.workChanged('saved')
    return saved
  }

  async removeSavedQuery(id: string): Promise<void> {
    await this.#open().workspace.removeSavedQuery(id)
    this.#options.events.workChanged('saved')
  }

  async session() {
    return this.#open().workspace.session()
  }

  async keepSession(session: unknown): Promise<void> {
    return this.#open().workspace.keepSession(session)
  }

  #pulls(): Pulling {
    this.#pulling ??= new Pulling(this.#open(), {
      connections: this.#connecting.connections,
      version: this.#options.version,
      clock: this.#clock,
      progress: (progress) => this.#options.events.pullProgress(progress),
      importPart: (path, read) => this.#imports.part(path, read)
    })
    return this.#pulling
  }

  get #casesFolder(): string {
    return join(this.#options.home, 'cases')
  }

  #clock = (): Date => this.#options.clock?.() ?? new Date()

  #open(): OpenedCase {
    if (!this.#opened) throw new AppError('no_case', 'No case is open. Open one, or open a log.')
    return this.#opened
  }

  async #enter(of: Case, did: 'opened' | 'created'): Promise<CaseState> {
    this.#opened = await OpenedCase.enter(of, did, this.#options.version, this.#clock)
    await this.#pulls().catchUp()
    const state = await this.#state()
    this.#options.events.caseChanged(state)
    return state
  }

  async #leave(): Promise<void> {
    this.#imports.closing = true
    try {
      const pulls = this.#pulling?.leave()
      // Before the pulls have come to their end: what they brought waits for the import that is canceled.
      await this.cancelImport()
      await pulls
      this.#pulling = undefined
    } finally {
      this.#imports.closing = false
    }
    const opened = this.#opened
    this.#opened = undefined
    await opened?.close()
  }

  async #state(): Promise<CaseState> {
    const state = await caseState(this.#open(), (await this.#geo.now()).info)
    this.#settings.remember({
      name: state.name,
      folder: state.folder,
      openedAt: this.#clock().toISOString(),
      events: state.events
    })
    return state
  }

  async #revise(of: Case): Promise<void> {
    await of.writer.run(`UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'revision'`)
    await of.refresh()
  }
}
