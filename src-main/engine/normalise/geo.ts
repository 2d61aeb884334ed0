import points from '../../../resources/geo/countries.json' with { type: 'json' }
import known from '../../../resources/geo/databases.json' with { type: 'json' }
import type { GeoInfo } from '../../contract/case'
import { isPlaceless, parseAddress } from './address'
import { type GeoDatabase, openGeoDatabase } from './geo-database'
import { embeddedFiles } from './geo-embedded'

/** Where an address is: `private` lies nowhere, `unknown` is a public address the database does not know, or no address. */
export interface GeoPlace {
  readonly kind: 'public' | 'private' | 'unknown'
  readonly country_iso_code?: string
  readonly country_name?: string
  readonly city_name?: string
  /** Of the city; without `city_name`, a point inside the country for the map to draw it at. */
  readonly lat?: number
  readonly lon?: number
}

/** Tells where addresses are. The database's bytes are in memory only while it is asked, and for a few seconds after. */
export interface Geo {
  readonly info: GeoInfo
  lookup(ip: string): GeoPlace
}

/** The analyst's own database when one is chosen, and only that; else the best that came with the application. */
export async function openGeo(options: { chosen?: string; resources?: string } = {}): Promise<Geo> {
  const paths = options.chosen ? [options.chosen] : embeddedFiles(options.resources)
  return geoOf(paths.map(openGeoDatabase), options.chosen)
}

/** One edition answers everything: databases of different makers are never mixed, so that a place has one origin. */
export function geoOf(databases: readonly GeoDatabase[], chosen?: string): Geo {
  const idle = setTimeout(() => rest(databases), idleMilliseconds).unref()
  return {
    info: infoOf(databases, chosen),
    lookup(ip) {
      const address = parseAddress(ip)
      if (!address) return { kind: 'unknown' }
      if (isPlaceless(address)) return { kind: 'private' }
      const found = databases.find(({ families }) => families.includes(address.family))?.locate(address.text)
      idle.refresh()
      if (!found?.country) return { kind: 'unknown' }
      const { country, city } = found
      const [lat, lon] = found.lat === undefined ? pointOf(country) : [found.lat, found.lon]
      // Codes such as EU or AP are of no country: nowhere to draw, nothing to name.
      if (lat === undefined || lon === undefined) return { kind: 'unknown' }
      return {
        kind: 'public',
        country_iso_code: country,
        country_name: countryNames.of(country) ?? country,
        ...(city && { city_name: city }),
        lat,
        lon
      }
    }
  }
}

const idleMilliseconds = 5_000
function rest(databases: readonly GeoDatabase[]): void {
  for (const database of databases) database.rest()
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const pointOf = (country: string): readonly (number | undefined)[] =>
  (points as Record<string, number[]>)[country] ?? []

function infoOf(databases: readonly GeoDatabase[], chosen?: string): GeoInfo {
  const [first] = databases
  if (!first) return { title: 'No geo-IP database', edition: '', attribution: '', precision: 'none' }
  const { type } = first
  const about = known.find((one) => new RegExp(one.type, 'i').test(type))
  return {
    title: about?.title ?? type,
    edition: databases.map(({ edition }) => edition).sort()[0] ?? '',
    attribution: about?.attribution ?? '',
    precision: about?.precision as GeoInfo['precision'],
    ...(chosen && { path: chosen })
  }
}
