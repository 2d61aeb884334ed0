import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type DuckDBConnection, version as duckdbVersion } from '@duckdb/node-api'
import { AppError } from '../contract/errors'
import type { Field } from '../contract/event'
import type { Filter } from '../contract/filter'
import type {
  CaseState,
  Engine,
  EngineEvents,
  ImportProgress,
  ImportRequest,
  ImportResult,
  LedgerLine,
  PreviewRequest,
  RecordRow,
  SourceFile
} from '../contract/rpc'
import { Definitions } from './definitions'
import { rowOf } from './event-id'
import { Custody } from './evidence/custody'
import { directoryRecords } from './evidence/directory-records'
import { placeOf } from './evidence/place'
import { verifyCase } from './evidence/verify'
import { EvidenceWindows } from './evidence/window'
import { Importing, type PathsImport } from './import/import-paths'
import { DefinitionLines } from './normalise/definition-lines'
import { type Geo, openGeo, resolvePlaces } from './normalise/places'
import { rebuildChanges } from './normalise/rebuild'
import { compareStates, objectHistory } from './object-history'
import { Asking } from './query/run'
import { isSample, isWhole, sampleFolders, sampleName } from './sample-case'
import { Settings } from './settings'
import { showEvent } from './show'
import { Case, type Evidence } from './store/case'
import { text } from './store/sql'
import { isUnused, removeUnused } from './store/unused-case'
import { type TriedFile, Trying } from './trying'

export interface EngineOptions {
  /** Where cases, settings and the analyst's own source definitions live. */
  readonly home: string
  /** The data the application ships. */
  readonly resources: string
  readonly version: string
  readonly events: EngineEvents
  readonly clock?: () => Date
}

/** An engine with no case open. It holds one case at a time; calls may overlap. */
export function createEngine(options: EngineOptions): Engine {
  return new CaseEngine(options)
}

interface Opened {
  readonly of: Case
  readonly reader: DuckDBConnection
  /** What is being read by it. */
  readonly reading: Set<Promise<unknown>>
  readonly asking: Asking
  readonly custody: Custody
  readonly windows: EvidenceWindows
}

const progressEvery = 100

class CaseEngine implements Engine {
  readonly #options: EngineOptions
  readonly #settings: Settings
  #opened: Opened | undefined
  /** The folder of the case made last. */
  #made: string | undefined
  #importing: Importing | undefined
  #imported: Promise<unknown> = Promise.resolve()
  #geo: Promise<Geo> | undefined
  readonly #sources: Definitions
  readonly #trying: Trying
  readonly #definitions = new DefinitionLines(() => [
    join(this.#options.resources, 'sources'),
    join(this.#options.home, 'sources')
  ])

  constructor(options: EngineOptions) {
    this.#options = options
    this.#settings = new Settings(options.home)
    this.#sources = new Definitions(options.resources, options.home)
    this.#trying = new Trying(options.home)
  }

  async about() {
    const { info } = await this.#placed()
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
    const of = await Case.open(resolve(folder))
    // Of an import that was killed between its last file and this.
    await rebuildChanges(of.writer)
    return this.#enter(of, 'opened')
  }

  async createCase({ name, folder }: { readonly name?: string; readonly folder?: string }): Promise<CaseState> {
    await this.#leave()
    const target = folder === undefined ? await this.#freeFolder(name ?? 'Case') : resolve(folder)
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

  async importPaths({ paths, without = [], ...request }: ImportRequest): Promise<ImportResult> {
    return this.#import(paths, async (importing, on) => {
      const known = (await this.#sources.load()).filter(({ id }) => !without.includes(id))
      return importing.run({
        paths,
        known,
        source: request.source,
        as: request.as,
        again: request.again ?? false,
        times: request.times ?? {},
        ...on
      })
    })
  }

  async readAgain({ evidence, source, times = {} }: Parameters<Engine['readAgain']>[0]): Promise<ImportResult> {
    const known = await this.#sources.load()
    const of = this.#evidence(evidence)
    return this.#import([of.path], (importing, on) => importing.again(of, { known, source, times, ...on }))
  }

