import { comparedFields } from '../../src-main/contract/compare'
import type { AnyField } from '../../src-main/contract/event'
import type { Theme } from './categories'
import { systemZone } from './zone'

/** How the analyst likes it, on this machine, whatever the case. */
export interface Taste {
  readonly theme: 'dark' | 'light' | 'system'
  /** UTC, local, or any IANA zone. */
  readonly zone: string
  readonly density: 'compact' | 'normal' | 'comfortable'
  /** The columns and colours of the table as they were left last: what a new tab begins with. */
  readonly layout: object
  readonly detailWidth: number
  readonly facetsWidth: number
  readonly facetsShown: boolean
  readonly histogramShown: boolean
  readonly diff: 'unified' | 'split'
  /** What two sets of events are compared in. */
  readonly comparedFields: readonly AnyField[]
  /** What happened around the event shown, under the table. */
  readonly contextShown: boolean
  readonly contextHeight: number
  /** How far around: `5m`, `file`. */
  readonly contextWithin: string
  /** Zones chosen lately, newest first. */
  readonly recentZones: readonly string[]
  /** Query texts run lately, newest first. */
  readonly recentQueries: readonly string[]
  /** Statements of SQL run lately, newest first. */
  readonly recentStatements: readonly string[]
  /** How tall the editor of SQL is, in pixels. */
  readonly editorHeight: number
}

export const defaultTaste: Taste = {
  theme: 'dark',
  zone: 'UTC',
  density: 'normal',
  layout: {},
  detailWidth: 420,
  facetsWidth: 264,
  facetsShown: true,
  histogramShown: true,
  diff: 'unified',
  comparedFields,
  contextShown: false,
  contextHeight: 260,
  contextWithin: '5m',
  recentZones: [],
  recentQueries: [],
  recentStatements: [],
  editorHeight: 180
}

const key = 'spoor.preferences'
const rowHeights: Readonly<Record<string, number>> = { compact: 24, normal: 28, comfortable: 34 }

/** The analyst's preferences: kept by the browser, read and set like plain values. */
export class Preferences {
  #storage: Pick<Storage, 'getItem' | 'setItem'> | null
  #taste = $state.raw(defaultTaste)
  #systemDark: { readonly current: boolean }

  /** The IANA zone times are shown in. */
  readonly zone = $derived(this.#taste.zone === 'local' ? systemZone() : this.#taste.zone)

  /** How tall the rows of tables are, in pixels. */
  readonly rowHeight: number = $derived(rowHeights[this.#taste.density] ?? 28)

  /** The theme in force. */
  readonly theme: Theme = $derived.by(() => {
    if (this.#taste.theme !== 'system') return this.#taste.theme
    return this.#systemDark.current ? 'dark' : 'light'
  })

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null, systemDark: { readonly current: boolean }) {
    this.#storage = storage
    this.#systemDark = systemDark
    this.#taste = { ...defaultTaste, ...read(storage) }
  }

  get taste(): Taste {
    return this.#taste
  }

  set(change: Partial<Taste>): void {
    this.#taste = { ...this.#taste, ...change }
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#taste))
    } catch {
      // A full or forbidden storage costs the memory of it, not the choice.
    }
  }

  /** A text that was run, to offer again. */
  rememberQuery(text: string): void {
    const recent = this.#taste.recentQueries.filter((each) => each !== text)
    if (text.trim() !== '') this.set({ recentQueries: [text, ...recent].slice(0, 30) })
  }

  /** A statement that was run, to offer again. */
  rememberStatement(text: string): void {
    const recent = this.#taste.recentStatements.filter((each) => each !== text)
    this.set({ recentStatements: [text, ...recent].slice(0, 30) })
  }

  setZone(zone: string): void {
    const recent = this.#taste.recentZones.filter((each) => each !== zone)
    const named = zone !== 'UTC' && zone !== 'local'
    this.set({ zone, ...(named && { recentZones: [zone, ...recent].slice(0, 5) }) })
  }
}

function read(storage: Pick<Storage, 'getItem'> | null): Partial<Taste> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    // A value of another kind than its default is from another version, or from another hand.
    return Object.fromEntries(
      Object.entries(defaultTaste).flatMap(([name, value]) => {
        const other = (kept as Record<string, unknown>)[name]
        return typeof other === typeof value && Array.isArray(other) === Array.isArray(value) ? [[name, other]] : []
      })
    )
  } catch {
    return {}
  }
}
