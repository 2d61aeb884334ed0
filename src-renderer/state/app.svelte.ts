import { createContext } from 'svelte'
import { AppError } from '../../src-main/contract/errors'
import type { DroppedFile, Host } from '../../src-main/contract/host'
import type {
  About,
  CaseState,
  Engine,
  EngineEvents,
  ImportProgress,
  ImportRequest,
  ImportResult,
  LedgerLine,
  RecentCase
} from '../../src-main/contract/rpc'
import { balance, type Importing, importNotice } from './importing'
import { Keys } from './keys.svelte'
import { Mapping } from './mapping.svelte'
import { Names } from './names.svelte'
import { Notices } from './notices.svelte'
import { ObjectPanel } from './object-panel.svelte'
import { Original } from './original.svelte'
import type { Preferences } from './preferences.svelte'
import { Selection } from './selection.svelte'
import { ValueMenu } from './value-menu.svelte'

export type Page = 'explore' | 'charts' | 'map' | 'evidence' | 'sources' | 'sql'

/** A dialog or panel of the shell that is open. */
export type Overlay = 'palette' | 'keys' | 'about' | null

const [getApp, provideApp] = createContext<App>()

export { getApp, provideApp as setApp }

/** Everything the window knows: the engine and host it talks to, the open case, the one filter, what is going on. */
export class App implements EngineEvents {
  readonly engine: Engine
  readonly host: Host
  readonly preferences: Preferences
  readonly selection: Selection
  readonly mapping: Mapping
  readonly keys = new Keys()
  readonly notices = new Notices()
  readonly valueMenu = new ValueMenu()
  readonly original = new Original()
  readonly names = new Names(this)
  readonly objectPanel = new ObjectPanel()

  about = $state.raw<About | null>(null)
  case = $state.raw<CaseState | null>(null)
  recent = $state.raw<readonly RecentCase[]>([])
  page = $state<Page>('explore')
  overlay = $state<Overlay>(null)
  importing = $state.raw<Importing | null>(null)
  /** What the whole window waits for, in words; null when it waits for nothing. */
  busy = $state<string | null>(null)
  /** How far that is, where it can be told. */
  progress = $state<string | null>(null)
  /** Why the engine does not answer; null while it does. */
  lost = $state<string | null>(null)
  #sending: { aborted: boolean } | null = null

  constructor(engine: Engine, host: Host, preferences: Preferences) {
    this.engine = engine
    this.host = host
    this.preferences = preferences
    this.selection = new Selection(() => preferences.zone)
    this.mapping = new Mapping(this)
  }

  /** The IANA zone every time is shown in. */
  get zone(): string {
    return this.preferences.zone
  }

  async start(): Promise<void> {
    const [about, state, recent] = await Promise.all([
      this.engine.about(),
      this.engine.caseState(),
      this.engine.recentCases()
    ])
    this.about = about
    this.recent = recent
    this.caseChanged(state)
  }

  /** The engine is gone, with the reason, or (null) answers again; then it may have been started anew, with no case open. */
  async connected(lost: string | null): Promise<void> {
    this.lost = lost
    if (lost !== null) {
      this.importing = null
      this.busy = null
      return
    }
    const folder = this.case?.folder
    const state = await this.engine.caseState()
    if (folder !== undefined && state === null) await this.openCase(folder)
    else this.caseChanged(state)
  }

  caseChanged(state: CaseState | null): void {
    // While another case is opened, what is seen stays until that is done.
    if (!this.busy) this.#show(state)
  }

