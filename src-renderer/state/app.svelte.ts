import { createContext } from 'svelte'
import { AppError } from '../../src-main/contract/errors'
import type { Host } from '../../src-main/contract/host'
import type { About, CaseState, Engine, EngineEvents, ImportProgress, RecentCase } from '../../src-main/contract/rpc'
import type { Importing } from './importing'
import { Imports } from './imports.svelte'
import { Keys } from './keys.svelte'
import { Mapping } from './mapping.svelte'
import { Marks } from './marks.svelte'
import { Names } from './names.svelte'
import { Notices } from './notices.svelte'
import { ObjectPanel } from './object-panel.svelte'
import { Original } from './original.svelte'
import { Picked } from './picked.svelte'
import type { Preferences } from './preferences.svelte'
import { Selection } from './selection.svelte'
import { TableLayout } from './table-layout.svelte'
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
  readonly layout: TableLayout
  readonly picked = new Picked()
  readonly mapping: Mapping
  readonly imports: Imports
  readonly keys = new Keys()
  readonly notices = new Notices()
  readonly valueMenu = new ValueMenu()
  readonly original = new Original()
  readonly names = new Names(this)
  readonly marks = new Marks(this)
  readonly objectPanel = new ObjectPanel()

  about = $state.raw<About | null>(null)
  case = $state.raw<CaseState | null>(null)
  recent = $state.raw<readonly RecentCase[]>([])
  page = $state<Page>('explore')
  overlay = $state<Overlay>(null)
  /** What the whole window waits for, in words; null when it waits for nothing. */
  busy = $state<string | null>(null)
  /** How far that is, where it can be told. */
  progress = $state<string | null>(null)
  /** Why the engine does not answer; null while it does. */
  lost = $state<string | null>(null)

  constructor(engine: Engine, host: Host, preferences: Preferences) {
    this.engine = engine
    this.host = host
    this.preferences = preferences
    this.selection = new Selection(() => preferences.zone)
    this.layout = new TableLayout(preferences)
    this.mapping = new Mapping(this)
    this.imports = new Imports(this)
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
    this.caseChanged(state)
  }

  /** The engine is gone, with the reason, or (null) answers again; then it may have been started anew, with no case open. */
  async connected(lost: string | null): Promise<void> {
    this.lost = lost
    if (lost !== null) {
      this.imports.lost()
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

  workChanged(what: 'marks' | 'saved'): void {
    if (what === 'marks') this.marks.changed()
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
    if (this.importing) this.imports.progress(progress)
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

  async #wait(what: string, failure: string, work: () => Promise<CaseState | null>): Promise<void> {
    if (this.imports.occupied()) return
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
