import { AppError } from '../../contract/errors'

/** Lets a pull go on, or holds it until it is told to. */
export class Gate {
  readonly #cancel = new AbortController()
  #held: { readonly opened: Promise<void>; readonly open: () => void } | undefined

  get signal(): AbortSignal {
    return this.#cancel.signal
  }

  get isHeld(): boolean {
    return this.#held !== undefined
  }

  hold(): void {
    if (this.#held) return
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    this.#held = { opened, open }
  }

  release(): void {
    this.#held?.open()
    this.#held = undefined
  }

  cancel(): void {
    this.#cancel.abort()
    this.release()
  }

  async passed(): Promise<void> {
    await this.#held?.opened
    if (this.signal.aborted) throw new AppError('canceled', 'The pull was canceled.')
  }
}
