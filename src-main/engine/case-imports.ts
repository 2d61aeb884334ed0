import type { CaseState } from '../contract/case'
import { AppError } from '../contract/errors'
import type { LedgerLine } from '../contract/evidence'
import type { ImportRequest, ImportResult } from '../contract/import'
import type { Engine, EngineEvents } from '../contract/rpc'
import type { PartRead } from './connect/journal-lines'
import type { Definitions } from './definitions'
import type { GeoChoice } from './geo-choice'
import { Importing, type PathsImport } from './import/import-paths'
import { ToldGrowth } from './import/told-growth'
import { toldProgress } from './import/told-progress'
import { resolvePlaces } from './normalise/places'
import { rebuildChanges } from './normalise/rebuild'
import type { OpenedCase } from './opened-case'
import { checkpoint } from './store/checkpoint'
import { limitMemory } from './store/database'

interface CaseImportsOptions {
  readonly events: Pick<EngineEvents, 'importProgress' | 'caseChanged'>
  readonly sources: Pick<Definitions, 'load'>
  readonly geo: Pick<GeoChoice, 'now'>
  readonly clock: () => Date
  /** The open case, if one is. */
  readonly opened: () => OpenedCase | undefined
  /** The open case; throws where there is none. */
  readonly open: () => OpenedCase
  /** How the open case stands. */
  readonly state: () => Promise<CaseState>
}

type Read = (
  importing: Importing,
  on: Pick<PathsImport, 'progress' | 'told' | 'clock' | 'watching'>
) => Promise<ImportResult>

/** What is imported into the open case: one import at a time, and parts of pulls behind whoever imports. */
export class CaseImports {
  readonly #options: CaseImportsOptions
  #importing: Importing | undefined
  /** What is imported is a part of a pull, which nobody asked for by itself. */
  #isPart = false
  #last: Promise<unknown> = Promise.resolve()
  /** The case is about to be closed: nothing new is begun but parts of pulls. */
  closing = false

  constructor(options: CaseImportsOptions) {
    this.#options = options
  }

  get underWay(): boolean {
    return this.#importing !== undefined
  }

  async paths({ paths, without = [], ...request }: ImportRequest): Promise<ImportResult> {
    return this.#import(paths, async (importing, on) => {
      const known = (await this.#options.sources.load()).filter(({ id }) => !without.includes(id))
      const { of, marks } = this.#options.open()
      const again = request.again ?? false
      return marks.keeping(again ? of.evidence : [], () =>
        importing.run({
          paths,
          known,
          source: request.source,
          as: request.as,
          again,
          times: request.times ?? {},
          ...on
        })
      )
    })
  }

  /** A part of a pull, behind whoever imports now. */
  async part(path: string, { source, list }: PartRead): Promise<ImportResult> {
    const known = await this.#options.sources.load()
    while (this.#importing) await this.#last
    return this.#import(
      [path],
      (importing, on) => importing.run({ paths: [path], known, source, list, as: 'log', times: {}, ...on }),
      true
    )
  }

  async again({ evidence, source, times = {} }: Parameters<Engine['readAgain']>[0]): Promise<ImportResult> {
    const known = await this.#options.sources.load()
    const opened = this.#options.open()
    const of = opened.evidence(evidence)
    return this.#import([of.path], (importing, on) =>
      opened.marks.keeping([of], () => importing.again(of, { known, source, times, ...on }))
    )
  }

  /** Cancels what the analyst imports, and waits until that is over; a part of a pull comes to its end. */
  async cancel(): Promise<void> {
    if (!this.#isPart) await this.#importing?.cancel()
    await this.#last
  }

  /** The open case has other events now: all who show it are told. */
  async changed(): Promise<void> {
    await this.#options.opened()?.changed(this.underWay)
    this.#options.events.caseChanged(await this.#options.state())
  }

  async #import(paths: readonly string[], read: Read, isPart = false): Promise<ImportResult> {
    while (this.#isPart && !isPart) await this.#last
    if (this.closing && !isPart) throw new AppError('no_case', 'The case has been closed in the meantime.')
    const opened = this.#options.open()
    const { of } = opened
    if (this.#importing) throw importUnderWay()
    const importing = new Importing(of)
    this.#importing = importing
    this.#isPart = isPart
    const running = this.#run(opened, importing, paths, read).finally(() => limitMemory(of.writer, 'usual'))
    this.#last = running.catch(() => {})
    try {
      return await running
    } finally {
      this.#importing = undefined
      this.#isPart = false
      if (this.#options.opened() === opened) await this.changed()
    }
  }

  async #run(opened: OpenedCase, importing: Importing, paths: readonly string[], read: Read): Promise<ImportResult> {
    const { of } = opened
    const { events, clock, geo } = this.#options
    const isPart = this.#isPart
    const { progress, last } = toldProgress((at) => isPart || events.importProgress(at))
    await opened.asking.indexing?.stop()
    const growth = new ToldGrowth(() => this.changed())
    const told = async (lines: readonly LedgerLine[]) => {
      await opened.tellImports(lines)
      growth.whole(lines)
    }
    const watching = {
      grown: (records: number) => growth.come(records),
      came: (was: string, sha256: string) => opened.marks.came(was, sha256),
      takenOut: () => {
        growth.takenOut()
        opened.tookOut()
        return this.changed()
      }
    }
    const result = await read(importing, { progress, told, clock, watching })
    if (result.events > 0) {
      progress({ ...last(), phase: 'places' })
      await resolvePlaces(of.writer, await geo.now())
      const changes = (records: number) => progress({ ...last(), phase: 'changes', records })
      changes(last().records)
      await rebuildChanges(of.writer, changes)
      await checkpoint(of.writer)
    }
    await opened.tellRefused(result.refused)
    if (result.canceled) await opened.tell('canceled', { paths })
    if (!isPart) events.importProgress({ ...last(), phase: 'done' })
    return result
  }
}

/** What cannot be done beside an import. */
export const importUnderWay = () => new AppError('usage', 'An import is under way. Wait for it, or cancel it.')
