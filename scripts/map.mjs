// Makes resources/map (outlines) and resources/geo/countries.json (one point per country) from Natural Earth, as packed by world-atlas.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { geoArea, geoBounds, geoCentroid, geoContains, geoDistance, geoEquirectangular } from 'd3-geo'
import { geoProject } from 'd3-geo-projection'
import { feature } from 'topojson-client'
import { topology } from 'topojson-server'

const require = createRequire(import.meta.url)
const resources = join(import.meta.dirname, '..', 'resources')
const atlas = (scale) => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), 'utf8'))
const countriesOf = (world) => feature(world, world.objects.countries)

/** ISO 3166 letters for Natural Earth's ISO number: a numeric region is an alias in the locale data. Kosovo has no number. */
const letters = ({ id, properties }) =>
  id ? new Intl.Locale(`und-${id}`).region : properties.name === 'Kosovo' ? 'XK' : undefined

/**
 * Outlines in plain degrees. Natural Earth's are stitched on the sphere: drawn flat, Russia and Fiji would cross the whole map.
 * Projecting cuts them at the antimeridian; a unit projection gives degrees again.
 */
function outlines(scale) {
  const flat = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0)
    .reflectY(true)
  const countries = geoProject(countriesOf(atlas(scale)), flat)
  for (const country of countries.features) {
    const iso = letters(country)
    country.properties = { name: country.properties.name, ...(iso && { iso }) }
    delete country.id
  }
  // An even number of steps keeps 0 degrees at 0, so that Antarctica's southern edge is two halves and not one more than a half.
  return topology({ countries }, 1 + (scale === '110m' ? 1e4 : 1e5))
}

/** Territories that Natural Earth draws as part of another country, or not at all: where most of their people live. */
const territories = {
  BQ: [12.15, -68.27],
  BV: [-54.42, 3.36],
  CC: [-12.19, 96.83],
  CX: [-10.42, 105.68],
  GF: [4.92, -52.31],
  GP: [16.24, -61.53],
  MQ: [14.61, -61.07],
  RE: [-20.88, 55.45],
  SJ: [78.22, 15.63],
  TK: [-9.2, -171.85],
  YT: [-12.78, 45.23]
}

/** A point well inside the largest part of each country, [lat, lon]: where a country is drawn of which no city is known. */
function points() {
  const parts = {}
  for (const country of countriesOf(atlas('10m')).features) {
    const iso = letters(country)
    // Bases and reefs share the letters of the country that holds them.
    if (iso) parts[iso] = larger(parts[iso], largestPart(country.geometry))
  }
  const found = Object.entries(parts).map(([iso, part]) => {
    const [lon, lat] = inner(part)
    return [iso, [Math.round(lat * 100) / 100, Math.round(lon * 100) / 100]]
  })
  return [...found, ...Object.entries(territories)].sort(([a], [b]) => (a < b ? -1 : 1))
}

function largestPart({ type, coordinates }) {
  const parts = (type === 'Polygon' ? [coordinates] : coordinates).map((rings) => ({
    type: 'Polygon',
    coordinates: rings
  }))
  return parts.reduce(larger)
}

const larger = (a, b) => (a && geoArea(a) >= geoArea(b) ? a : b)

/** The centroid, or where that lies outside (Croatia, Vietnam) the grid point farthest from the border. */
function inner(part) {
  const centroid = geoCentroid(part)
  if (geoContains(part, centroid)) return centroid
  const [[west, south], [east, north]] = geoBounds(part)
  const width = east >= west ? east - west : east + 360 - west
  const ring = part.coordinates[0]
  let best = { point: ring[0], room: -1 }
  for (let i = 1; i < 24; i++)
    for (let j = 1; j < 24; j++) {
      const point = [west + (width * i) / 24, south + ((north - south) * j) / 24]
      const room = Math.min(...ring.map((corner) => geoDistance(corner, point)))
      if (room > best.room && geoContains(part, point)) best = { point, room }
    }
  return best.point
}

for (const scale of ['50m', '110m'])
  writeFileSync(join(resources, 'map', `countries-${scale}.json`), JSON.stringify(outlines(scale)))
const lines = points().map(([iso, point]) => `  ${JSON.stringify(iso)}: [${point.join(', ')}]`)
writeFileSync(join(resources, 'geo', 'countries.json'), `{\n${lines.join(',\n')}\n}\n`)
