import type { LedgerLine } from '../../src-main/contract/evidence'
import type { DroppedFile } from '../../src-main/contract/host'
import type { ImportRequest, ImportResult, Refused } from '../../src-main/contract/import'
import type { SourceFile, SourceInfo } from '../../src-main/contract/source-preview'
import type { Connected } from './connected'
import type { Notices } from './notices.svelte'
import type { Page } from './page'

/** A definition that is being written, and what it is written for. */
export interface MappingTask {
  /** What the editor is about: a file, a source. */
  readonly title: string
  readonly yaml: string
  readonly on: SourceFile | 'samples'
  /** What to do once it is kept; nothing for a source that is changed for itself. */
  readonly purpose?:
    | { readonly do: 'import'; readonly path: string }
    | { readonly do: 'read again'; readonly line: LedgerLine }
  /** It comes with Spoor, so keeping it makes it one's own. */
  readonly shipped?: boolean
  /** Why it was opened, where it opened by itself. */
  readonly why?: string
}

/** Files whose records fit several definitions equally well. */
export interface Question {
  readonly paths: readonly string[]
  readonly sources: readonly string[]
}

const nameOf = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

interface Window extends Connected {
  page: Page
  readonly notices: Notices
  readonly imports: {
    paths(paths: readonly string[], how?: Omit<ImportRequest, 'paths'>): Promise<void>
    readAgain(line: LedgerLine, source?: string): Promise<void>
  }
}

/** The definitions being written and the questions that imports leave: what the analyst knows and Spoor does not. */
export class Mapping {
  readonly #app: Window
  #task = $state.raw<MappingTask | null>(null)
  /** What was written so far; it outlives a visit to another page. */
  draft = $state('')
  #cameFrom: Page = 'explore'
  question = $state.raw<Question | null>(null)
  /** Grows whenever a definition was kept or taken away. */
  revision = $state(0)
  #unmapped: Refused[] = []
  #ambiguous: Question[] = []
  #came: MappingTask[] = []

  constructor(app: Window) {
    this.#app = app
  }

  /** The definition that is being written, on the page of sources; when it is done, the page is turned back. */
  get task(): MappingTask | null {
    return this.#task
  }
  set task(task: MappingTask | null) {
    if (task && !this.#task) this.#cameFrom = this.#app.page
    if (task) this.#app.page = 'sources'
    else if (this.#task && this.#app.page === 'sources') this.#app.page = this.#cameFrom
    this.draft = task?.yaml ?? ''
    this.#task = task
  }

  /** Takes what of an import waits for an answer, and asks; gives the rest, which is to be told. */
  take(result: ImportResult): ImportResult {
    const asks = ({ code }: Refused) => code === 'source_ambiguous' || code === 'source_unmapped'
    for (const one of result.refused.filter(asks)) {
      if (one.code === 'source_unmapped') this.#unmapped.push(one)
      else this.#askAbout(one)
    }
    this.next()
    return { ...result, refused: result.refused.filter((one) => !asks(one)) }
  }

  /** One question for all files between the same definitions. */
  #askAbout({ path, sources = [] }: Refused): void {
    const key = sources.join(' ')
    const at = this.#ambiguous.findIndex((one) => one.sources.join(' ') === key)
    const asked = this.#ambiguous[at]
    if (asked) this.#ambiguous[at] = { sources, paths: [...asked.paths, path] }
    else this.#ambiguous.push({ sources, paths: [path] })
  }

  /** The next question, when there is one and none is open. */
  next(): void {
    if (this.task || this.question) return
    const question = this.#ambiguous.shift()
    if (question) {
      this.question = question
      return
    }
    const came = this.#came.shift()
    if (came) {
      this.task = came
      return
    }
    const unmapped = this.#unmapped.shift()
    if (unmapped) void this.#map(unmapped)
  }

  /** The answer to the question: the file is of this source. */
  async answer(id: string): Promise<void> {
    const { question } = this
    this.question = null
    if (!question) return
    const without = question.sources.filter((one) => one !== id)
    await this.#app.imports.paths(question.paths, { without })
    this.next()
  }

  /** The file tells nothing that happened: it names ids. */
  async asDirectory(): Promise<void> {
    const purpose = this.task?.purpose
    if (purpose?.do !== 'import') return
    this.task = null
    await this.#app.imports.paths([purpose.path], { as: 'directory' })
    this.next()
  }

  /** The files are not wanted after all. */
  dismiss(): void {
    const paths = this.question?.paths ?? []
    this.question = null
    void this.#app.engine.releasePaths(paths)
    this.next()
  }

  async #map({ path, message }: Refused): Promise<void> {
    try {
      const { yaml } = await this.#app.engine.newSource({ path })
      const why = message.split(' `')[0] ?? message
      this.task = { title: nameOf(path), yaml, on: { path }, purpose: { do: 'import', path }, why }
    } catch {
      // Inside an archive there is nothing to show: then it is refused like any other, and says what can be done.
      this.#app.notices.add({ kind: 'failure', title: 'File refused', lines: [message] })
      this.next()
    }
  }

