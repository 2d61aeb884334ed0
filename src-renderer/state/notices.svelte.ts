import { AppError, isCancel } from '../../src-main/contract/errors'

/** Something that happens or happened and wants to be known: an import that is done, a file that was refused. */
export interface Notice {
  readonly id: number
  readonly kind: 'working' | 'done' | 'warning' | 'failure'
  readonly title: string
  readonly lines: readonly string[]
  /** One next step. */
  readonly action?: { readonly title: string; readonly run: () => void }
  /** It goes by itself, after so many milliseconds, though there is a next step. */
  readonly goesAfter?: number
}

/** Done goes by itself; what went wrong stays until it is put away. */
const goesAfter = 6000
const slowAfter = 700

export class Notices {
  all = $state.raw<readonly Notice[]>([])
  #next = 1

  /** Its number, by which it is put away. */
  add(notice: Omit<Notice, 'id'>): number {
    const id = this.#next++
    this.all = [...this.all.slice(-3), { ...notice, id }]
    const after = notice.goesAfter ?? (notice.kind === 'done' && !notice.action ? goesAfter : null)
    if (after !== null) setTimeout(() => this.remove(id), after)
    return id
  }

  /** Says that something is under way, with a way to give it up, once it has taken longer than a moment. */
  async during<T>(title: string, cancel: () => void, work: Promise<T>): Promise<T> {
    let id: number | undefined
    const slow = setTimeout(() => {
      id = this.add({ kind: 'working', title, lines: [], action: { title: 'Cancel', run: cancel } })
    }, slowAfter)
    try {
      return await work
    } finally {
      clearTimeout(slow)
      if (id !== undefined) this.remove(id)
    }
  }

  done(title: string, ...lines: readonly string[]): void {
    this.add({ kind: 'done', title, lines })
  }

  /** An error in its own words; a cancel is none. */
  failed(title: string, error: unknown): void {
    if (isCancel(error)) return
    const sentence = error instanceof Error ? error.message : String(error)
    const lines = error instanceof AppError ? [sentence] : [sentence, 'This is a fault of Spoor, not of your file.']
    this.add({ kind: 'failure', title, lines })
  }

  /** Something new begins: what was said of the last one is past. */
  clear(): void {
    this.all = []
  }

  remove(id: number): void {
    this.all = this.all.filter((notice) => notice.id !== id)
  }
}
