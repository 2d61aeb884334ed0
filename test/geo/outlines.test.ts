import { readFileSync } from 'node:fs'
import type { Position } from 'geojson'
import { feature } from 'topojson-client'
import { describe, expect, it } from 'vitest'
import points from '../../resources/geo/countries.json' with { type: 'json' }

const outlines = (scale: string) => {
  const world = JSON.parse(readFileSync(`resources/map/countries-${scale}.json`, 'utf8'))
  return feature(world, world.objects.countries) as unknown as GeoJSON.FeatureCollection<
    GeoJSON.Polygon | GeoJSON.MultiPolygon
  >
}
const rings = ({ geometry }: GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon>): Position[][] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()

describe.each(['50m', '110m'])('the outlines at %s', (scale) => {
  const { features } = outlines(scale)

  it('can be drawn flat: no line runs across more than half of the world', () => {
    const far = features.flatMap((country) =>
      rings(country).flatMap((ring) =>
        ring
          .slice(1)
          .flatMap((point, i) =>
            Math.abs((point[0] ?? 0) - (ring[i]?.[0] ?? 0)) > 180 ? [country.properties?.['name']] : []
          )
      )
    )
    expect(far).toEqual([])
  })

  it('lie within the world, in degrees', () => {
    for (const country of features)
      for (const [lon = 999, lat = 999] of rings(country).flat())
        expect(Math.abs(lon) <= 180 && Math.abs(lat) <= 90, country.properties?.['name']).toBe(true)
  })

  it('show Russia on both sides of the antimeridian, and Germany where it is', () => {
    const bounds = (iso: string) => {
      const lons = features
        .filter((f) => f.properties?.['iso'] === iso)
        .flatMap((f) =>
          rings(f)
            .flat()
            .map(([lon = 0]) => lon)
        )
      return [Math.round(Math.min(...lons)), Math.round(Math.max(...lons))]
    }
    expect(bounds('RU')).toEqual([-180, 180])
    expect(bounds('DE')).toEqual([6, 15])
  })
})

describe('the points of countries', () => {
  const regions = new Intl.DisplayNames('en', { type: 'region' })

  it('are there for every country that a geo-IP database names', () => {
    const missing = [
      'AD',
      'AU',
      'BR',
      'CN',
      'DE',
      'FJ',
      'GF',
      'GI',
      'HK',
      'IO',
      'MQ',
      'NO',
      'PS',
      'RE',
      'RU',
      'TK',
      'US',
      'VA',
      'XK',
      'YT'
    ].filter((iso) => !(iso in points))
    expect(missing).toEqual([])
    expect(Object.keys(points).length).toBeGreaterThan(240)
    for (const iso of Object.keys(points)) expect(regions.of(iso), iso).not.toBe(iso)
  })

  it('lie inside their country, also where its middle does not', () => {
    const near = { HR: [45, 16], VN: [21, 105], US: [40, -99], AU: [-26, 134], FR: [47, 2], FJ: [-18, 178] }
    for (const [iso, [lat = 0, lon = 0]] of Object.entries(near)) {
      const [pointLat = 0, pointLon = 0] = (points as Record<string, number[]>)[iso] ?? []
      expect(Math.abs(pointLat - lat), iso).toBeLessThan(1)
      expect(Math.abs(pointLon - lon), iso).toBeLessThan(1)
    }
  })
})