  /** The mapping of evidence in the case, to be read again with it; a guess is written out. */
  async openEvidence(line: LedgerLine): Promise<void> {
    const known = (await this.#app.engine.sources()).some(({ id }) => id === line.source)
    const on = { evidence: line.sha256 }
    const purpose = { do: 'read again', line } as const
    await this.#try(async () => {
      const yaml = known ? await this.#app.engine.sourceText(line.source) : (await this.#app.engine.newSource(on)).yaml
      this.task = { title: line.name, yaml, on, purpose }
    })
  }

  /** A definition as it is, tried on its own samples. */
  async edit({ id, title, origin }: SourceInfo): Promise<void> {
    await this.#try(async () => {
      this.task = { title, yaml: await this.#app.engine.sourceText(id), on: 'samples', shipped: origin === 'shipped' }
    })
  }

  /** Definitions among files that were dropped are opened, not imported; gives the others. */
  takeDefinitions(files: readonly DroppedFile[]): readonly DroppedFile[] {
    const definitions = files.filter(({ name }) => /\.ya?ml$/i.test(name))
    if (definitions.length > 0) void this.openFiles(definitions as unknown as readonly File[])
    return files.filter((file) => !definitions.includes(file))
  }

  /** Definitions that came as files, to be looked at before they are kept. */
  async openFiles(files: readonly File[]): Promise<void> {
    for (const file of files) this.#came.push({ title: file.name, yaml: await file.text(), on: 'samples' })
    this.next()
  }

  /** Another case is open now, so evidence of this one is out of reach. */
  leaveCase(): void {
    if (this.task?.purpose?.do === 'read again') this.task = null
  }

  /** Keeps the definition, and does what it was written for. A fault rises to the editor, which shows it. */
  async save(yaml: string): Promise<void> {
    const { task } = this
    const { id, title } = await this.#app.engine.saveSource(yaml)
    this.revision++
    this.task = null
    if (task?.purpose?.do === 'import') await this.#app.imports.paths([task.purpose.path], { source: id })
    else if (task?.purpose?.do === 'read again') await this.#app.imports.readAgain(task.purpose.line, id)
    else this.#app.notices.done('Kept', `${title} is used by every import from now on.`)
    this.next()
  }

  close(): void {
    const purpose = this.task?.purpose
    this.task = null
    if (purpose?.do === 'import') void this.#app.engine.releasePaths([purpose.path])
    this.next()
  }

  async remove(source: SourceInfo): Promise<void> {
    await this.#try(async () => {
      await this.#app.engine.removeSource(source.id)
      this.revision++
      const restored = source.origin === 'replaces'
      this.#app.notices.done(
        restored ? 'Restored' : 'Taken away',
        restored ? `${source.id} is again as it comes with Spoor.` : `${source.title} is no longer recognised.`
      )
    })
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#app.notices.failed('The definition cannot be opened', error)
    }
  }
}
