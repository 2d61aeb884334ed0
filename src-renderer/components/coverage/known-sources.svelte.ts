import type { Keeps } from '../../../src-main/contract/absence'
import type { SourceInfo } from '../../../src-main/contract/source-preview'
import type { App } from '../../state/app.svelte'
import { Asked } from '../../state/asked.svelte'

/** What the definitions say of the sources of a case: how they are called, and how long their products keep a log. */
export class KnownSources {
  readonly #asked: Asked<readonly SourceInfo[]>
  readonly #byId = $derived.by(() => new Map((this.#asked.answer ?? []).map((each) => [each.id, each])))

  constructor(app: Pick<App, 'engine' | 'mapping'>) {
    this.#asked = new Asked(
      () => app.engine.sources(),
      () => app.mapping.revision
    )
  }

  /** Whether the definitions have been read: before that, what they do not say is not known yet. */
  get ready(): boolean {
    return this.#asked.answer !== null || this.#asked.error !== null
  }

  has(source: string): boolean {
    return this.#byId.has(source)
  }

  /** The name of a source; its id where no definition has it, as of a guessed one. */
  title(source: string): string {
    return this.#byId.get(source)?.title ?? (source || 'No source')
  }
  keeps(source: string): Keeps {
    return this.#byId.get(source)?.keeps ?? {}
  }
  /** What the product's documentation says, in its words. */
  retention(source: string): string | undefined {
    return this.#byId.get(source)?.retention
  }
}
