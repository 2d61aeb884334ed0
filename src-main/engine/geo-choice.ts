import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type Geo, openGeo } from './normalise/places'
import type { Settings } from './settings'

/** Which geo-IP database says where addresses are: the analyst's own, or the one that came with the application. */
export class GeoChoice {
  readonly #home: string
  readonly #resources: string
  readonly #settings: Settings
  #geo: Promise<Geo> | undefined

  constructor(home: string, resources: string, settings: Settings) {
    this.#home = home
    this.#resources = resources
    this.#settings = settings
  }

  /** The analyst's own if it is still there and readable; else the one that came with the application. */
  now(): Promise<Geo> {
    const resources = this.#resources
    const chosen = this.#settings.geoDatabase
    this.#geo ??= openGeo({ ...(chosen !== undefined && existsSync(chosen) ? { chosen } : {}), resources }).catch(() =>
      openGeo({ resources })
    )
    return this.#geo
  }

  /** Takes another one, or with null the application's again. */
  async choose(path: string | null): Promise<Geo> {
    const resources = this.#resources
    // Read where it is first, so that a file that is no database is refused; then kept, for the original may be a browser's upload.
    await openGeo({ ...(path === null ? {} : { chosen: path }), resources })
    const chosen = path === null ? undefined : await this.#keep(path)
    const geo = await openGeo({ ...(chosen === undefined ? {} : { chosen }), resources })
    this.#geo = Promise.resolve(geo)
    this.#settings.geoDatabase = chosen
    return geo
  }

  async #keep(path: string): Promise<string> {
    const folder = join(this.#home, 'geo')
    const kept = join(folder, basename(path))
    if (resolve(path) === kept) return kept
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await copyFile(path, kept)
    return kept
  }
}
