import { untrack } from 'svelte'
import { parseDocument } from 'yaml'
import { isCancel } from '../../../src-main/contract/errors'
import type { Engine } from '../../../src-main/contract/rpc'
import type { PreviewRequest, SourcePreview } from '../../../src-main/contract/source-preview'
import { type FormValue, fromForm, toForm } from './source-form'
import type { Shape } from './source-shape'
import { edited } from './source-yaml'

/** Long enough that a word is typed first, short enough to follow the eye. */
const pause = 250
const slowAfter = 400

/** A definition in the making: its text, the same as a form, and what it makes of records. The text is what counts. */
export class MappingDraft {
  readonly #engine: Pick<Engine, 'previewSource' | 'cancel'>
  readonly #shape: Shape
  #yaml = $state('')
  #form = $state.raw<FormValue>('')
  /** The text is no YAML at the moment: the form shows what it last said. */
  unreadable = $state(false)
  on = $state.raw<PreviewRequest['on']>('samples')
  preview = $state.raw<SourcePreview | null>(null)
  error = $state.raw<Error | null>(null)
  loading = $state(false)
  slow = $state(false)
  #ticket: string | null = null

  constructor(engine: Pick<Engine, 'previewSource' | 'cancel'>, shape: Shape, yaml: string, on: PreviewRequest['on']) {
    this.#engine = engine
    this.#shape = shape
    this.on = on
    this.yaml = yaml
    $effect(() => {
      const request = { yaml: this.#yaml, on: this.on }
      // What came of the last time must not make it be tried again.
      const first = untrack(() => !this.preview && !this.error)
      const timer = setTimeout(() => void this.#try(request), first ? 0 : pause)
      return () => clearTimeout(timer)
    })
    $effect(() => () => this.#drop())
  }

  get yaml(): string {
    return this.#yaml
  }
  set yaml(text: string) {
    this.#yaml = text
    const document = parseDocument(text)
    this.unreadable = document.errors.length > 0
    if (!this.unreadable) this.#form = toForm(this.#shape, document.toJS())
  }

  get form(): FormValue {
    return this.#form
  }
  set form(next: FormValue) {
    const [before, after] = [fromForm(this.#shape, this.#form), fromForm(this.#shape, next)]
    this.#form = next
    this.#yaml = edited(this.#yaml, before, after)
  }

  async #try(request: PreviewRequest): Promise<void> {
    this.#drop()
    const ticket = crypto.randomUUID()
    const current = () => this.#ticket === ticket
    this.#ticket = ticket
    this.loading = true
    const timer = setTimeout(() => {
      if (current()) this.slow = true
    }, slowAfter)
    try {
      const preview = await this.#engine.previewSource(request, ticket)
      if (!current()) return
      // While there is a fault, the rows of before it stay, dimmed.
      const kept = preview.faults.length > 0 && this.preview ? { ...this.preview, faults: preview.faults } : preview
      this.preview = kept
      this.error = null
    } catch (reason) {
      if (current() && !isCancel(reason)) this.error = reason instanceof Error ? reason : new Error(String(reason))
    } finally {
      clearTimeout(timer)
      if (current()) this.#rest()
    }
  }

  #drop(): void {
    if (this.#ticket === null) return
    // It may be there already; then there is nothing left to cancel.
    this.#engine.cancel(this.#ticket).catch(() => {})
    this.#rest()
  }

  #rest(): void {
    this.#ticket = null
    this.loading = false
    this.slow = false
  }
}
