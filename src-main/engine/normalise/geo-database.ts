import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { Reader, type Response } from 'mmdb-lib'
import { parseMetadata } from 'mmdb-lib/lib/metadata.js'
import { AppError } from '../../contract/errors'

/** What a database says of one address. */
export interface Located {
  readonly country?: string
  readonly city?: string
  readonly lat?: number
  readonly lon?: number
}

/** One .mmdb file. Its bytes are read at the first address asked of it. */
export interface GeoDatabase {
  readonly path: string
  readonly type: string
  /** ISO date of its build. */
  readonly edition: string
  /** An IPv6 address asked of an IPv4 tree gets the answer of some other address. */
  readonly families: readonly (4 | 6)[]
  locate(address: string): Located | null
  /** Gives its memory back; the next address reads the file again. */
  rest(): void
}

const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
const metadataLimit = 128 * 1024
const separator = 16

/** Opens a .mmdb file by its metadata alone: MaxMind's and DB-IP's own layout, or the flat one of ip-location-db. */
export function openGeoDatabase(path: string): GeoDatabase {
  const metadata = readMetadata(path)
  let reader: Reader<Response> | undefined
  return {
    path,
    type: metadata.databaseType,
    edition: metadata.buildEpoch.toISOString().slice(0, 10),
    families: metadata.ipVersion === 4 ? [4] : /ipv6$/i.test(metadata.databaseType) ? [6] : [4, 6],
    locate(address) {
      try {
        // Many addresses share a city, and its names are decoded once.
        reader ??= new Reader(readFileSync(path), { cache: new Map() })
        return located(reader.get(address) as Flat & Nested)
      } catch (error) {
        throw new AppError('geo_invalid', `${path}: the geo-IP database is damaged (${(error as Error).message}).`, {
          file: path
        })
      }
    },
    rest() {
      reader = undefined
    }
  }
}

function readMetadata(path: string) {
  const file = open(path)
  try {
    const size = fstatSync(file).size
    const tail = read(file, Math.max(0, size - metadataLimit), Math.min(size, metadataLimit))
    if (!tail.includes(marker)) throw refused(path, 'is no geo-IP database: choose a file in MaxMind format (.mmdb)')
    const metadata = parseMetadata(tail)
    if (metadata.searchTreeSize + separator > size || read(file, metadata.searchTreeSize, separator).some(Boolean))
      throw refused(path, 'is damaged: its address tree and its data do not meet. Get it again')
    if (/asn|isp|domain|connection|anonymous/i.test(metadata.databaseType))
      throw refused(path, `is a ${metadata.databaseType} database and holds no places: choose a City or Country one`)
    return metadata
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refused(path, `is no readable geo-IP database (${(error as Error).message}): choose another .mmdb file`)
  } finally {
    closeSync(file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES'
    const why = denied ? 'may not be read: check its permissions' : 'is not there: choose another file'
    throw new AppError(denied ? 'file_denied' : 'file_missing', `${path} ${why}.`, { file: path })
  }
}

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, from))
}

const refused = (path: string, why: string) => new AppError('geo_invalid', `${basename(path)} ${why}.`, { file: path })

interface Flat {
  readonly country_code?: string
  readonly latitude?: number
  readonly longitude?: number
}
interface Nested {
  readonly country?: { readonly iso_code?: string }
  readonly city?: string | { readonly names?: { readonly en?: string } }
  readonly location?: { readonly latitude?: number; readonly longitude?: number }
}

function located(answer: (Flat & Nested) | null): Located | null {
  if (!answer) return null
  const country = (answer.country?.iso_code ?? answer.country_code)?.toUpperCase()
  const city = typeof answer.city === 'object' ? answer.city.names?.en : answer.city
  const lat = answer.location?.latitude ?? answer.latitude
  const lon = answer.location?.longitude ?? answer.longitude
  return {
    // Older databases have A1 for a proxy and A2 for a satellite: no country.
    ...(country && /^[A-Z]{2}$/.test(country) && { country }),
    ...(city && { city }),
    ...(lat !== undefined && lon !== undefined && { lat: degrees(lat), lon: degrees(lon) })
  }
}

/** Stored as 32-bit floats, -122.085 reads -122.08499908447266: the digits beyond the fourth are noise. */
const degrees = (stored: number): number => Math.round(stored * 1e4) / 1e4
