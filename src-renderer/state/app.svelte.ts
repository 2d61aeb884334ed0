import { createContext } from 'svelte'
import type { About, CaseState, RecentCase } from '../../src-main/contract/case'
import type { PullProgress } from '../../src-main/contract/connect'
import { AppError } from '../../src-main/contract/errors'
import type { Host } from '../../src-main/contract/host'
import type { ImportProgress } from '../../src-main/contract/import'
import type { Engine, EngineEvents } from '../../src-main/contract/rpc'
import { Connecting } from './connecting.svelte'
import type { Importing } from './importing'
import { Imports } from './imports.svelte'
import { Keys } from './keys.svelte'
import { Mapping } from './mapping.svelte'
import { Marks } from './marks.svelte'
import { Names } from './names.svelte'
import { Notices } from './notices.svelte'
import { ObjectPanel } from './object-panel.svelte'
import { Original } from './original.svelte'
import type { Page } from './page'
import type { Picked } from './picked.svelte'
import type { Preferences } from './preferences.svelte'
import { Pulls } from './pulls.svelte'
import { SavedQueries } from './saved-queries.svelte'
import type { Selection } from './selection.svelte'
import { SessionKeeper } from './session-keeper'
import { SqlDesk } from './sql-desk.svelte'
import type { TableLayout } from './table-layout.svelte'
import { Tabs } from './tabs.svelte'
import { ValueMenu } from './value-menu.svelte'

/** A dialog or panel of the shell that is open. */
export type Overlay = 'palette' | 'keys' | 'about' | 'searches' | 'save-search' | 'mark' | null

const [getApp, provideApp] = createContext<App>()

export { getApp, provideApp as setApp }

/** Everything the window knows: the engine and host it talks to, the open case, the one filter, what is going on. */
export class App implements EngineEvents {
  readonly engine: Engine
  readonly host: Host
  readonly preferences: Preferences
  readonly tabs: Tabs
  readonly mapping: Mapping
  readonly imports: Imports
  readonly keys = new Keys()
  readonly notices = new Notices()
  readonly valueMenu = new ValueMenu()
  readonly original = new Original()
  readonly names = new Names(this)
  readonly marks = new Marks(this)
  readonly saved: SavedQueries
  readonly session: SessionKeeper
  readonly objectPanel = new ObjectPanel()
  readonly sql: SqlDesk
  readonly connecting = new Connecting(this)
  readonly pulls: Pulls = new Pulls(this)

  /** The case about to be shown, as it is by now. */
  #coming: CaseState | null = null

  about = $state.raw<About | null>(null)
  case = $state.raw<CaseState | null>(null)
  recent = $state.raw<readonly RecentCase[]>([])
  overlay = $state<Overlay>(null)
  /** What the whole window waits for, in words; null when it waits for nothing. */
  busy = $state<string | null>(null)
  /** The file that is looked at on the Evidence page, by its SHA-256; null while none was chosen. */
  evidence = $state<string | null>(null)
  /** How far that is, where it can be told. */
  progress = $state<string | null>(null)
  /** Why the engine does not answer; null while it does. */
  lost = $state<string | null>(null)

  constructor(engine: Engine, host: Host, preferences: Preferences) {
    this.engine = engine
    this.host = host
    this.preferences = preferences
    this.tabs = new Tabs(this)
    this.saved = new SavedQueries(this)
    this.session = new SessionKeeper(this)
    this.sql = new SqlDesk(this)
    this.mapping = new Mapping(this)
    this.imports = new Imports(this)
  }

  /** The one filter of the tab that is looked at. */
  get selection(): Selection {
    return this.tabs.current.selection
  }
  get layout(): TableLayout {
    return this.tabs.current.layout
  }
  get picked(): Picked {
    return this.tabs.current.picked
  }
  get page(): Page {
    return this.tabs.current.page
  }
  set page(page: Page) {
    this.tabs.current.page = page
  }

  /** The IANA zone every time is shown in. */
  get zone(): string {
    return this.preferences.zone
  }

  /** The import under way; null while there is none. */
  get importing(): Importing | null {
    return this.imports.running
  }

  async start(): Promise<void> {
    const [about, state, recent] = await Promise.all([
      this.engine.about(),
      this.engine.caseState(),
      this.engine.recentCases()
    ])
    this.about = about
    this.recent = recent
    await this.caseChanged(state)
    // For the palette; where they cannot be read their own page says why.
    void this.connecting.list().catch(() => {})
  }

  /** The engine is gone, with the reason, or (null) answers again; then it may have been started anew, with no case open. */
  async connected(lost: string | null): Promise<void> {
    this.lost = lost
    if (lost !== null) {
      this.imports.lost()
      this.pulls.clear()
      this.busy = null
      return
    }
    const folder = this.case?.folder
    const state = await this.engine.caseState()
    if (folder !== undefined && state === null) await this.openCase(folder)
    else await this.caseChanged(state)
    this.#findPulls()
  }

  async caseChanged(state: CaseState | null): Promise<void> {
    // While another case is opened, what is seen stays until that is done.
    if (!this.busy) await this.#show(state)
  }

  workChanged(what: 'marks' | 'saved'): void {
    if (what === 'marks') this.marks.changed()
    else void this.saved.changed()
  }

  pullProgress(progress: PullProgress): void {
    this.pulls.progress(progress)
  }

  /** Where they cannot be listed, the page that lists them says why. */
  #findPulls(): void {
    void this.pulls.find().catch(() => {})
  }

  async #show(state: CaseState | null): Promise<void> {
    this.#coming = state
    const isOther = state?.folder !== this.case?.folder
    if (isOther) {
      const kept = state ? await this.session.fetch() : undefined
      // Meanwhile the case may have grown, or made room for another.
      if (this.#coming?.folder !== state?.folder) return
      if (this.#coming?.folder !== this.case?.folder) {
        this.session.enter(kept)
        this.original.close()
        this.objectPanel.close()
        this.pulls.clear()
      }
    }
    this.case = this.#coming
    if (isOther) this.#findPulls()
  }

  importProgress(progress: ImportProgress): void {
    if (this.importing) this.imports.progress(progress)
    else if (this.busy) this.progress = progress.files > 1 ? `file ${progress.file} of ${progress.files}` : null
  }

  showEvidence(sha256: string): void {
    this.evidence = sha256
    this.page = 'evidence'
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

  async #wait(what: string, failure: string, work: () => Promise<CaseState | null>): Promise<void> {
    if (this.imports.occupied()) return
    this.busy = what
    try {
      await this.session.flush()
      await this.#show(await work())
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
