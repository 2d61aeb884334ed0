import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecentCase } from '../contract/case'

interface Stored {
  readonly recent: readonly Omit<RecentCase, 'missing'>[]
  readonly geoDatabase?: string
}

const most = 20

/** What outlives a case: which were open last, and the geo-IP database chosen. One small file in the home folder. */
export class Settings {
  readonly #file: string
  #stored: Stored

  constructor(home: string) {
    mkdirSync(home, { recursive: true })
    this.#file = join(home, 'settings.json')
    this.#stored = read(this.#file)
  }

  get geoDatabase(): string | undefined {
    return this.#stored.geoDatabase
  }

  set geoDatabase(path: string | undefined) {
    const { geoDatabase: _, ...rest } = this.#stored
    this.#write(path === undefined ? rest : { ...rest, geoDatabase: path })
  }

  recent(): RecentCase[] {
    return this.#stored.recent.map((one) =>
      existsSync(join(one.folder, 'case.duckdb')) ? one : { ...one, missing: true as const }
    )
  }

  remember(one: Omit<RecentCase, 'missing'>): void {
    const others = this.#stored.recent.filter(({ folder }) => folder !== one.folder)
    this.#write({ ...this.#stored, recent: [one, ...others].slice(0, most) })
  }

  forget(folder: string): void {
    this.#write({ ...this.#stored, recent: this.#stored.recent.filter((one) => one.folder !== folder) })
  }

  #write(stored: Stored): void {
    this.#stored = stored
    writeFileSync(this.#file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 })
  }
}

function read(file: string): Stored {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Stored>
    return { ...stored, recent: Array.isArray(stored.recent) ? stored.recent : [] }
  } catch {
    // Missing or damaged: the list of recent cases is a convenience, not evidence.
    return { recent: [] }
  }
}
