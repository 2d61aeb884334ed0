import type { Connection, ConnectionDraft, ConnectorInfo, PullReport, Settings } from '../../src-main/contract/connect'
import { AppError } from '../../src-main/contract/errors'
import type { Connected } from './connected'
import type { Notices } from './notices.svelte'
import type { Page } from './page'

/** What is typed into the form of a connection; it outlives a visit to another page, and never leaves the window but to be kept or tried. */
export interface Draft {
  readonly info: ConnectorInfo
  /** The connection that is changed; a new one has none yet. */
  readonly of?: Connection
  name: string
  settings: Settings
  secrets: Readonly<Record<string, string | null>>
}

/** What the page shows beside its list. */
export type Shown =
  | { readonly what: 'connection'; readonly id: string }
  | { readonly what: 'products' }
  | { readonly what: 'form' }

/** What is asked of the passphrase of secrets: the first one, the one there is, or another one besides that. */
export type PassphraseStep = 'choose' | 'give' | 'change'

interface Window extends Connected {
  page: Page
  readonly notices: Notices
}

/** The products that are connected, the one being connected, and the passphrase that secrets are kept under. */
export class Connecting {
  readonly #app: Window
  /** Grows whenever a connection was kept or removed, or secrets were unlocked or forgotten. */
  revision = $state(0)
  /** What is connected, as far as the window has heard. */
  known = $state.raw<readonly Connection[]>([])
  shown = $state.raw<Shown | null>(null)
  draft = $state<Draft | null>(null)
  /** The connection that is looked at: its commands are those of the page. */
  at = $state<string | null>(null)
  /** The pull whose books are open. */
  pull = $state<string | null>(null)
  /** The connection of which it is asked what to pull. */
  asking = $state.raw<string | null>(null)
  /** The passphrase that is asked for; true is the answer when it was given. */
  passphrase = $state.raw<{ readonly step: PassphraseStep; readonly answer: (given: boolean) => void } | null>(null)

  constructor(app: Window) {
    this.#app = app
  }

  /** Hears what is connected. */
  async list(): Promise<readonly Connection[]> {
    this.known = await this.#app.engine.connections()
    return this.known
  }

  show(id: string): void {
    this.shown = { what: 'connection', id }
    this.pull = null
  }

  /** Asks which product is to be connected. */
  choose(): void {
    this.#app.page = 'connections'
    this.shown = { what: 'products' }
  }

  begin(info: ConnectorInfo): void {
    this.draft = { info, name: info.title, settings: {}, secrets: {} }
    this.shown = { what: 'form' }
  }

  edit(of: Connection, info: ConnectorInfo): void {
    this.draft = { info, of, name: of.name, settings: of.settings, secrets: {} }
    this.shown = { what: 'form' }
  }

  putAway(): void {
    const { of } = this.draft ?? {}
    this.draft = null
    this.shown = of ? { what: 'connection', id: of.id } : null
  }

  /** The draft as the engine takes it. */
  request({ info, of, name, settings, secrets }: Draft): ConnectionDraft {
    return {
      ...(of ? { id: of.id } : {}),
      name: name.trim() || info.title,
      connector: info.id,
      settings: $state.snapshot(settings) as Settings,
      secrets: { ...secrets }
    }
  }

  /** Keeps what is typed; undefined where the passphrase was asked for and not given. */
  async save(draft: Draft): Promise<Connection | undefined> {
    const request = this.request(draft)
    const kept = await this.withSecrets(() => this.#app.engine.saveConnection(request))
    if (!kept) return undefined
    this.revision++
    this.draft = null
    this.show(kept.id)
    this.#tellLost(draft, kept)
    return kept
  }

  /** A secret that was given for one server goes to no other: it has to be given again. */
  #tellLost({ of, secrets }: Draft, { name, secrets: now }: Connection): void {
    const isLost = Object.entries(of?.secrets ?? {}).some(
      ([path, place]) => place === 'kept' && now[path] === 'missing' && secrets[path] !== null
    )
    if (!isLost) return
    const line = 'It was given for another server, proxy or certificate authority, and is sent nowhere else.'
    this.#app.notices.add({ kind: 'warning', title: `${name} wants its secret again`, lines: [line] })
  }

  async remove({ id, name }: Connection): Promise<void> {
    await this.#app.engine.removeConnection(id)
    this.revision++
    if (this.draft?.of?.id === id) this.draft = null
    this.shown = null
    this.#app.notices.done(`${name} is disconnected`, 'Its secrets are forgotten. What was pulled stays.')
  }

  /** The books of a pull, on the page. */
  showPull({ connection, id }: Pick<PullReport, 'connection' | 'id'>): void {
    this.#app.page = 'connections'
    this.show(connection)
    this.pull = id
  }

  /** Has the passphrase of secrets chosen, given or changed; whether it was. */
  async askPassphrase(step: PassphraseStep): Promise<boolean> {
    const given = await new Promise<boolean>((answer) => {
      this.passphrase = { step, answer }
    })
    this.passphrase = null
    this.revision++
    return given
  }

  /** Does what needs secrets, after asking for their passphrase where they are locked; undefined where it is not given. */
  async withSecrets<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'vault_locked') throw error
      const vault = await this.#app.engine.vault()
      if (vault.state === 'open') throw error
      const given = await this.askPassphrase(vault.state === 'new' ? 'choose' : 'give')
      return given ? work() : undefined
    }
  }
}