  async #import(
    paths: readonly string[],
    read: (importing: Importing, on: Pick<PathsImport, 'progress' | 'told' | 'clock'>) => Promise<ImportResult>
  ): Promise<ImportResult> {
    const { of, custody } = this.#open()
    if (this.#importing) throw new AppError('usage', 'An import is under way. Wait for it, or cancel it.')
    const importing = new Importing(of)
    this.#importing = importing
    const { progress, last } = this.#progress()
    const run = async () => {
      const told = (line: LedgerLine) => this.#tellImport(custody, line)
      const result = await read(importing, { progress, told, clock: this.#clock })
      if (result.events > 0) {
        progress({ ...last(), phase: 'places' })
        await resolvePlaces(of.writer, await this.#placed())
        await rebuildChanges(of.writer)
        await of.writer.run('CHECKPOINT')
      }
      for (const { path, message } of result.refused)
        await custody.append('refused', user(), this.#clock(), { path, message })
      if (result.canceled) await custody.append('canceled', user(), this.#clock(), { paths })
      this.#options.events.importProgress({ ...last(), phase: 'done' })
      return result
    }
    const running = run()
    this.#imported = running.catch(() => {})
    try {
      return await running
    } finally {
      this.#importing = undefined
      if (this.#opened?.of === of) await this.#changed()
    }
  }

  async #changed(): Promise<void> {
    this.#opened?.asking.changed()
    this.#options.events.caseChanged(await this.#state())
  }

  async #tellImport(custody: Custody, line: LedgerLine): Promise<void> {
    const { path, name, sha256, bytes, records, source, already, again } = line
    const added = already ? { added: 0 } : {}
    const before = again && !already ? { before: again.before } : {}
    const detail = { path, name, sha256, bytes, records, source, ...added, ...before }
    await custody.append(again && !already ? 'read again' : 'imported', user(), this.#clock(), detail)
  }

  async cancelImport(): Promise<void> {
    await this.#importing?.cancel()
    await this.#imported
  }

  async ledger() {
    return this.#open().of.evidence.map(({ ledger }) => ledger)
  }

  records(request: Parameters<Engine['records']>[0]): Promise<readonly RecordRow[]> {
    return this.#read((opened) => this.#records(opened, request))
  }

  async #records(
    { of, reader, windows }: Opened,
    { evidence: hash, status, limit, offset = 0 }: Parameters<Engine['records']>[0]
  ): Promise<readonly RecordRow[]> {
    const evidence = of.evidence.find((one) => one.sha256.startsWith(hash))
    if (!evidence) throw new AppError('record_missing', `There is no evidence ${hash} in this case.`)
    if (evidence.ledger.kind === 'directory') {
      const asked = { limit, offset, ...(status === undefined ? {} : { status }) }
      return directoryRecords(reader, evidence, asked, (window) => windows.read(reader, window))
    }
    const found = await reader.runAndReadAll(
      `SELECT rowid::DOUBLE, status::VARCHAR, raw, why FROM entry WHERE evidence = ${evidence.id}
       ${status ? `AND status = ${text(status)}` : ''} ORDER BY rowid LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`
    )
    const rows: RecordRow[] = []
    for (const [row, of, raw, why] of found.getRows() as [number, RecordRow['status'], string, string | null][]) {
      const place = await placeOf(reader, evidence, row)
      const _id = `${evidence.sha256.slice(0, 12)}-${place.record}`
      rows.push({ _id, status: of, place, text: raw, ...(why === null ? {} : { why }) })
    }
    return rows
  }

  async verify() {
    const { custody } = this.#open()
    const result = await this.#read(({ of, reader }) => verifyCase(reader, of))
    const differing = result.checks.filter((one) => !one.clean).map((one) => `${one.what}: ${one.found}`)
    await custody.append('verified', user(), this.#clock(), {
      clean: result.clean,
      checks: result.checks.length,
      differing
    })
    return result
  }

  async sources() {
    return this.#sources.list()
  }

  async sourceText(id: string) {
    return this.#sources.text(id)
  }

  async newSource(on: SourceFile) {
    return this.#trying.newSource(this.#fileOf(on))
  }

  async previewSource({ yaml, on, limit = 20 }: PreviewRequest, ticket?: string) {
    const tried = on === 'samples' ? on : this.#fileOf(on)
    return this.#trying.preview({ yaml, on: tried, limit, known: () => this.#sources.sound() }, ticket)
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

  async ask(query: Parameters<Engine['ask']>[0], ticket?: string) {
    return this.#open().asking.ask(query, ticket)
  }

  async cancel(ticket: string): Promise<void> {
    this.#opened?.asking.cancel(ticket)
    this.#trying.cancel(ticket)
  }

  async show(id: string, quick?: true) {
    rowOf(this.#open().of, id)
    const { info } = await this.#placed()
    return this.#read(({ of, reader }) => showEvent(reader, of, id, info, quick ? null : this.#definitions))
  }

  async evidenceBytes(request: Parameters<Engine['evidenceBytes']>[0]) {
    return this.#read(({ reader, windows }) => windows.read(reader, request))
  }

  async objectHistory(event: string) {
    return this.#read(({ of, reader }) => objectHistory(reader, of, event))
  }

  async compareStates(before: string, after: string) {
    return this.#read(({ of, reader }) => compareStates(reader, of, before, after))
  }

  async passes(id: string, filters: readonly Filter[]) {
    const { of, asking } = this.#open()
    return asking.passes(rowOf(of, id).row, filters)
  }

  async sql(statement: string, limit: number, ticket?: string) {
    return this.#open().asking.sql(statement, limit, ticket)
  }

  async values(field: Field, beginning: string, limit: number) {
    return this.#open().asking.values(field, beginning, limit)
  }

  async useGeoDatabase(path: string | null) {
    if (this.#importing) throw new AppError('usage', 'An import is under way. Wait for it, or cancel it.')
    // Read where it is first, so that a file that is no database is refused; then kept, for the original may be a browser's upload.
    await openGeo({ ...(path === null ? {} : { chosen: path }), resources: this.#options.resources })
    const chosen = path === null ? undefined : await this.#keepGeoDatabase(path)
    const geo = await openGeo({ ...(chosen === undefined ? {} : { chosen }), resources: this.#options.resources })
    this.#geo = Promise.resolve(geo)
    this.#settings.geoDatabase = chosen
    if (this.#opened) {
      const { of, custody } = this.#opened
      await resolvePlaces(of.writer, geo, true)
      await this.#revise(of)
      await custody.append('geo', user(), this.#clock(), { title: geo.info.title, edition: geo.info.edition })
      await this.#changed()
    }
    return geo.info
  }

  /** Where the bytes lie that a definition is tried on. */
  #fileOf(on: SourceFile): TriedFile {
    if ('path' in on) return { path: on.path, name: basename(on.path) }
    const { file, name } = this.#evidence(on.evidence)
    return { path: join(this.#open().of.evidenceFolder, file), name }
  }

  /** The evidence with this SHA-256, or one that begins so. */
  #evidence(hash: string): Evidence {
    const found = this.#open().of.evidence.find(({ sha256 }) => sha256.startsWith(hash))
    if (found) return found
    throw new AppError('record_missing', `There is no evidence ${hash} in this case.`)
  }

  async #keepGeoDatabase(path: string): Promise<string> {
    const folder = join(this.#options.home, 'geo')
    const kept = join(folder, basename(path))
    if (resolve(path) === kept) return kept
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await copyFile(path, kept)
    return kept
  }

  async namesOf(ids: Parameters<Engine['namesOf']>[0]) {
    return this.#open().asking.namesOf(ids)
  }

  async ids({ named, limit, offset = 0 }: Parameters<Engine['ids']>[0]) {
    return this.#open().asking.ids(named, limit, offset)
  }

  get #casesFolder(): string {
    return join(this.#options.home, 'cases')
  }

  #clock = (): Date => this.#options.clock?.() ?? new Date()

  #open(): Opened {
    if (!this.#opened) throw new AppError('no_case', 'No case is open. Open one, or open a log.')
    return this.#opened
  }

  /** The analyst's own geo-IP database if it is still there and readable; else the one that came with the application. */
  #placed(): Promise<Geo> {
    const { resources } = this.#options
    const chosen = this.#settings.geoDatabase
    this.#geo ??= openGeo({ ...(chosen !== undefined && existsSync(chosen) ? { chosen } : {}), resources }).catch(() =>
      openGeo({ resources })
    )
    return this.#geo
  }

  async #enter(of: Case, did: 'opened' | 'created'): Promise<CaseState> {
    const checked = presence(of)
    const custody = await Custody.open(join(of.folder, 'custody.jsonl'), await of.instance.connect())
    this.#opened = {
      of,
      reader: await of.instance.connect(),
      reading: new Set(),
      asking: new Asking(of.instance),
      custody,
      windows: new EvidenceWindows(of)
    }
    await custody.append(did, user(), this.#clock(), { version: this.#options.version, checked })
    for (const { ledger } of custody.untold(of.evidence)) await this.#tellImport(custody, ledger)
    const state = await this.#state()
    this.#settings.remember({
      name: state.name,
      folder: state.folder,
      openedAt: this.#clock().toISOString(),
      events: state.events
    })
    this.#options.events.caseChanged(state)
    return state
  }

  /** Closing a connection in the midst of a query makes DuckDB wait for itself, for ever; so what is being read is told. */
  async #read<T>(read: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = this.#open()
    const reading = read(opened)
    opened.reading.add(reading)
    try {
      return await reading
    } finally {
      opened.reading.delete(reading)
    }
  }

  async #leave(): Promise<void> {
    await this.cancelImport()
    const opened = this.#opened
    this.#opened = undefined
    if (!opened) return
    await opened.asking.close()
    await Promise.allSettled(opened.reading)
    await opened.windows.close()
    opened.reader.closeSync()
    await opened.custody.close()
    opened.of.close()
  }

  async #state(): Promise<CaseState> {
    const { of } = this.#open()
    const counted = await this.#read(({ reader }) =>
      reader.runAndReadAll(
        `SELECT count(*) FILTER (status = 'event')::DOUBLE, count(*) FILTER (status = 'undated')::DOUBLE, strftime(min("@timestamp"), '%Y-%m-%dT%H:%M:%S.%gZ'),
        strftime(max("@timestamp"), '%Y-%m-%dT%H:%M:%S.%gZ'), list_sort(list(DISTINCT "event.dataset")) FROM entry WHERE shown`
      )
    )
    const [dated, undated, first, last, sources] = counted.getRowsJS()[0] as [
      number,
      number,
      string | null,
      string | null,
      string[] | null
    ]
    const state: CaseState = {
      name: of.name,
      folder: of.folder,
      events: dated + undated,
      undated,
      unreadable: of.evidence.reduce((sum, { ledger }) => sum + ledger.unreadable, 0),
      evidence: of.evidence.length,
      names: of.evidence.reduce((sum, { ledger }) => sum + (ledger.names ?? 0), 0),
      sources: sources ?? [],
      ...(first === null ? {} : { first }),
      ...(last === null ? {} : { last }),
      revision: of.revision,
      geo: (await this.#placed()).info,
      checked: presence(of)
    }
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

  /** A folder in the cases folder that is not taken: `name.spoor`, `name 2.spoor`, … */
  async #freeFolder(name: string): Promise<string> {
    const clean = basename(name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()).slice(0, 80) || 'Case'
    await mkdir(this.#casesFolder, { recursive: true })
    for (let number = 1; ; number++) {
      const folder = join(this.#casesFolder, number === 1 ? `${clean}.spoor` : `${clean} ${number}.spoor`)
      if (!existsSync(folder)) return folder
    }
  }

  /** Progress at most ten times a second, and whenever the file or the phase changes. */
  #progress(): { progress: (at: ImportProgress) => void; last: () => ImportProgress } {
    let last: ImportProgress = {
      path: '',
      file: 0,
      files: 0,
      phase: 'recognising',
      bytes: 0,
      totalBytes: 0,
      records: 0,
      bytesPerSecond: 0
    }
    let told = 0
    const progress = (at: ImportProgress) => {
      const now = performance.now()
      const news = at.phase !== last.phase || at.file !== last.file
      last = at
      if (!news && now - told < progressEvery) return
      told = now
      this.#options.events.importProgress(at)
    }
    return { progress, last: () => last }
  }
}

/** What the analyst could act on is no reason to stop where there is another way. */
function unlessBug(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error
}

/** What can be checked at once whenever a case is opened or changes: that the evidence is there, and as long as it was. */
function presence(of: Case): string {
  const count = of.evidence.length
  if (count === 0) return 'no evidence yet'
  const missing = of.missing()
  if (missing.length) return `evidence missing or of another size: ${missing.join(', ')}`
  return count === 1
    ? '1 evidence file present, its size matches'
    : `${count.toLocaleString('en')} evidence files present, sizes match`
}

function user(): string {
  try {
    return userInfo().username
  } catch {
    // A process without an entry in the user database, as in some containers.
    return 'unknown'
  }
}