  #show(state: CaseState | null): void {
    if (state?.folder !== this.case?.folder) {
      this.selection.reset()
      this.original.close()
      this.objectPanel.close()
      if (state) this.page = 'explore'
    }
    this.case = state
  }

  importProgress(progress: ImportProgress): void {
    if (this.importing && this.importing.phase !== 'sending' && progress.phase !== 'done') this.importing = progress
    else if (this.busy) this.progress = progress.files > 1 ? `file ${progress.file} of ${progress.files}` : null
  }

  openCase(folder: string): Promise<void> {
    return this.#wait('Opening the case', 'The case cannot be opened', () => this.engine.openCase(folder))
  }

  /** A native dialog, where the host has one. */
  async chooseCase(): Promise<void> {
    const folder = await this.host.chooseCase?.()
    if (folder) await this.openCase(folder)
  }

  openSample(): Promise<void> {
    return this.#wait('Opening the sample case', 'The sample case cannot be opened', () => this.engine.openSample())
  }

  closeCase(): Promise<void> {
    return this.#wait('Closing the case', 'The case cannot be closed', async () => {
      await this.engine.closeCase()
      return null
    })
  }

  async forgetCase(folder: string): Promise<void> {
    await this.engine.forgetCase(folder)
    this.recent = await this.engine.recentCases()
  }

  /** Files dropped on the window or chosen in it. */
  async importFiles(dropped: readonly DroppedFile[]): Promise<void> {
    const files = this.mapping.takeDefinitions(dropped)
    if (files.length === 0 || this.#alreadyImporting()) return
    const totalBytes = files.reduce((total, file) => total + file.size, 0)
    const name = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`
    const sending = { aborted: false }
    this.#sending = sending
    const sent = (bytes: number, total: number) => {
      if (!sending.aborted) this.importing = { phase: 'sending', name, bytes, totalBytes: total }
    }
    sent(0, totalBytes)
    try {
      const paths = await this.host.pathsOf(files, sent, sending)
      if (!sending.aborted) await this.#import(paths)
    } catch (error) {
      if (!sending.aborted) this.#importFailed(error)
    }
  }

  /** Files and folders on the engine's machine; without a case one is made, named for the first of them. */
  async importPaths(paths: readonly string[], how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
    if (paths.length === 0 || this.#alreadyImporting()) return
    await this.#import(paths, how).catch((error: unknown) => this.#importFailed(error))
  }

  /** Evidence of the case once more, with the definitions as they are now. */
  async readAgain(line: LedgerLine, source?: string): Promise<void> {
    if (this.#alreadyImporting()) return
    this.#begin(line.path, 1)
    try {
      const result = await this.engine.readAgain({ evidence: line.sha256, ...(source !== undefined && { source }) })
      this.caseChanged(await this.engine.caseState())
      this.importing = null
      if (result.canceled) this.notices.done('Canceled', `${line.name} is as it was.`)
      else this.notices.done(`Read ${line.name} again`, balance(result.evidence))
    } catch (error) {
      this.importing = null
      this.notices.failed(`${line.name} is as it was`, error)
    }
  }

  /** Stops the import; what it had read so far is taken out again. */
  async cancelImport(): Promise<void> {
    if (this.importing?.phase !== 'sending') return this.engine.cancelImport()
    if (this.#sending) this.#sending.aborted = true
    this.importing = null
  }

  #begin(path: string, files: number): void {
    this.notices.clear()
    const nothing = { bytes: 0, totalBytes: 0, records: 0, bytesPerSecond: 0 }
    this.importing = { path, file: 1, files, phase: 'recognising', ...nothing }
  }

  async #import(paths: readonly string[], how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
    const path = paths[0] ?? ''
    this.#begin(path, paths.length)
    const made = this.case ? null : await this.engine.createCase({ name: caseName(path) })
    if (made) this.caseChanged(made)
    const result = await this.engine.importPaths({ paths, ...how })
    if (made && result.evidence.length === 0) await this.#putAway()
    else this.caseChanged(await this.engine.caseState())
    this.importing = null
    const told = this.mapping.take(result)
    if (told.evidence.length > 0 || told.refused.length > 0 || told.canceled) this.#tell(told)
  }

  /** A case that was made for a log which then was refused is not left standing open, nor on the disk. */
  async #putAway(): Promise<void> {
    await this.engine.discardCase()
    this.recent = await this.engine.recentCases()
    this.caseChanged(null)
  }

  #importFailed(error: unknown): void {
    this.importing = null
    this.notices.failed('Import stopped', error)
  }

  #tell(result: ImportResult): void {
    if (result.canceled) {
      this.notices.done('Import canceled', 'Nothing of it was left in the case.')
      return
    }
    const notice = importNotice(result)
    const [guessed, ...more] = result.evidence.filter((line) => line.guessed && !line.already)
    const showLedger = { title: 'Show the ledger', run: () => (this.page = 'evidence') }
    const adjust = guessed &&
      more.length === 0 && { title: 'Adjust the mapping', run: () => void this.mapping.openEvidence(guessed) }
    const toShow = notice.kind !== 'done' && result.evidence.length > 0
    this.notices.add(toShow ? { ...notice, action: adjust || showLedger } : notice)
  }

  #alreadyImporting(): boolean {
    if (!this.importing) return false
    this.notices.add({
      kind: 'warning',
      title: 'An import is running',
      lines: ['Wait for it to end, or cancel it first.']
    })
    return true
  }

  async #wait(what: string, failure: string, work: () => Promise<CaseState | null>): Promise<void> {
    if (this.importing) {
      this.#alreadyImporting()
      return
    }
    this.busy = what
    try {
      this.#show(await work())
      this.recent = await this.engine.recentCases()
    } catch (error) {
      this.notices.failed(failure, error)
      if (error instanceof AppError && error.code === 'case_missing') this.recent = await this.engine.recentCases()
    } finally {
      this.busy = null
      this.progress = null
    }
  }
}

/** A case is named for the log it began with: `audit-2026-03.json.gz` → `audit-2026-03`. */
export function caseName(path: string): string {
  const file = path.split(/[\\/]/).findLast((part) => part !== '') ?? ''
  return file.replace(/(\.(gz|zst|zip|json|ndjson|jsonl|csv|tsv|log|txt))+$/i, '') || 'Untitled'
}
