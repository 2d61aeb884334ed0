import type { CaseState, RecentCase } from '../../src-main/contract/case'
import type { LedgerLine } from '../../src-main/contract/evidence'
import type { DroppedFile, Host } from '../../src-main/contract/host'
import type { ImportProgress, ImportRequest, ImportResult } from '../../src-main/contract/import'
import type { Times } from '../../src-main/contract/source'
import type { Connected } from './connected'
import { counted } from './format'
import { balance, type Importing, importNotice } from './importing'
import type { Mapping } from './mapping.svelte'
import type { Notices } from './notices.svelte'
import type { Page } from './page'

interface Window extends Connected {
  page: Page
  recent: readonly RecentCase[]
  readonly host: Host
  readonly mapping: Mapping
  readonly notices: Notices
  caseChanged(state: CaseState | null): void | Promise<void>
}

/** Logs on their way into the case: from a drop or a dialog to the notice of what became of them. One import at a time. */
export class Imports {
  readonly #app: Window
  #sending: { aborted: boolean } | null = null
  running = $state.raw<Importing | null>(null)

  constructor(app: Window) {
    this.#app = app
  }

  /** What the engine tells of the import it is at. */
  progress(progress: ImportProgress): void {
    if (this.running && this.running.phase !== 'sending' && progress.phase !== 'done') this.running = progress
  }

  /** The engine is gone, and the import with it. */
  lost(): void {
    this.running = null
  }

  /** Files dropped on the window or chosen in it. */
  async files(dropped: readonly DroppedFile[], how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
    const files = this.#app.mapping.takeDefinitions(dropped)
    if (files.length === 0 || this.occupied()) return
    const totalBytes = files.reduce((total, file) => total + file.size, 0)
    const name = files.length === 1 ? (files[0]?.name ?? '') : counted(files.length, 'file')
    const sending = { aborted: false }
    this.#sending = sending
    const sent = (bytes: number, total: number) => {
      if (!sending.aborted) this.running = { phase: 'sending', name, bytes, totalBytes: total }
    }
    sent(0, totalBytes)
    try {
      const paths = await this.#app.host.pathsOf(files, sent, sending)
      if (!sending.aborted) await this.#import(paths, how)
    } catch (error) {
      if (!sending.aborted) this.#failed(error)
    }
  }

  /** Files and folders on the engine's machine; without a case one is made, named for the first of them. */
  async paths(paths: readonly string[], how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
    if (paths.length === 0 || this.occupied()) return
    await this.#import(paths, how).catch((error: unknown) => this.#failed(error))
  }

  /** Evidence of the case once more, with the definitions as they are now. */
  async readAgain(line: LedgerLine, source?: string, times?: Times): Promise<void> {
    if (this.occupied()) return
    this.#begin(line.path, 1)
    try {
      const result = await this.#app.engine.readAgain({
        evidence: line.sha256,
        ...(source !== undefined && { source }),
        ...(times && { times })
      })
      await this.#app.caseChanged(await this.#app.engine.caseState())
      this.running = null
      if (result.canceled) this.#app.notices.done('Canceled', `${line.name} is as it was.`)
      else this.#app.notices.done(`Read ${line.name} again`, balance(result.evidence))
    } catch (error) {
      this.running = null
      this.#app.notices.failed(`${line.name} is as it was`, error)
    }
  }

  /** Stops the import; what it had read so far is taken out again. */
  async cancel(): Promise<void> {
    if (this.running?.phase !== 'sending') return this.#app.engine.cancelImport()
    if (this.#sending) this.#sending.aborted = true
    this.running = null
  }

  #begin(path: string, files: number): void {
    this.#app.notices.clear()
    const nothing = { bytes: 0, totalBytes: 0, records: 0, bytesPerSecond: 0 }
    this.running = { path, file: 1, files, phase: 'recognising', ...nothing }
  }

  async #import(paths: readonly string[], how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
    const path = paths[0] ?? ''
    this.#begin(path, paths.length)
    const made = this.#app.case ? null : await this.#app.engine.createCase({ name: caseName(path) })
    if (made) await this.#app.caseChanged(made)
    const result = await this.#app.engine.importPaths({ paths, ...how })
    if (made && result.evidence.length === 0) await this.#putAway()
    else await this.#app.caseChanged(await this.#app.engine.caseState())
    this.running = null
    const told = this.#app.mapping.take(result)
    if (told.evidence.length > 0 || told.refused.length > 0 || told.canceled) this.#tell(told)
  }

  /** A case that was made for a log which then was refused is not left standing open, nor on the disk. */
  async #putAway(): Promise<void> {
    await this.#app.engine.discardCase()
    this.#app.recent = await this.#app.engine.recentCases()
    await this.#app.caseChanged(null)
  }

  #failed(error: unknown): void {
    this.running = null
    this.#app.notices.failed('Import stopped', error)
  }

  #tell(result: ImportResult): void {
    if (result.canceled) {
      this.#app.notices.done('Import canceled', 'Nothing of it was left in the case.')
      return
    }
    const notice = importNotice(result)
    const [guessed, ...more] = result.evidence.filter((line) => line.guessed && !line.already)
    const showLedger = { title: 'Show the ledger', run: () => (this.#app.page = 'evidence') }
    const adjust = guessed &&
      more.length === 0 && { title: 'Adjust the mapping', run: () => void this.#app.mapping.openEvidence(guessed) }
    const toShow = notice.kind !== 'done' && result.evidence.length > 0
    this.#app.notices.add(toShow ? { ...notice, action: adjust || showLedger } : notice)
  }

  /** Whether an import is under way, which nothing else can be done beside; says so. */
  occupied(): boolean {
    if (!this.running) return false
    this.#app.notices.add({
      kind: 'warning',
      title: 'An import is running',
      lines: ['Wait for it to end, or cancel it first.']
    })
    return true
  }
}

/** A case is named for the log it began with: `audit-2026-03.json.gz` → `audit-2026-03`. */
export function caseName(path: string): string {
  const file = path.split(/[\\/]/).findLast((part) => part !== '') ?? ''
  return file.replace(/(\.(gz|zst|zip|json|ndjson|jsonl|csv|tsv|log|txt))+$/i, '') || 'Untitled'
}
